"""Which neurons and connections a network has, as the picture groups them (no Qt, no positions)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Run:
    """Consecutive features of a node: the neurons `units` of one group, in this order."""

    group: str
    units: Indices


@dataclass(frozen=True, eq=False)
class Group:
    """The neurons of one layer.

    `id` is the node that makes them, `merged` the nodes drawn as part of them, `signal` the last
    of these except Reshape: its output is what the neurons show. `grid` is (rows, columns) of a
    picture, `number` which layer with weights this is, counted from the input (0: it has none).
    """

    id: str
    kind: str
    size: int
    signal: str
    merged: tuple[str, ...]
    outputs: tuple[str, ...]
    depth: int
    function: str
    dropped: bool
    names: tuple[str, ...]
    grid: tuple[int, int] | None = None
    bias: str = ""
    shared_bias: bool = False
    number: int = 0

    @property
    def binary(self) -> bool:
        """Whether the one neuron is the probability of the second of two classes."""
        return self.size == 1 and bool(self.outputs) and self.function in ("sigmoid", "step")

    @property
    def dense(self) -> bool:
        """Whether neurons can be added and removed."""
        return self.kind == "dense"

    def bias_index(self, unit: int) -> tuple[int]:
        """Return where the bias of a neuron stands in its array."""
        return (0,) if self.shared_bias else (unit,)


@dataclass(frozen=True, eq=False)
class Link:
    """All connections into one Dense layer: row r of `weight` comes from `sources` at r."""

    weight: str
    target: str
    runs: tuple[Run, ...]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The first row of each run."""
        sizes = [len(run.units) for run in self.runs]
        return tuple(int(start) for start in np.cumsum([0, *sizes[:-1]]))

    def rows_from(self, group: str, unit: int) -> list[int]:
        """Return the rows that a neuron feeds (several when it is joined in twice)."""
        return [
            start + int(place)
            for start, run in zip(self.starts, self.runs, strict=True)
            if run.group == group
            for place in np.flatnonzero(run.units == unit)
        ]

    def source(self, row: int) -> tuple[str, int]:
        """Return the neuron that feeds a row."""
        for start, run in zip(reversed(self.starts), reversed(self.runs), strict=True):
            if row >= start:
                return run.group, int(run.units[row - start])
        raise IndexError(row)


@dataclass(frozen=True, eq=False)
class Tie:
    """Neurons sent on without a weight, such as into Add: `run` reaches neurons 0, 1, ..."""

    target: str
    run: Run


@dataclass(frozen=True, eq=False)
class Anatomy:
    """Groups by id, the links and ties between them, and the group each node is drawn in."""

    groups: Mapping[str, Group] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    ties: tuple[Tie, ...] = ()
    home: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """Group ids by depth."""
        deepest = max((group.depth for group in self.groups.values()), default=-1)
        return tuple(
            tuple(group.id for group in self.groups.values() if group.depth == depth)
            for depth in range(deepest + 1)
        )

    def into(self, group: str) -> Link | None:
        """Return the link whose connections end in a group."""
        return next((link for link in self.links if link.target == group), None)

    def out_of(self, group: str) -> tuple[Link, ...]:
        """Return the links that read a group."""
        return tuple(link for link in self.links if any(run.group == group for run in link.runs))

    def link(self, weight: str) -> Link | None:
        """Return the link of a weight array."""
        return next((link for link in self.links if link.weight == weight), None)
