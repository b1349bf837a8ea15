"""Edits of data: bind a table to Input and Output, keep the hidden layers."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from nnstudio.data.load import load
from nnstudio.data.prepare import Fitted, prepare
from nnstudio.data.spec import DataSpec
from nnstudio.data.table import Table
from nnstudio.document.arrange import arrange
from nnstudio.document.carry import carry
from nnstudio.document.project import Project, RunState
from nnstudio.engine import layers
from nnstudio.engine.graph import Graph, Node, Wire, new_id
from nnstudio.errors import Refused, StudioError

FIRST_HIDDEN = 8


def bind_data(
    project: Project,
    spec: DataSpec,
    tables: Mapping[str, Table] | None = None,
    folder: Path | None = None,
) -> Project:
    """Make the network learn from a table: one edit, hidden layers kept.

    Inputs get their columns and shape, Outputs their target, class names and loss, the layer
    before each Output the units and activation its target needs. An empty canvas gets
    Input → Dense → Dense → Output. What was learned stays where the columns are the same;
    with entirely other columns or another target, training starts anew. Raise Refused when the
    data can't be used; nothing has changed then. `folder` is where a table kept outside the
    project file is looked for.
    """
    project = project.but(tables=dict(project.tables if tables is None else tables))
    try:
        table = load(spec, embedded=project.tables, folder=folder)
        targets = spec.target_columns()
        fitted = prepare(spec, table, {"input": ()}, {"output": ()} if targets else {}).fitted
        result = project if project.graph.nodes else _starter(project)
        result = _bind_inputs(result, fitted)
        if targets:
            result = _bind_outputs(result, fitted)
    except Refused:
        raise
    except StudioError as error:
        raise Refused(error.text, error.hint) from None
    result = result.but(data=spec, fitted=fitted)
    return _keep_what_fits(project, result)


def set_data_spec(project: Project, spec: DataSpec, folder: Path | None = None) -> Project:
    """Change roles, scaling, split or seed of the bound data."""
    return project if spec == project.data else bind_data(project, spec, folder=folder)


def unbind_data(project: Project) -> Project:
    """Forget the data; the network stays as it is."""
    return project.but(data=None, tables={})


def _starter(project: Project) -> Project:
    """Return an Input → Dense → Dense → Output, laid out."""
    nodes = (
        Node("input_1", layers.Input()),
        Node("dense_1", layers.Dense(FIRST_HIDDEN, activation="relu")),
        Node("dense_2", layers.Dense(1)),
        Node("output_1", layers.Output()),
    )
    wires = tuple(Wire(a.id, b.id) for a, b in pairwise(nodes))
    graph = Graph(nodes, wires)
    return project.but(graph=graph, places=dict(arrange(graph)))


def _bind_inputs(project: Project, fitted: Fitted) -> Project:
    """Give every Input its columns: those it had and that exist still, the first one the rest."""
    graph = project.graph
    inputs = list(graph.of_kind("input"))
    if not inputs:
        return project
    columns = _share(inputs, fitted.features)
    for node in inputs:
        layer = node.layer.replace(columns=columns[node.id], shape=fitted.shape(columns[node.id]))
        graph = graph.with_layer(node.id, layer)
    graph = _flatten_arrays(graph, [node.id for node in inputs])
    return project.but(graph=graph)


def _share(nodes: list[Node], names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the columns of each node; every name is given once, the first node takes the rest."""
    wanted = {node.id: tuple(node.layer.settings["columns"]) for node in nodes}  # type: ignore[arg-type]
    if len(nodes) == 1:
        return {nodes[0].id: names}
    kept = {id: tuple(n for n in names if n in given) for id, given in wanted.items()}
    used = {name for given in kept.values() for name in given}
    rest = [name for name in names if name not in used]
    for id in kept:
        if not kept[id]:
            kept[id], rest = (tuple(rest) or names), []
    first = nodes[0].id
    kept[first] = tuple(name for name in names if name in kept[first] or name in rest)
    return kept


def _flatten_arrays(graph: Graph, inputs: list[str]) -> Graph:
    """Put a Flatten behind an Input of arrays that feeds a layer for plain rows."""
    for id in inputs:
        if len(graph.shapes.get(id, (1,))) == 1:
            continue
        failing = [w for w in graph.outgoing[id] if w.target in graph.analysis[1]]
        if failing:
            flat = new_id("flatten", graph.by_id)
            wires = [
                Wire(flat, w.target, w.target_port) if w in failing else w for w in graph.wires
            ]
            nodes = (*graph.nodes, Node(flat, layers.Flatten()))
            graph = Graph(nodes, (*wires, Wire(id, flat)))
    return graph


def _bind_outputs(project: Project, fitted: Fitted) -> Project:
    """Give every Output its target, and the layer before it what this target needs."""
    outputs = list(project.graph.of_kind("output"))
    if not outputs:
        return project
    columns = _share(outputs, fitted.targets)
    graph = project.graph
    for node in outputs:
        mine = columns[node.id]
        kind, classes = fitted.target_kind(mine), fitted.classes(mine)
        same = _same_target(project, node, fitted, mine)
        changes: dict[str, Any] = {"columns": mine, "classes": classes}
        if not same:
            changes["loss"] = ""
        graph = graph.with_layer(node.id, node.layer.replace(**changes))
        if not same:
            graph = _fit_last(graph, node.id, kind, fitted.target_shape(mine))
    return project.but(graph=graph)


def _same_target(project: Project, node: Node, fitted: Fitted, mine: tuple[str, ...]) -> bool:
    """Tell whether an Output learns the same target as before, in the same form."""
    old = project.fitted
    settings = node.layer.settings
    if old is None or tuple(settings["columns"]) != mine:  # type: ignore[arg-type]
        return False
    try:
        return (old.target_kind(mine), old.classes(mine), old.target_shape(mine)) == (
            fitted.target_kind(mine),
            fitted.classes(mine),
            fitted.target_shape(mine),
        )
    except StudioError:
        return False


LAST_ACTIVATION = {"binary": "sigmoid", "classes": "softmax", "numbers": "identity"}


def _fit_last(graph: Graph, output: str, kind: str, shape: tuple[int, ...]) -> Graph:
    """Set units and activation of the last Dense before an Output, and of an Activation between."""
    activation = LAST_ACTIVATION.get(kind, "identity")
    id, pending = output, activation
    while graph.incoming[id]:
        id = graph.incoming[id][0].source
        layer = graph[id].layer
        if layer.id == "activation" and pending:
            graph, pending = graph.with_layer(id, layer.replace(function=pending)), ""
        elif layer.id == "dense":
            units = shape[-1] if len(shape) == 1 else layer.settings["units"]
            changed = layer.replace(units=units, activation=pending or "identity")
            return graph.with_layer(id, changed)
        elif layer.id not in ("dropout", "activation"):
            break
    return graph


def _keep_what_fits(old: Project, new: Project) -> Project:
    """Carry weights when the new data has columns of the old; start anew otherwise."""
    known = old.fitted
    if known is None or new.fitted is None:
        kept = old.data is None and _same_widths(old.graph, new.graph)
        return carry(old, new) if kept else new.but(weights={}, run=RunState())
    shared = set(known.features) & set(new.fitted.features)
    if not shared:
        return new.but(weights={}, masks=_fitting_masks(new), run=RunState())
    carried = carry(old, new)
    restart = [
        wire.source
        for node in new.graph.of_kind("output")
        for wire in new.graph.incoming[node.id]
        if not _same_target(
            old,
            node,
            new.fitted,
            tuple(node.layer.settings["columns"]),  # type: ignore[arg-type]
        )
    ]
    weights = {
        name: array
        for name, array in carried.weights.items()
        if name.partition("/")[0] not in restart
    }
    run = replace(carried.run, slots={}, generator={}) if restart else carried.run
    return carried.but(weights=weights, run=run)


def _same_widths(old: Graph, new: Graph) -> bool:
    return {n: w.shape for n, w in old.weights.items()} == {
        n: w.shape for n, w in new.weights.items()
    }


def _fitting_masks(project: Project) -> dict[str, Any]:
    known = project.graph.weights
    return {
        name: mask
        for name, mask in project.masks.items()
        if (weight := known.get(name.rpartition(".")[0])) is not None and weight.shape == mask.shape
    }
