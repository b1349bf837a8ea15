"""Edits of pieces: add, remove, move, set, rename, group."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from nnstudio.document.carry import carry
from nnstudio.document.edits.checks import known_node, plain_text
from nnstudio.document.edits.wires import connect, insert_on_wire
from nnstudio.document.project import Project
from nnstudio.engine.graph import Graph, Node, Wire, new_id
from nnstudio.engine.layer import LAYERS, Layer
from nnstudio.errors import Refused, StudioError
from nnstudio.i18n import translate

CARD = (148.0, 88.0)
PITCH = (200.0, 120.0)
MAXIMUM_NODES = 2000


def add_node(
    project: Project,
    layer: Layer,
    x: float,
    y: float,
    id: str = "",
    wire_from: str | None = None,
    wire_into: str | None = None,
    on_wire: Wire | None = None,
) -> Project:
    """Add a layer near (x, y), optionally wired from or into a node or inserted on a wire.

    The id is `id` or the next free one (`next_id`). Raise Refused when a wire doesn't fit.
    """
    id = id or next_id(project, layer.id)
    _check_addable(project, id)
    graph = Graph((*project.graph.nodes, Node(id, layer)), project.graph.wires)
    places = {**project.places, id: free_place(project, float(x), float(y))}
    result = project.but(graph=graph, places=places)
    if on_wire is not None:
        return insert_on_wire(result, id, on_wire)
    given = {"layer": layer, "x": x, "y": y, "wire_from": wire_from, "wire_into": wire_into}
    try:
        if wire_from is not None:
            result = connect(result, wire_from, id)
        if wire_into is not None:
            result = connect(result, id, wire_into)
    except Refused as refusal:
        # The mend named there speaks of a layer that isn't in the project yet.
        piece = {"insert_flatten": "flatten", "insert_concatenate": "concatenate"}
        if refusal.fix in piece:
            arguments = {**given, "piece": piece[refusal.fix]}
            raise Refused(
                refusal.text, refusal.hint, fix="add_mended", arguments=arguments
            ) from None
        raise Refused(refusal.text, refusal.hint) from None
    return carry(project, result)


def _check_addable(project: Project, id: str) -> None:
    """Raise Refused when the network is full or has a layer of this id."""
    if len(project.graph.nodes) >= MAXIMUM_NODES:
        raise Refused(
            translate("Edit", "The network has {count} layers already.").format(
                count=MAXIMUM_NODES
            ),
            translate("Edit", "Remove some of them first."),
        )
    if id in project.graph:
        raise Refused(
            translate("Edit", "The id {id} is used twice.").format(id=id),
            translate("Edit", "Give each layer its own id."),
        )


def next_id(project: Project, kind: str) -> str:
    """Return the id the next layer of `kind` gets."""
    return new_id(kind, project.graph.by_id)


def new_layer(kind: str) -> Layer:
    """Return the layer a palette piece makes: a new hidden Dense starts with 4 units."""
    made = LAYERS[kind]()
    return made.replace(units=4, activation="relu") if kind == "dense" else made


def free_place(project: Project, x: float, y: float) -> tuple[float, float]:
    """Return the nearest place below (x, y) where a card covers no other card's corner."""
    taken = list(project.places.values())
    while any(abs(x - a) < CARD[0] / 4 and abs(y - b) < CARD[1] / 4 for a, b in taken):
        y += PITCH[1] / 2
    return x, y


def remove(project: Project, ids: Iterable[str]) -> Project:
    """Remove layers (with their wires, places and weights) and notes by id."""
    gone = set(ids)
    known = {node.id for node in project.graph.nodes} | {note.id for note in project.notes}
    for id in gone - known:
        known_node(project, id)
    graph = Graph(
        tuple(node for node in project.graph.nodes if node.id not in gone),
        tuple(w for w in project.graph.wires if w.source not in gone and w.target not in gone),
    )
    groups = {
        id: members
        for id, given in project.groups.items()
        if (members := tuple(member for member in given if member not in gone))
    }
    return carry(
        project,
        project.but(
            graph=graph,
            places={id: place for id, place in project.places.items() if id not in gone},
            notes=tuple(note for note in project.notes if note.id not in gone),
            groups=groups,
        ),
    )


def remove_and_heal(project: Project, ids: Iterable[str]) -> Project:
    """Remove like `remove`, and join the neighbours of a layer that stood in a simple chain.

    A layer with one wire in leaves its source wired to everything it fed, if that fits.
    """
    gone = set(ids)
    result = project
    for id in project.graph.order:
        if id in gone:
            result = remove(_heal(result, id), [id])
    rest = gone - set(project.graph.order)
    result = remove(result, rest) if rest else result
    return carry(project, result.but(weights=dict(project.weights), masks=dict(project.masks)))


def _heal(project: Project, id: str) -> Project:
    """Rewire around a node with one wire in; return `project` itself when that doesn't fit."""
    graph = project.graph
    if len(graph.incoming[id]) != 1 or not graph.outgoing[id]:
        return project
    source = graph.incoming[id][0].source
    present = {(w.source, w.target) for w in graph.wires}
    if any((source, wire.target) in present for wire in graph.outgoing[id]):
        return project
    wires = tuple(
        replace(wire, source=source, source_port=graph.incoming[id][0].source_port)
        if wire.source == id
        else wire
        for wire in graph.wires
        if wire.target != id
    )
    healed = Graph(graph.nodes, wires)
    errors = set(healed.analysis[1]) - set(graph.analysis[1]) - {id}
    return project if errors else project.but(graph=healed)


def move(project: Project, places: Mapping[str, tuple[float, float]]) -> Project:
    """Place layers at scene positions {id: (x, y)}."""
    for id in places:
        known_node(project, id)
    moved = {id: (float(x), float(y)) for id, (x, y) in places.items()}
    if any(not abs(value) < 1e9 for place in moved.values() for value in place):
        raise Refused(
            translate("Edit", "There is no such place on the canvas."),
            translate("Edit", "Use finite positions."),
        )
    return project.but(places={**project.places, **moved})


def set_setting(project: Project, node: str, name: str, value: Any) -> Project:
    """Change one setting of a layer; what was learned is carried over."""
    layer = known_node(project, node).layer
    try:
        changed = layer.replace(**{name: value})
    except StudioError as error:
        raise Refused(error.text, error.hint) from None
    if changed == layer:
        return project
    return carry(project, project.but(graph=project.graph.with_layer(node, changed)))


def replace_layer(project: Project, node: str, layer: Layer) -> Project:
    """Put another layer in the place of a node's; wires stay where the ports allow it."""
    known_node(project, node)
    graph = project.graph.with_layer(node, layer)
    ports = {port.name for port in layer.ports}
    wires = tuple(
        wire
        for wire in graph.wires
        if (wire.target != node or wire.target_port in ports)
        and (wire.source != node or layer.has_output)
    )
    return carry(project, project.but(graph=Graph(graph.nodes, wires)))


def rename(project: Project, node: str, label: str) -> Project:
    """Give a layer the user's own name; an empty one shows its kind again."""
    known_node(project, node)
    label = plain_text(label, 80)
    nodes = tuple(replace(n, label=label) if n.id == node else n for n in project.graph.nodes)
    return project.but(graph=Graph(nodes, project.graph.wires))


def group(project: Project, ids: Iterable[str]) -> Project:
    """Gather layers in a new group; they leave the groups they were in."""
    members = tuple(dict.fromkeys(ids))
    for id in members:
        known_node(project, id)
    if not members:
        raise Refused(
            translate("Edit", "Nothing is selected."), translate("Edit", "Select layers first.")
        )
    groups = {
        id: rest
        for id, given in project.groups.items()
        if (rest := tuple(member for member in given if member not in members))
    }
    return project.but(groups={**groups, new_id("group", groups): members})


def ungroup(project: Project, id: str) -> Project:
    """Dissolve a group; its layers stay."""
    if id not in project.groups:
        raise Refused(
            translate("Edit", "There is no group {id}.").format(id=id),
            translate("Edit", "It may have been removed already."),
        )
    return project.but(groups={name: ids for name, ids in project.groups.items() if name != id})
