"""Which neurons and connections a network has, as the picture groups them (no Qt, no positions)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.project import Project
from nnstudio.engine.graph import Graph
from nnstudio.ui.neurons import names

PASSING = ("activation", "dropout", "batch_normalization", "flatten")
"""Kinds that send each neuron on as itself; they are drawn as part of the neurons they read."""

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Run:
    """Consecutive features of a node: the neurons `units` of one group."""

    group: str
    units: Indices


@dataclass(frozen=True, eq=False)
class Group:
    """The neurons of one layer.

    `id` is the node that makes them, `merged` the nodes drawn as part of them, `signal` the last
    of these: its output is what the neurons show. `grid` is (rows, columns) of a picture.
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

    def layer_number(self, group: str) -> int:
        """Return which layer with weights this is, counted from the input: 1, 2, ..."""
        depths = sorted({self.groups[link.target].depth for link in self.links})
        depth = self.groups[group].depth
        return depths.index(depth) + 1 if depth in depths else 0


def anatomy_of(project: Project) -> Anatomy:
    """Return what can be drawn of a project; layers whose size is not known are left out."""
    return _Dissection(project).result()


class _Dissection:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.graph: Graph = project.graph
        self.groups: dict[str, Group] = {}
        self.links: list[Link] = []
        self.ties: list[Tie] = []
        self.sent: dict[str, tuple[Run, ...]] = {}
        self.home: dict[str, str] = {}
        self._several_hidden = sum(1 for _ in self.graph.of_kind("dense")) > 2

    def result(self) -> Anatomy:
        for id in self.graph.order:
            if id in self.graph.shapes:
                self._take(id)
        order = sorted(self.groups, key=lambda id: (self.groups[id].depth, self._height(id)))
        groups = {id: self.groups[id] for id in order}
        return Anatomy(groups, tuple(self.links), tuple(self.ties), self.home)

    def _height(self, id: str) -> float:
        return self.project.places.get(id, (0.0, 0.0))[1]

    def _take(self, id: str) -> None:
        kind = self.graph[id].layer.id
        arriving = tuple(
            run for wire in self.graph.incoming[id] for run in self.sent.get(wire.source, ())
        )
        if kind == "concatenate" or kind == "output":
            self.sent[id] = arriving
            self.home[id] = arriving[0].group if arriving else ""
        elif kind in PASSING and self._merges(id, arriving):
            self.sent[id] = arriving
            self.home[id] = arriving[0].group
        else:
            self._found(id, kind, arriving)

    def _merges(self, id: str, arriving: tuple[Run, ...]) -> bool:
        """Whether a passing node sends on one whole group and belongs to it alone."""
        if len(arriving) != 1:
            return False
        group = self.groups[arriving[0].group]
        if not np.array_equal(arriving[0].units, np.arange(group.size)):
            return False
        return id in group.merged or self.graph[id].layer.id == "flatten"

    def _found(self, id: str, kind: str, arriving: tuple[Run, ...]) -> None:
        size = prod(self.graph.shapes[id])
        layer = self.graph[id].layer
        depth = 1 + max((self.groups[run.group].depth for run in arriving), default=-1)
        chain = self._chain(id)
        functions = [
            str(self.graph[node].layer.settings[name])
            for node in (id, *chain)
            for name in ("activation", "function")
            if name in self.graph[node].layer.settings
        ]
        outputs = self._outputs((id, *chain)[-1])
        bias = f"{id}/bias"
        held = self.graph.weights.get(bias) if kind == "dense" else None
        hidden = sum(group.kind == "dense" for group in self.groups.values()) + 1
        number = hidden if self._several_hidden else 0
        group_names = names.neuron_names(self.project, id, size, outputs, number)
        self.groups[id] = Group(
            id=id,
            kind=kind if kind in ("input", "dense") else "other",
            size=size,
            signal=(id, *chain)[-1],
            merged=(id, *chain),
            outputs=outputs,
            depth=depth,
            function=next((f for f in reversed(functions) if f != "identity"), "identity"),
            dropped=any(self.graph[node].layer.id == "dropout" for node in (id, *chain)),
            names=group_names,
            grid=names.picture_grid(self.graph.shapes[id], group_names)
            if kind == "input"
            else None,
            bias=bias if held is not None else "",
            shared_bias=held is not None and layer.settings.get("bias") == "layer",
        )
        self.sent[id] = (Run(id, np.arange(size)),)
        self.home[id] = id
        if kind != "input":
            self._reach(id, size, arriving)

    def _chain(self, id: str) -> tuple[str, ...]:
        """Return the passing nodes after `id` that will be drawn as part of it."""
        chain: list[str] = []
        while True:
            readers = self.graph.outgoing[id]
            if len(readers) != 1 or self.graph[id].layer.id == "input":
                return tuple(chain)
            id = readers[0].target
            if self.graph[id].layer.id not in PASSING or id not in self.graph.shapes:
                return tuple(chain)
            chain.append(id)

    def _outputs(self, id: str) -> tuple[str, ...]:
        return tuple(
            wire.target
            for wire in self.graph.outgoing[id]
            if self.graph[wire.target].layer.id == "output"
        )

    def _reach(self, id: str, size: int, arriving: tuple[Run, ...]) -> None:
        """Connect a new group with what arrives: by weights if it has them, else one to one."""
        weight = self.graph.weights.get(f"{id}/weight")
        rows = sum(len(run.units) for run in arriving)
        if weight is not None and weight.shape == (rows, size):
            self.links.append(Link(f"{id}/weight", id, arriving))
            return
        self.ties.extend(Tie(id, run) for run in arriving)
