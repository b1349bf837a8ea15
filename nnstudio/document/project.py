"""Project: everything the user edits and saves, as one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.prepare import Fitted
from nnstudio.data.spec import DataSpec
from nnstudio.data.table import Table
from nnstudio.document.training import TrainingPlan
from nnstudio.engine.graph import Graph

Array = NDArray[Any]
EMPTY: Mapping[str, Any] = MappingProxyType({})


def nothing() -> Mapping[str, Any]:
    """Return the one empty mapping (a mapping can't be a field's default in Python 3.11)."""
    return EMPTY


@dataclass(frozen=True)
class Note:
    """A text the user stuck on the canvas, at its top-left corner, in scene units."""

    id: str
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class RunState:
    """Where training stands: enough to go on exactly, and the curves so far.

    `slots` are optimiser arrays by name, `generator` the state of the random generators (plain
    numbers), `curves` lists of floats by name (`epoch`, `loss`, `validation_loss`, `accuracy`...).
    """

    epoch: int = 0
    iteration: int = 0
    slots: Mapping[str, Array] = field(default_factory=nothing)
    generator: Mapping[str, Any] = field(default_factory=nothing)
    curves: Mapping[str, tuple[float, ...]] = field(default_factory=nothing)


@dataclass(frozen=True)
class Project:
    """The document. Two halves undo separately: design (all but the last two) and weights.

    `weights` holds parameters and states by full name (`dense_1/weight`), `masks` boolean arrays
    (`dense_1/weight.mask`, `dense_1/weight.frozen`); all arrays are read-only. An empty `weights`
    entry means: initialise from the training seed when first needed.
    """

    graph: Graph = field(default_factory=Graph)
    places: Mapping[str, tuple[float, float]] = field(default_factory=nothing)
    notes: tuple[Note, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=nothing)
    data: DataSpec | None = None
    tables: Mapping[str, Table] = field(default_factory=nothing)
    training: TrainingPlan = field(default_factory=TrainingPlan)
    masks: Mapping[str, Array] = field(default_factory=nothing)
    title: str = ""
    template: str = ""
    fitted: Fitted | None = None
    weights: Mapping[str, Array] = field(default_factory=nothing)
    run: RunState = field(default_factory=RunState)

    def but(self, **changes: Any) -> "Project":
        """Return a copy with some fields changed; mappings are frozen, arrays made read-only."""
        for name, value in changes.items():
            if isinstance(value, dict):
                changes[name] = freeze(value)
        return replace(self, **changes)


def freeze(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a read-only view of a copy of `values`; arrays in it become read-only."""
    copied = dict(values)
    for name, value in copied.items():
        if isinstance(value, np.ndarray) and value.flags.writeable:
            copied[name] = value.copy()
            copied[name].flags.writeable = False
    return MappingProxyType(copied)
