"""Fits Inputs and Outputs to what was prepared from a table; hidden layers stay."""

from typing import Any

from nnstudio.data.prepare import Fitted
from nnstudio.document.edits.wires import places_with_room
from nnstudio.document.endings import target_kind, texts_of
from nnstudio.document.project import Project
from nnstudio.engine import layers
from nnstudio.engine.graph import Graph, Node, Wire, new_id

LAST_ACTIVATION = {"binary": "sigmoid", "classes": "softmax"}
"""The activation before an Output by the kind of its target; none for numbers."""


def bind_inputs(project: Project, fitted: Fitted) -> Project:
    """Give every Input its columns and shape: those it had and that exist still.

    The first Input takes the columns nobody had; pictures get a Flatten before plain layers.
    """
    inputs = list(project.graph.of_kind("input"))
    columns = _share(inputs, fitted.features)
    graph = project.graph
    for node in inputs:
        mine = columns[node.id]
        graph = graph.with_layer(
            node.id, node.layer.replace(columns=mine, shape=fitted.shape(mine))
        )
    project = project.but(graph=graph)
    for node in inputs:
        project = _flattened(project, node.id)
    return project


def bind_outputs(project: Project, fitted: Fitted) -> Project:
    """Give every Output its target and class names; where the target is another one, the layer
    before it gets the units and the activation it needs, and the loss becomes automatic."""
    outputs = list(project.graph.of_kind("output"))
    columns = _share(outputs, fitted.targets)
    graph = project.graph
    for node in outputs:
        mine = columns[node.id]
        same = same_target(project, node, fitted, mine)
        changes: dict[str, Any] = {"columns": mine, "classes": fitted.classes(mine)}
        if not same:
            changes["loss"] = ""
        graph = graph.with_layer(node.id, node.layer.replace(**changes))
        if not same:
            graph = _fit_last(graph, node.id, fitted.target_kind(mine), fitted.target_shape(mine))
    return project.but(graph=graph)


def same_target(project: Project, node: Node, fitted: Fitted, mine: tuple[str, ...]) -> bool:
    """Tell whether an Output of `project` learns these columns already, in the same form."""
    layer = node.layer
    known = (texts_of(layer, "columns"), texts_of(layer, "classes"), target_kind(project, node.id))
    return known == (mine, fitted.classes(mine), fitted.target_kind(mine))


def _share(nodes: list[Node], names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the columns of each node; every name is given once, the first node takes the rest."""
    if len(nodes) == 1:
        return {nodes[0].id: names}
    kept = {
        node.id: tuple(name for name in names if name in texts_of(node.layer, "columns"))
        for node in nodes
    }
    used = {name for given in kept.values() for name in given}
    rest = [name for name in names if name not in used]
    for id in kept:
        if not kept[id]:
            kept[id], rest = (tuple(rest) or names), []
    if nodes and rest:
        first = nodes[0].id
        kept[first] = tuple(name for name in names if name in kept[first] or name in rest)
    return kept


def _flattened(project: Project, id: str) -> Project:
    """Put a Flatten behind an Input of arrays that feeds a layer for plain rows."""
    graph = project.graph
    failing = [wire for wire in graph.outgoing[id] if wire.target in graph.analysis[1]]
    if len(graph.shapes[id]) == 1 or not failing:
        return project
    flat = new_id("flatten", graph.by_id)
    wires = [
        Wire(flat, wire.target, wire.target_port) if wire in failing else wire
        for wire in graph.wires
    ]
    nodes = (*graph.nodes, Node(flat, layers.Flatten()))
    wired = project.but(graph=Graph(nodes, (*wires, Wire(id, flat))))
    return wired.but(places=places_with_room(wired, flat, Wire(id, failing[0].target)))


def _fit_last(graph: Graph, output: str, kind: str, shape: tuple[int, ...]) -> Graph:
    """Set units and activation of the last Dense before an Output, and of an Activation between."""
    pending = LAST_ACTIVATION.get(kind, "identity")
    id = output
    for _ in graph.nodes:
        if not graph.incoming[id]:
            break
        id = graph.incoming[id][0].source
        layer = graph[id].layer
        if layer.id == "activation":
            graph = graph.with_layer(id, layer.replace(function=pending))
            pending = "identity"
        elif layer.id == "dense":
            units = shape[0] if len(shape) == 1 else layer.settings["units"]
            return graph.with_layer(id, layer.replace(units=units, activation=pending))
        elif layer.id != "dropout":
            break
    return graph
