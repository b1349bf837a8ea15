"""WeightStore: every trained number of a network in one flat vector, with views for all."""

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.graph import Graph
from nnstudio.engine.layer import Part

Array = NDArray[Any]


class WeightStore:
    """Lays the blocks of all layers one behind another and finds each weight in them."""

    def __init__(self, graph: Graph, dtype: Any) -> None:
        self.dtype = np.dtype(dtype)
        self._blocks: dict[tuple[str, str], tuple[int, tuple[int, ...]]] = {}
        self._parts: dict[str, tuple[tuple[str, str], Part]] = {}
        size = 0
        for id in graph.order:
            for block in graph[id].layer.storage(graph.input_shapes(id)):
                self._blocks[id, block.name] = (size, block.shape)
                size += prod(block.shape)
                for part in block.parts:
                    self._parts[f"{id}/{part.name}"] = ((id, block.name), part)
        self.size = size

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all trained weights, `dense_1/weight`."""
        return tuple(self._parts)

    def blocks(self, vector: Array, node: str) -> dict[str, Array]:
        """Return views of the node's blocks in a flat vector of this layout."""
        return {
            block: vector[start : start + prod(shape)].reshape(shape)
            for (owner, block), (start, shape) in self._blocks.items()
            if owner == node
        }

    def read(self, vector: Array, name: str) -> Array:
        """Return a fresh copy of one weight in conventional layout."""
        view, part = self._view(vector, name)
        return np.array(view[:1] if part.repeated else view, order="C")

    def write(self, vector: Array, name: str, values: Any) -> None:
        """Put one weight, given in conventional layout, into a flat vector."""
        view, _ = self._view(vector, name)
        view[...] = values

    def vector(self, values: Mapping[str, Any], rest: float, dtype: Any = None) -> Array:
        """Return a flat vector holding `values` by weight name, and `rest` elsewhere."""
        found = np.full(self.size, rest, dtype=dtype or self.dtype)
        for name, value in values.items():
            self.write(found, name, value)
        return found

    def shares(self) -> Array | None:
        """Return 1/copies for each entry, or None when nothing is stored repeatedly."""
        repeated = [name for name, (_, part) in self._parts.items() if part.repeated]
        if not repeated:
            return None
        found = np.ones(self.size, dtype=self.dtype)
        for name in repeated:
            view, _ = self._view(found, name)
            view[...] = 1.0 / view.size
        return found

    def _view(self, vector: Array, name: str) -> tuple[Array, Part]:
        key, part = self._parts[name]
        start, shape = self._blocks[key]
        return part.view(vector[start : start + prod(shape)].reshape(shape)), part
