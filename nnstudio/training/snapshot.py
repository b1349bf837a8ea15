"""What views see of a run: frozen snapshots of the parts they asked for, and their mailbox."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.graph import Graph

Array = NDArray[Any]
NOTHING: Mapping[str, Any] = MappingProxyType({})

PARTS = (
    "weights",
    "signals",
    "maps",
    "output_map",
    "curve",
    "gradients",
    "statistics",
    "predictions",
    "confusion",
)


SETS = ("training", "validation", "test")


@dataclass(frozen=True)
class Wants:
    """What the visible views need now.

    `example` is a row of the training examples or the raw values of one by column name;
    `resolution` is the side of the neurons' maps in cells (the output map is twice as fine).
    """

    parts: frozenset[str] = frozenset()
    example: int | Mapping[str, Any] = 0
    resolution: int = 32


@dataclass(frozen=True)
class Example:
    """The current example: raw values by column, what enters each Input, what is right."""

    row: int | None
    raw: Mapping[str, Any]
    inputs: Mapping[str, Array]
    target: Mapping[str, Array] | None


@dataclass(frozen=True)
class Plane:
    """The plane of two raw columns that maps are drawn over: x to the right, y upwards."""

    columns: tuple[str, str]
    extent: tuple[float, float, float, float]


@dataclass(frozen=True)
class OutputMap:
    """One output over the plane: `values` (R, R, units), `labels` (R, R) class index or None.

    The first axis grows with the second column. A binary output has one unit: the probability
    of class 1.
    """

    node: str
    values: Array
    labels: Array | None
    plane: Plane
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Curve:
    """Outputs along the only raw column: `x` (M,) raw, `y` (M, K) target units or probabilities."""

    column: str
    x: Array
    names: tuple[str, ...]
    y: Array


@dataclass(frozen=True)
class GradientStatistics:
    """The gradient of one array, mean over the probe batch, and the histogram of its values."""

    rms: float
    mean: float
    largest: float
    counts: Array
    edges: Array


@dataclass(frozen=True)
class Statistics:
    """How the units of one layer answer to the probe rows.

    `dead` are the units that are 0 for every row, `saturated` the share of values at the flat
    ends of their activation function.
    """

    mean: float
    deviation: float
    smallest: float
    largest: float
    dead: tuple[int, ...] = ()
    saturated: float = 0.0


@dataclass(frozen=True)
class PredictionSet:
    """Right answers beside predictions for the table rows `rows` (n,).

    Classes: `true` and `predicted` are class indices (n,), `probabilities` (n, K). Numbers: both
    are (n, K) in the units of the target columns `names`.
    """

    rows: Array
    true: Array
    predicted: Array
    names: tuple[str, ...]
    classes: tuple[str, ...] = ()
    probabilities: Array | None = None


@dataclass(frozen=True)
class Predictions:
    """The predictions for each part of the data; None where it is empty."""

    training: PredictionSet | None = None
    validation: PredictionSet | None = None
    test: PredictionSet | None = None


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One moment of a run. Arrays are fresh and read-only; a part nobody wanted is None.

    `parts` are the parts that were asked for; one that makes no sense here (maps of three
    inputs) is None nevertheless. `revision` tells Live which structure it belongs to.
    """

    revision: int = 0
    parts: frozenset[str] = frozenset()
    graph: Graph
    state: str = "idle"
    epoch: int
    iteration: int
    goal: int
    seconds: float = 0.0
    steps_per_second: float = 0.0
    loss: float | None = None
    metrics: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    validation: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    test: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    classes: tuple[str, ...] = ()
    example: Example | None = None
    plane: Plane | None = None
    weights: Mapping[str, Array] | None = None
    signals: Mapping[str, Array] | None = None
    maps: Mapping[str, Array] | None = None
    output_map: OutputMap | None = None
    curve: Curve | None = None
    gradients: Mapping[str, GradientStatistics] | None = None
    statistics: Mapping[str, Statistics] | None = None
    predictions: Predictions | None = None
    confusion: Mapping[str, Array] | None = None


def sealed(array: Any, dtype: Any = None) -> Array:
    """Return a fresh read-only copy of `array`."""
    copy = np.array(array, dtype=dtype)
    copy.flags.writeable = False
    return copy


class Mailbox:
    """Holds the one latest snapshot; it is filled only after somebody asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wants: Wants | None = None
        self._snapshot: Snapshot | None = None

    def ask(self, wants: Wants) -> None:
        """Ask for a snapshot; a later question replaces an unanswered one."""
        with self._lock:
            self._wants = wants

    def question(self) -> Wants | None:
        """Take the open question, to answer it; None when nobody asked."""
        if self._wants is None:
            return None
        with self._lock:
            wants, self._wants = self._wants, None
        return wants

    def put(self, snapshot: Snapshot) -> None:
        """Answer; an answer nobody has taken yet is replaced."""
        self._snapshot = snapshot

    def take(self) -> Snapshot | None:
        """Return the latest answer once; None when there is nothing new."""
        with self._lock:
            snapshot, self._snapshot = self._snapshot, None
        return snapshot
