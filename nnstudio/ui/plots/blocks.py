"""The arrays of a network, layer by layer, with the names of their rows and columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.names import layer_name
from nnstudio.document.project import Project
from nnstudio.i18n import translate
from nnstudio.ui.plots.naming import Naming

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Rows:
    """One array as rows and columns of a picture: values (rows, columns), mask True = connected."""

    name: str
    values: Array
    mask: Array | None
    names: tuple[str, ...]
    flat: bool

    def index(self, row: int, column: int) -> tuple[int, ...]:
        """Return the place in the array itself."""
        return (column,) if self.flat else (row, column)


@dataclass(frozen=True, eq=False)
class Block:
    """The arrays of one layer, drawn below each other: they share the columns (neurons)."""

    node: str
    title: str
    arrays: tuple[Rows, ...]
    columns: tuple[str, ...]

    @property
    def row_count(self) -> int:
        """Rows of all arrays together."""
        return sum(len(array.values) for array in self.arrays)

    def values(self) -> Array:
        """Return every connected number of the layer; shape (n,)."""
        parts = [
            array.values.ravel() if array.mask is None else array.values[array.mask]
            for array in self.arrays
        ]
        return np.concatenate(parts) if parts else np.zeros(0)


def blocks_of(project: Project, weights: Mapping[str, Array], naming: Naming) -> tuple[Block, ...]:
    """Return the layers with arrays in the order of the network; `weights` are by full name."""
    by_node: dict[str, list[str]] = {}
    for name in weights:
        node = name.partition("/")[0]
        if node in project.graph:
            by_node.setdefault(node, []).append(name)
    return tuple(
        _block(project, node, {name: weights[name] for name in by_node[node]}, naming)
        for node in project.graph.order
        if node in by_node
    )


def _block(project: Project, node: str, weights: Mapping[str, Array], naming: Naming) -> Block:
    graph = project.graph
    sources = [wire.source for wire in graph.incoming[node]]
    sizes = ""
    arrays = []
    for name, values in weights.items():
        mask = project.masks.get(f"{name}.mask")
        short = name.partition("/")[2]
        flat = values.ndim < 2
        table = values.reshape(1 if flat else values.shape[0], -1)
        if not flat:
            sizes = " × ".join(str(length) for length in values.shape)
        rows = (_spoken(short),) if flat else naming.of(project, sources[0]) if sources else ()
        mask = None if mask is None or mask.shape != values.shape else mask.reshape(table.shape)
        arrays.append(Rows(name, table, mask, rows, flat))
    arrays.sort(key=lambda array: array.flat)
    return Block(
        node, f"{layer_name(graph, node)}  {sizes}", tuple(arrays), naming.of(project, node)
    )


def _spoken(short: str) -> str:
    """Return what a row of one number per neuron is called."""
    return translate("Plot", "bias") if short == "bias" else short
