"""Edits of wires: connect with reasons and mends, disconnect, insert a piece on a wire."""

from typing import Any

from nnstudio.document.carry import carry
from nnstudio.document.edits.checks import known_node
from nnstudio.document.names import layer_name
from nnstudio.document.project import Project
from nnstudio.engine.graph import Graph, Wire
from nnstudio.errors import Refused, StudioError
from nnstudio.i18n import translate

PITCH_X = 200.0


def connect(project: Project, source: str, target: str, port: str = "") -> Project:
    """Draw a wire from `source` to the port of `target` (its first free one by default).

    Raise Refused with the reason, and with a mend where one helps. While shapes are not known
    yet the wire is accepted.
    """
    _check_ends(project, source, target)
    graph = project.graph
    port = _free_port(project, source, target, port)
    wired = Graph(graph.nodes, (*graph.wires, Wire(source, target, port)))
    error = _new_error(graph, wired)
    if error is not None:
        fix, arguments = error.fix, dict(error.arguments)
        if fix == "insert_flatten":
            arguments = {"source": source, "target": target, "port": port}
        elif not fix:
            fix, arguments = _equal_shapes(graph, source, target)
        raise Refused(error.text, error.hint, fix, arguments)
    return carry(project, project.but(graph=wired))


def disconnect(project: Project, wire: Wire) -> Project:
    """Remove a wire."""
    _known_wire(project, wire)
    wires = tuple(other for other in project.graph.wires if other != wire)
    return carry(project, project.but(graph=Graph(project.graph.nodes, wires)))


def insert_on_wire(project: Project, id: str, wire: Wire) -> Project:
    """Put the unwired node `id` in the middle of a wire; later nodes make room."""
    _known_wire(project, wire)
    node = known_node(project, id)
    graph = project.graph
    if not node.layer.ports or not node.layer.has_output:
        raise Refused(
            translate("Edit", "{name} can't stand in the middle of a wire.").format(
                name=layer_name(project.graph, id)
            ),
            translate("Edit", "Drop it on a free place."),
        )
    first = Wire(wire.source, id, node.layer.ports[0].name, wire.source_port)
    second = Wire(id, wire.target, wire.target_port)
    wires: list[Wire] = []
    for other in graph.wires:
        wires.extend([first, second] if other == wire else [other])
    threaded = Graph(graph.nodes, tuple(wires))
    error = _new_error(graph, threaded)
    if error is not None:
        raise Refused(error.text, error.hint)
    placed = project.but(graph=threaded, places=places_with_room(project, id, wire))
    return carry(project, placed)


def places_with_room(project: Project, id: str, wire: Wire) -> dict[str, tuple[float, float]]:
    """Return the places with node `id` between the ends of `wire`, the rest moved right."""
    places = dict(project.places)
    left = places.get(wire.source, (0.0, 0.0))
    right = places.get(wire.target, (left[0] + PITCH_X, left[1]))
    missing = left[0] + 2 * PITCH_X - right[0]
    if missing > 0 and right[0] >= left[0]:
        for other in project.graph.by_id:
            if other != id and project.graph.reaches(wire.target, other) and other in places:
                places[other] = (places[other][0] + missing, places[other][1])
        right = places.get(wire.target, right)
    places[id] = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
    return places


def _check_ends(project: Project, source: str, target: str) -> None:
    """Raise Refused when no wire at all can lead from `source` to `target`."""
    graph = project.graph
    sender, receiver = known_node(project, source), known_node(project, target)
    if not sender.layer.has_output:
        raise Refused(
            translate("Edit", "{name} is the end of the network; nothing comes out of it.").format(
                name=layer_name(project.graph, source)
            ),
            translate("Edit", "Draw the wire from the layer before it."),
        )
    if not receiver.layer.ports:
        raise Refused(
            translate("Edit", "{name} takes its values from the data, not from a wire.").format(
                name=layer_name(project.graph, target)
            ),
            translate("Edit", "Draw the wire from it to another layer."),
        )
    if graph.reaches(target, source):
        raise Refused(
            translate("Edit", "This wire would close a circle."),
            translate("Edit", "Signals must flow from input to output."),
        )
    if any(wire.source == source and wire.target == target for wire in graph.wires):
        raise Refused(
            translate("Edit", "These two layers are wired already."),
            translate("Edit", "One wire carries all values."),
        )


def _free_port(project: Project, source: str, target: str, port: str) -> str:
    """Return the name of the port the wire goes to; raise Refused when there is none."""
    graph = project.graph
    ports = {p.name: p for p in graph[target].layer.ports}
    if port and port not in ports:
        raise Refused(
            translate("Edit", "{name} has no input called {port}.").format(
                name=layer_name(project.graph, target), port=port
            ),
            translate("Edit", "Use one of: {ids}.").format(ids=", ".join(ports)),
        )
    used = {wire.target_port for wire in graph.incoming[target]}
    for name in [port] if port else ports:
        if ports[name].variadic or name not in used:
            return name
    if len(ports) > 1:
        raise Refused(
            translate("Edit", "{name} takes {count} wires, and it has them.").format(
                name=layer_name(project.graph, target), count=len(ports)
            ),
            translate("Edit", "Remove one of its wires first."),
        )
    joined = _can_be_joined(graph, source, target)
    raise Refused(
        translate("Edit", "{name} takes one wire, and it has one.").format(
            name=layer_name(project.graph, target)
        ),
        translate("Edit", "Join the two with Concatenate, or remove the other wire.")
        if joined
        else translate("Edit", "Remove the other wire first."),
        fix="insert_concatenate" if joined else "",
        arguments={"node": target, "source": source} if joined else {},
    )


def _can_be_joined(graph: Graph, source: str, target: str) -> bool:
    """Tell whether a Concatenate would take what arrives at `target` and what `source` sends."""
    ids = [source, *(wire.source for wire in graph.incoming[target])]
    known = [graph.shapes[id][:-1] for id in ids if id in graph.shapes]
    return all(shape == known[0] for shape in known)


def _equal_shapes(graph: Graph, source: str, target: str) -> tuple[str, dict[str, Any]]:
    """Return the mend of a wire whose shape differs from what it is to be joined with."""
    layer = graph[target].layer
    if layer.id == "concatenate" or layer.group != "join":
        return "", {}
    wire = {"source": source, "target": target}
    shape = next(graph.shapes[w.source] for w in graph.incoming[target])
    if graph[source].layer.id == "dense" and len(shape) == 1:
        return "match_units", {**wire, "units": shape[0]}
    replaceable = layer.ports[0].variadic and _can_be_joined(graph, source, target)
    return ("use_concatenate", wire) if replaceable else ("", {})


def _new_error(old: Graph, new: Graph) -> Refused | None:
    """Return the first shape error that `new` has and `old` has not."""
    before = old.analysis[1]
    for id, error in new.analysis[1].items():
        if id in before and (not new.incoming[id] or _same(before[id], error)):
            continue
        if _waits_for_a_wire(new, id):
            continue
        if isinstance(error, Refused):
            return error
        return Refused(error.text, error.hint)
    return None


def _same(a: StudioError, b: StudioError) -> bool:
    return (a.text, a.hint) == (b.text, b.hint)


def _waits_for_a_wire(graph: Graph, id: str) -> bool:
    used = {wire.target_port for wire in graph.incoming[id]}
    return any(port.name not in used for port in graph[id].layer.ports)


def _known_wire(project: Project, wire: Wire) -> None:
    if wire not in project.graph.wires:
        raise Refused(
            translate("Edit", "There is no such wire."),
            translate("Edit", "It may have been removed already."),
        )
