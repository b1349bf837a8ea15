"""Edits of data: bind a table to Input and Output, keep the hidden layers."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from nnstudio.data.load import load
from nnstudio.data.prepare import prepare
from nnstudio.data.spec import DataSpec
from nnstudio.data.table import Table
from nnstudio.document.arrange import arrange
from nnstudio.document.carry import carry
from nnstudio.document.edits.binding import bind_inputs, bind_outputs, same_target
from nnstudio.document.endings import texts_of
from nnstudio.document.project import Project, RunState
from nnstudio.engine import layers
from nnstudio.engine.graph import Graph, Node, Wire
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
    with other data or entirely other columns training starts anew. `folder` is where a table
    kept outside the project file is looked for. Raise Refused when the data can't be used;
    nothing has changed then.
    """
    given = project.but(tables=dict(project.tables if tables is None else tables))
    try:
        table = load(spec, embedded=given.tables, folder=folder)
        targets = spec.target_columns()
        fitted = prepare(spec, table, {"input": ()}, {"output": ()} if targets else {}).fitted
        bound = given if given.graph.nodes else _starter(given)
        bound = bind_inputs(bound, fitted)
        if targets:
            bound = bind_outputs(bound, fitted)
    except Refused:
        raise
    except StudioError as error:
        raise Refused(error.text, error.hint) from None
    # With the user's own table it is no longer the example it was made from.
    template = bound.template if spec.source.kind == "builtin" else ""
    return _keep_what_fits(project, bound.but(data=spec, fitted=fitted, template=template))


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
    graph = Graph(nodes, tuple(Wire(a.id, b.id) for a, b in pairwise(nodes)))
    return project.but(graph=graph, places=dict(arrange(graph)))


def _keep_what_fits(old: Project, new: Project) -> Project:
    """Carry weights when the new data continues the old; start anew otherwise.

    A layer before an Output with another target starts anew in any case.
    """
    if old.data is not None and not _continues(old.data, new.data):
        return new.but(weights={}, run=RunState(), masks=carry(old, new).masks)
    carried = carry(old, new)
    if old.data is None or new.fitted is None:
        return carried
    restart = {
        wire.source
        for node in old.graph.of_kind("output")
        if not same_target(old, node, new.fitted, texts_of(new.graph[node.id].layer, "columns"))
        for wire in new.graph.incoming[node.id]
    }
    if not restart:
        return carried
    weights = {
        name: array
        for name, array in carried.weights.items()
        if name.partition("/")[0] not in restart
    }
    return carried.but(weights=weights, run=RunState(curves=carried.run.curves))


def _continues(old: DataSpec, new: DataSpec | None) -> bool:
    """Tell whether new data is the old data changed: not another dataset, some columns shared."""
    if new is None:
        return False
    if old.source.kind == new.source.kind == "builtin" and old.source.id != new.source.id:
        return False
    return bool(set(old.feature_columns()) & set(new.feature_columns()))
