"""How the data of a project looks to the views: planes, curves, single examples, raw values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data import Fitted, Prepared, Range, Table, load, prepare
from nnstudio.document.compile import bindings, live_graph
from nnstudio.document.project import Project
from nnstudio.training.snapshot import Example, Plane, sealed

Array = NDArray[Any]
MARGIN = 0.05
CURVE_POINTS = 200


@dataclass(frozen=True, eq=False)
class Reading:
    """The prepared data of one run with its table, and what each Input and Output reads."""

    prepared: Prepared
    table: Table
    inputs: Mapping[str, tuple[str, ...]]
    outputs: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, project: Project, folder: Path | None = None) -> "Reading | None":
        """Return the data of a project, None when none is bound or nothing reads it.

        What was fitted before is used again. Raise StudioError when the data can't be read.
        """
        if project.data is None:
            return None
        inputs, outputs = bindings(live_graph(project.graph))
        table = load(project.data, embedded=project.tables, folder=folder)
        prepared = prepare(project.data, table, inputs, outputs, fitted=project.fitted)
        return cls(prepared, table, inputs, outputs)

    def fits(self, old: Project, new: Project) -> bool:
        """Tell whether this reading of `old` is also that of `new`."""
        return (
            old.data == new.data
            and old.tables == new.tables
            and (new.fitted is None or new.fitted == self.fitted)
            and (self.inputs, self.outputs) == bindings(live_graph(new.graph))
        )

    @property
    def fitted(self) -> Fitted:
        """What was fitted on the training rows."""
        return self.prepared.fitted

    def ranges(self) -> tuple[Range, ...]:
        """Return what each raw input column may hold, every column once."""
        found: dict[str, Range] = {}
        for columns in self.inputs.values():
            for item in self.fitted.ranges(columns):
                found.setdefault(item.name, item)
        return tuple(found.values())

    def plane(self) -> Plane | None:
        """Return the plane of the raw inputs when they are exactly two numbers."""
        ranges = self.ranges()
        if len(ranges) != 2 or any(item.kind not in ("number", "date") for item in ranges):
            return None
        x, y = ranges
        return Plane((x.name, y.name), (*_widened(x), *_widened(y)))

    def line(self) -> tuple[str, Array] | None:
        """Return name and sampled values (M,) of the raw input when it is one number."""
        ranges = self.ranges()
        if len(ranges) != 1 or ranges[0].kind not in ("number", "date"):
            return None
        return ranges[0].name, np.linspace(*_widened(ranges[0]), CURVE_POINTS)

    def error_unit(self) -> float:
        """Return what an error of 1 on the scaled targets is in the target's unit.

        1 for classes, and for several targets whose scales differ: no one unit fits them.
        """
        scales = set()
        for columns in self.outputs.values():
            for name in columns or self.fitted.targets:
                scales.add(getattr(self.fitted.code(name), "scale", 1.0))
        return float(scales.pop()) if len(scales) == 1 else 1.0

    def encode(self, raw: Mapping[str, Any]) -> dict[str, Array]:
        """Return what enters each Input for raw values by column (sequences of equal length)."""
        return {node: self.fitted.encode(columns, raw) for node, columns in self.inputs.items()}

    def example(self, wanted: int | Mapping[str, Any]) -> Example:
        """Return one training example by its index, or one of raw values (missing ones filled)."""
        if isinstance(wanted, int):
            return self._row(wanted)
        raw = {item.name: wanted.get(item.name) for item in self.ranges()}
        inputs = self.encode({name: [value] for name, value in raw.items()})
        return Example(None, raw, {node: sealed(array[0]) for node, array in inputs.items()}, None)

    def _row(self, index: int) -> Example:
        examples = self.prepared.train
        index = min(max(index, 0), len(examples) - 1)
        row = int(examples.rows[index])
        names = [item.name for item in self.ranges()]
        for columns in self.outputs.values():
            names += [name for name in columns or self.fitted.targets if name not in names]
        raw = {name: self.table.column(name).values[row] for name in names if name in self.table}
        return Example(
            row,
            {
                name: value.item() if hasattr(value, "item") and np.ndim(value) == 0 else value
                for name, value in raw.items()
            },
            {node: sealed(array[index]) for node, array in examples.inputs.items()},
            {node: sealed(array[index]) for node, array in examples.targets.items()},
        )


def grid(plane: Plane, resolution: int) -> dict[str, Array]:
    """Return raw values by column of the cell centres, row by row from below: (R·R,) each."""
    x0, x1, y0, y1 = plane.extent
    step = (np.arange(resolution) + 0.5) / resolution
    x, y = np.meshgrid(x0 + step * (x1 - x0), y0 + step * (y1 - y0))
    return {plane.columns[0]: x.ravel(), plane.columns[1]: y.ravel()}


def _widened(item: Range) -> tuple[float, float]:
    low, high = float(item.minimum), float(item.maximum)
    margin = MARGIN * (high - low) or 0.5
    return low - margin, high + margin


def names_of(fitted: Fitted, columns: Sequence[str]) -> tuple[str, ...]:
    """Return what the values of an output are called: its classes, else its target columns."""
    return fitted.classes(columns) or tuple(columns) or fitted.targets
