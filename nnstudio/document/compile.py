"""From the document to things that run: the live part of the graph, the network, the data."""

from pathlib import Path

import numpy as np

from nnstudio.data.load import load
from nnstudio.data.prepare import Prepared, prepare
from nnstudio.document.edits.weights import complete_weights, dtype_of
from nnstudio.document.endings import loss_of, metrics_of, texts_of
from nnstudio.document.project import Project
from nnstudio.document.size import check_size
from nnstudio.engine.graph import Graph
from nnstudio.engine.network import Network
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

__all__ = [
    "complete_weights",
    "live_graph",
    "losses_of",
    "metric_names",
    "network_of",
    "prepared_of",
]


def live_graph(graph: Graph) -> Graph:
    """Return the part of the graph that leads to an Output; loose pieces are left out.

    Without any Output the whole graph is returned.
    """
    wanted: set[str] = set()
    todo = [node.id for node in graph.of_kind("output")]
    if not todo:
        return graph
    while todo:
        id = todo.pop()
        if id not in wanted:
            wanted.add(id)
            todo.extend(wire.source for wire in graph.incoming[id])
    if len(wanted) == len(graph.nodes):
        return graph
    return Graph(
        tuple(node for node in graph.nodes if node.id in wanted),
        tuple(w for w in graph.wires if w.source in wanted and w.target in wanted),
    )


def network_of(project: Project, seed: int | None = None) -> Network:
    """Return the runnable network with the project's weights and masks.

    Missing weights come from `seed`, by default the training seed. Raise StudioError while the
    graph can't be compiled, or when it is too large for the memory.
    """
    graph = live_graph(project.graph)
    graph.check()
    check_size(graph)
    shapes = {name: weight.shape for name, weight in graph.weights.items()}
    weights = {
        name: array for name, array in project.weights.items() if shapes.get(name) == array.shape
    }
    masks = {
        name: mask
        for name, mask in project.masks.items()
        if shapes.get(name.rpartition(".")[0]) == mask.shape
        and graph.weights[name.rpartition(".")[0]].role == "parameter"
    }
    dtype = dtype_of(project)
    start = project.training.seed if seed is None else seed
    return Network(graph, seed=start, dtype=np.dtype(dtype), weights=weights, masks=masks)


def prepared_of(project: Project, folder: Path | None = None) -> Prepared:
    """Return the project's data split and encoded for its Inputs and Outputs, by node id.

    What was fitted before is used again. `folder` is where relative paths start. Raise
    StudioError when no data is bound or it can't be read.
    """
    if project.data is None:
        raise StudioError(
            translate("Problem", "The project has no data yet."),
            translate("Problem", "Choose a dataset, or drop a table on the window."),
        )
    graph = live_graph(project.graph)
    table = load(project.data, embedded=project.tables, folder=folder)
    return prepare(project.data, table, *bindings(graph), fitted=project.fitted)


def bindings(
    graph: Graph,
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return the columns of every Input and of every Output, by node id."""

    def columns(kind: str) -> dict[str, tuple[str, ...]]:
        return {node.id: texts_of(node.layer, "columns") for node in graph.of_kind(kind)}

    return columns("input"), columns("output")


def losses_of(project: Project) -> dict[str, str]:
    """Return the loss of every Output by node id; an empty setting means what suits it."""
    return {node.id: loss_of(project, node.id) for node in project.graph.of_kind("output")}


def metric_names(project: Project) -> tuple[str, ...]:
    """Return the metrics worth showing, those of every Output once."""
    found: dict[str, None] = {}
    for node in project.graph.of_kind("output"):
        found.update(dict.fromkeys(metrics_of(project, node.id)))
    return tuple(found)
