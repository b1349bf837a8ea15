"""Takes a project apart into groups of neurons and the links between them."""

from dataclasses import replace
from math import prod

import numpy as np

from nnstudio.document.picture.anatomy import Anatomy, Group, Link, Run, Tie
from nnstudio.document.picture.names import neuron_names, picture_grid
from nnstudio.document.project import Project
from nnstudio.engine.graph import Graph
from nnstudio.engine.layers.permute import Permute

RESHAPING = ("flatten", "reshape")
PASSING = (
    *("activation", "dropout", "gaussian_noise", "batch_normalization", "layer_normalization"),
    *RESHAPING,
)
"""Kinds that send each neuron on as itself; they are drawn as part of the neurons they read."""


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

    def result(self) -> Anatomy:
        for id in self.graph.order:
            if id in self.graph.shapes:
                self._take(id)
        order = sorted(self.groups, key=lambda id: (self.groups[id].depth, self._height(id)))
        groups = {id: self._named(self.groups[id], order) for id in order}
        return Anatomy(groups, tuple(self.links), tuple(self.ties), self.home)

    def _named(self, group: Group, order: list[str]) -> Group:
        """Number a layer with weights, name its neurons, and see whether they make a picture."""
        weighted = [id for id in order if self.groups[id].dense]
        number = weighted.index(group.id) + 1 if group.dense else 0
        called = neuron_names(
            self.project, group.id, group.size, group.outputs, number if len(weighted) > 2 else 0
        )
        shape = self.graph.shapes[group.id]
        grid = picture_grid(shape, called) if group.kind == "input" else None
        return replace(group, number=number, names=called, grid=grid)

    def _height(self, id: str) -> float:
        return self.project.places.get(id, (0.0, 0.0))[1]

    def _take(self, id: str) -> None:
        kind = self.graph[id].layer.id
        arriving = tuple(
            run for wire in self.graph.incoming[id] for run in self.sent.get(wire.source, ())
        )
        flat = all(len(shape) == 1 for shape in self.graph.input_shapes(id))
        if kind == "output" or (kind == "concatenate" and flat):
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
        return id in group.merged or self.graph[id].layer.id in RESHAPING

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
        # The same numbers in one row: only these have maps.
        shown = [id, *(node for node in chain if self.graph[node].layer.id != "reshape")]
        outputs = self._outputs((id, *chain)[-1])
        bias = f"{id}/bias"
        held = self.graph.weights.get(bias) if kind == "dense" else None
        self.groups[id] = Group(
            id=id,
            kind=kind if kind in ("input", "dense") else "other",
            size=size,
            signal=shown[-1],
            merged=(id, *chain),
            outputs=outputs,
            depth=depth,
            function=next((f for f in reversed(functions) if f != "identity"), "identity"),
            dropped=any(self.graph[node].layer.id == "dropout" for node in (id, *chain)),
            names=(),
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
        layer = self.graph[id].layer
        if isinstance(layer, Permute):
            (shape,) = self.graph.input_shapes(id)
            moved = np.arange(size).reshape(shape).transpose(layer.axes(len(shape))).reshape(-1)
            arriving = tuple(Run(run.group, run.units[moved]) for run in arriving)
        self.ties.extend(Tie(id, run) for run in arriving)
