"""The facts that advice is judged from, gathered from a log, a snapshot and a project."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.project import Project
from nnstudio.engine.graph import Graph
from nnstudio.training.runlog import RunLog
from nnstudio.training.snapshot import NOTHING, Snapshot, Statistics

SATURATING = ("sigmoid", "tanh", "softmax")
RECTIFYING = ("relu",)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Losses by measured epoch, the newest metrics, how units answer, and what is set.

    `hidden` names the nodes with an activation that aren't outputs; `input_scale` is the largest
    absolute input value the network gets (None: unknown).
    """

    epochs: NDArray[np.float64]
    losses: NDArray[np.float64]
    metrics: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    validation: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    statistics: Mapping[str, Statistics] = field(default_factory=lambda: NOTHING)
    graph: Graph = field(default_factory=Graph)
    hidden: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    input_scale: float | None = None
    goal: int = 0


def gather(
    project: Project, log: RunLog, snapshot: Snapshot | None, input_scale: float | None
) -> Facts:
    """Return the facts about a run at the moment of `snapshot`."""
    return Facts(
        epochs=log.column("epoch"),
        losses=log.column("loss"),
        metrics=snapshot.metrics if snapshot else NOTHING,
        validation=snapshot.validation if snapshot else NOTHING,
        statistics=(snapshot.statistics if snapshot else None) or NOTHING,
        graph=project.graph,
        hidden=hidden_nodes(project.graph),
        settings=project.training.values(),
        input_scale=input_scale,
        goal=snapshot.goal if snapshot else 0,
    )


def hidden_nodes(graph: Graph) -> tuple[str, ...]:
    """Return the layers with an activation function that no output reads directly."""
    last = {
        wire.source for node in graph.of_kind("output") for wire in graph.incoming[node.id]
    } or set(graph.sinks)
    return tuple(
        id for id in graph.order if activation_of(graph, id) is not None and id not in last
    )


def activation_of(graph: Graph, node: str) -> str | None:
    """Return the id of a layer's activation function; None when it has none."""
    layer = graph[node].layer
    found = layer.settings.get("function" if layer.id == "activation" else "activation")
    return str(found) if found else None
