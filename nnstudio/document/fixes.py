"""Fixes: named edits that mend a problem or a refusal; buttons offer them, tests press them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from nnstudio.document import edits
from nnstudio.document.carry import carry
from nnstudio.document.edits.binding import LAST_ACTIVATION
from nnstudio.document.edits.checks import known_node
from nnstudio.document.edits.wires import PITCH_X, places_with_room
from nnstudio.document.endings import last_activation, last_dense, target_kind
from nnstudio.document.equal_shapes import match_units, use_concatenate
from nnstudio.document.names import layer_name, spoken
from nnstudio.document.project import Project
from nnstudio.document.training import TrainingPlan
from nnstudio.engine import layers
from nnstudio.engine.graph import Graph, Node, Wire
from nnstudio.engine.layer import LAYERS, Layer
from nnstudio.errors import Refused
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate


@dataclass(frozen=True)
class Fix:
    """One mend: `apply(project, **arguments)` returns the mended project or raises Refused."""

    id: str
    label: str
    apply: Callable[..., Project]

    def text(self, arguments: Mapping[str, Any] | None = None) -> str:
        """Return the translated text of the button."""
        given = dict(arguments or {})
        if "function" in given:
            given["function"] = spoken(layers.Activation.parameters, "function", given["function"])
        if "piece" in given:
            given["piece"] = translate("Layer", LAYERS[given["piece"]].label)
        if "value" in given:
            given["value"] = _spoken_value(given)
        return translate("Fix", self.label).format(**given)


def _spoken_value(arguments: Mapping[str, Any]) -> str:
    """Return the value a setting is to get, as the form of that setting shows it."""
    name, value = arguments["name"], arguments["value"]
    rows = (
        *layers.Dense.parameters,
        *layers.Activation.parameters,
        *layers.Output.parameters,
        *TrainingPlan().parameters(),
    )
    return spoken(tuple(row for row in rows if row.name == name), name, value)


def insert_flatten(project: Project, source: str, target: str, port: str = "") -> Project:
    """Put a Flatten between two layers, whether they are wired already or not."""
    wire = next((w for w in project.graph.wires if (w.source, w.target) == (source, target)), None)
    id = edits.next_id(project, "flatten")
    if wire is not None:
        x, y = project.places.get(target, (0.0, 0.0))
        return edits.add_node(project, layers.Flatten(), x, y, id, on_wire=wire)
    known_node(project, source), known_node(project, target)
    x, y = project.places.get(source, (0.0, 0.0))
    added = edits.add_node(project, layers.Flatten(), x + PITCH_X / 2, y, id, wire_from=source)
    wired = edits.connect(added, id, target, port)
    return wired.but(places=places_with_room(wired, id, Wire(source, target)))


def insert_concatenate(project: Project, node: str, source: str = "") -> Project:
    """Join every wire into `node`, and one from `source`, with a Concatenate before it."""
    known_node(project, node)
    arriving = project.graph.incoming[node]
    port = arriving[0].target_port if arriving else ""
    id = edits.next_id(project, "concatenate")
    mine = [wire for wire in arriving if wire.target_port == port]
    result = project
    for wire in mine:
        result = edits.disconnect(result, wire)
    x, y = project.places.get(node, (0.0, 0.0))
    result = edits.add_node(result, layers.Concatenate(), x - PITCH_X / 2, y, id)
    for start in dict.fromkeys([*(wire.source for wire in mine), *([source] if source else [])]):
        result = edits.connect(result, start, id)
    result = edits.connect(result, id, node, port)
    if mine:
        first = Wire(mine[0].source, node)
        result = result.but(places=places_with_room(result, id, first))
    return carry(project, result.but(weights=dict(project.weights), masks=dict(project.masks)))


def add_mended(
    project: Project,
    layer: Layer,
    x: float,
    y: float,
    wire_from: str | None = None,
    wire_into: str | None = None,
    piece: str = "",
) -> Project:
    """Add a layer with its wires, through a Flatten or a Concatenate where one is needed."""
    id = edits.next_id(project, layer.id)
    result = edits.add_node(project, layer, x, y, id)
    for source, target in ((wire_from, id), (id, wire_into)):
        if source is not None and target is not None:
            try:
                result = edits.connect(result, source, target)
            except Refused as refusal:
                if refusal.fix not in ("insert_flatten", "insert_concatenate"):
                    raise
                result = apply_fix(result, refusal.fix, refusal.arguments)
    return carry(project, result.but(weights=dict(project.weights), masks=dict(project.masks)))


def add_input(project: Project) -> Project:
    """Add an Input before the first layer that waits for a wire."""
    graph = project.graph
    id = edits.next_id(project, "input")
    waiting = [n.id for n in graph.nodes if n.layer.ports and not graph.incoming[n.id]]
    x, y = project.places.get(waiting[0], (0.0, 0.0)) if waiting else (0.0, 0.0)
    added = edits.add_node(project, layers.Input(), x - PITCH_X, y, id)
    if waiting:
        added = edits.connect(added, id, waiting[0])
    return _bound(added)


def add_output(project: Project) -> Project:
    """Add an Output behind the last layer nothing reads."""
    graph = project.graph
    ends = [id for id in graph.order if graph[id].layer.has_output and not graph.outgoing[id]]
    id = edits.next_id(project, "output")
    x, y = project.places.get(ends[-1], (0.0, 0.0)) if ends else (0.0, 0.0)
    wire_from = ends[-1] if ends else None
    return _bound(edits.add_node(project, layers.Output(), x + PITCH_X, y, id, wire_from))


def connect(project: Project, source: str, target: str) -> Project:
    """Draw a wire, through a Flatten where that is needed."""
    try:
        return edits.connect(project, source, target)
    except Refused as refusal:
        if refusal.fix != "insert_flatten":
            raise
        return insert_flatten(project, source, target)


def remove(project: Project, node: str) -> Project:
    """Remove a layer; its neighbours are joined where they fit."""
    return edits.remove_and_heal(project, [node])


def remove_wire(project: Project, source: str, target: str) -> Project:
    """Remove the wires between two layers."""
    result = project
    for wire in project.graph.wires:
        if (wire.source, wire.target) == (source, target):
            result = edits.disconnect(result, wire)
    return result


def set_units(project: Project, output: str, units: int) -> Project:
    """Give an Output the width its target needs: set its last Dense, or add one."""
    known_node(project, output)
    dense = last_dense(project.graph, output)
    if dense:
        return edits.set_setting(project, dense, "units", units)
    arriving = project.graph.incoming[output]
    if len(arriving) != 1:
        raise Refused(
            translate("Edit", "Nothing is wired to {name}.").format(
                name=layer_name(project.graph, output)
            ),
            translate("Edit", "Draw a wire to it first."),
        )
    source = arriving[0].source
    if len(project.graph.shapes.get(source, (1,))) > 1:
        project = insert_flatten(project, source, output)
    id = edits.next_id(project, "dense")
    activation = LAST_ACTIVATION.get(target_kind(project, output), "identity")
    x, y = project.places.get(output, (0.0, 0.0))
    wire = project.graph.incoming[output][0]
    return edits.add_node(project, layers.Dense(units, activation), x, y, id, on_wire=wire)


def set_last_activation(project: Project, output: str, function: str) -> Project:
    """Set the activation of what an Output receives; add an Activation when it has none."""
    known_node(project, output)
    node = last_activation(project.graph, output)[0]
    kind = project.graph[node].layer.id if node else ""
    if kind == "dense":
        return edits.set_setting(project, node, "activation", function)
    if kind == "activation":
        return edits.set_setting(project, node, "function", function)
    arriving = project.graph.incoming[output]
    if len(arriving) != 1:
        raise Refused(
            translate("Edit", "Nothing is wired to {name}.").format(
                name=layer_name(project.graph, output)
            ),
            translate("Edit", "Draw a wire to it first."),
        )
    id = edits.next_id(project, "activation")
    x, y = project.places.get(output, (0.0, 0.0))
    layer = layers.Activation(function)
    return edits.add_node(project, layer, x, y, id, on_wire=arriving[0])


def set_setting(project: Project, node: str, name: str, value: Any) -> Project:
    """Change a setting of a layer."""
    return edits.set_setting(project, node, name, value)


def set_training(project: Project, name: str, value: Any) -> Project:
    """Change a setting of the training plan."""
    return edits.set_training(project, name, value)


def rebind(project: Project) -> Project:
    """Bind the project's data to its Inputs and Outputs anew."""
    return _bound(project)


def reset_weights(project: Project) -> Project:
    """Start training anew."""
    return edits.reset_weights(project)


def starter(project: Project) -> Project:
    """Put a first small network on an empty canvas."""
    nodes = (
        Node("input_1", layers.Input()),
        Node("dense_1", layers.Dense(4, activation="tanh")),
        Node("dense_2", layers.Dense(1, activation="sigmoid")),
        Node("output_1", layers.Output()),
    )
    if project.graph.nodes:
        raise Refused(
            translate("Edit", "The canvas is not empty."),
            translate("Edit", "Add layers from the palette."),
        )
    wires = tuple(Wire(a.id, b.id) for a, b in pairwise(nodes))
    return _bound(edits.tidy(project.but(graph=Graph(nodes, wires))))


def _bound(project: Project) -> Project:
    return project if project.data is None else edits.bind_data(project, project.data)


FIXES: dict[str, Fix] = {
    fix.id: fix
    for fix in (
        Fix("insert_flatten", QT_TRANSLATE_NOOP("Fix", "Insert Flatten"), insert_flatten),
        Fix(
            "insert_concatenate",
            QT_TRANSLATE_NOOP("Fix", "Insert Concatenate"),
            insert_concatenate,
        ),
        Fix("add_mended", QT_TRANSLATE_NOOP("Fix", "Add it with {piece}"), add_mended),
        Fix("add_input", QT_TRANSLATE_NOOP("Fix", "Add Input"), add_input),
        Fix("add_output", QT_TRANSLATE_NOOP("Fix", "Add Output"), add_output),
        Fix("connect", QT_TRANSLATE_NOOP("Fix", "Connect"), connect),
        Fix("remove", QT_TRANSLATE_NOOP("Fix", "Remove the layer"), remove),
        Fix("remove_wire", QT_TRANSLATE_NOOP("Fix", "Remove the wire"), remove_wire),
        Fix("match_units", QT_TRANSLATE_NOOP("Fix", "Use {units} neurons"), match_units),
        Fix(
            "use_concatenate",
            QT_TRANSLATE_NOOP("Fix", "Use Concatenate instead"),
            use_concatenate,
        ),
        Fix("set_units", QT_TRANSLATE_NOOP("Fix", "Use {units} neurons"), set_units),
        Fix(
            "set_last_activation",
            QT_TRANSLATE_NOOP("Fix", "Use {function} at the end"),
            set_last_activation,
        ),
        Fix("set_setting", QT_TRANSLATE_NOOP("Fix", "Use {value}"), set_setting),
        Fix("set_training", QT_TRANSLATE_NOOP("Fix", "Use {value}"), set_training),
        Fix("rebind", QT_TRANSLATE_NOOP("Fix", "Fit to the data"), rebind),
        Fix("reset_weights", QT_TRANSLATE_NOOP("Fix", "Reset the weights"), reset_weights),
        Fix("starter", QT_TRANSLATE_NOOP("Fix", "Add a small network"), starter),
    )
}


def apply_fix(project: Project, id: str, arguments: Mapping[str, Any] | None = None) -> Project:
    """Apply the fix called `id`; raise Refused when it can't be applied any more."""
    if id not in FIXES:
        raise Refused(
            translate("Edit", "There is no mend called {id}.").format(id=id),
            translate("Edit", "Change the network by hand."),
        )
    return FIXES[id].apply(project, **(arguments or {}))
