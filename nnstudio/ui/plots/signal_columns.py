"""What the signals of one example look like, layer by layer: names, values, pictures."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.names import layer_name
from nnstudio.document.picture.names import picture_grid
from nnstudio.document.project import Project
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.plots.naming import Naming

Array = NDArray[Any]
PASSING = ("output", "flatten", "reshape")


@dataclass(frozen=True, eq=False)
class SignalColumn:
    """One layer: the values of its units (n,); `grid` (rows, columns) when it is a picture."""

    node: str
    title: str
    names: tuple[str, ...]
    values: Array
    grid: tuple[int, int] | None = None

    def name(self, unit: int) -> str:
        """Return what a unit is called."""
        return self.names[unit] if unit < len(self.names) else str(unit + 1)


def columns_of(project: Project, snapshot: Snapshot, naming: Naming) -> tuple[SignalColumn, ...]:
    """Return the layers in the order of the network, without those that only pass values on."""
    signals = snapshot.signals or {}
    found = []
    for node in project.graph.order:
        layer = project.graph[node].layer
        if node in signals and layer.id not in PASSING:
            values = np.asarray(signals[node])
            names = naming.of(project, node)
            is_input = layer.id == "input"
            grid = picture_grid(values.shape, names) if is_input or values.ndim > 1 else None
            title = layer_name(project.graph, node)
            found.append(SignalColumn(node, title, names, values.reshape(-1), grid))
    return tuple(found)
