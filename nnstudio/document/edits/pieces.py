"""Edits with fragments: paste what was copied, duplicate a selection."""

from collections.abc import Iterable, Mapping

from nnstudio.document.clipboard import Array, Fragment, copy
from nnstudio.document.project import Note, Project
from nnstudio.engine.graph import Graph, Node, Wire, new_id
from nnstudio.errors import Refused
from nnstudio.i18n import translate

STEP = 40.0


def paste(
    project: Project, fragment: Fragment, dx: float = STEP, dy: float = STEP
) -> tuple[Project, tuple[str, ...]]:
    """Add the layers, wires and notes of a fragment, moved by (dx, dy); return the new ids too.

    Weights and masks come along; wires to layers outside the fragment don't.
    """
    if not fragment.nodes and not fragment.notes:
        raise Refused(
            translate("Edit", "There is nothing to paste."),
            translate("Edit", "Copy layers first."),
        )
    taken = {*project.graph.by_id, *(note.id for note in project.notes)}
    ids: dict[str, str] = {}
    nodes: list[Node] = []
    for node in fragment.nodes:
        ids[node.id] = new_id(node.layer.id, taken)
        taken.add(ids[node.id])
        nodes.append(Node(ids[node.id], node.layer, node.label))
    wires = [
        Wire(ids[w.source], ids[w.target], w.target_port, w.source_port) for w in fragment.wires
    ]
    notes = []
    for note in fragment.notes:
        ids[note.id] = new_id("note", taken)
        taken.add(ids[note.id])
        notes.append(Note(ids[note.id], note.text, note.x + dx, note.y + dy))
    places = {ids[id]: (x + dx, y + dy) for id, (x, y) in fragment.places.items()}
    pasted = project.but(
        graph=Graph((*project.graph.nodes, *nodes), (*project.graph.wires, *wires)),
        places={**project.places, **places},
        notes=(*project.notes, *notes),
        weights={**project.weights, **_renamed(fragment.weights, ids)},
        masks={**project.masks, **_renamed(fragment.masks, ids)},
    )
    return _fitting(pasted), tuple(ids.values())


def duplicate(
    project: Project, ids: Iterable[str], dx: float = STEP, dy: float = STEP
) -> tuple[Project, tuple[str, ...]]:
    """Paste a copy of the selection beside it; return the new ids too."""
    return paste(project, copy(project, ids), dx, dy)


def _renamed(arrays: Mapping[str, Array], ids: Mapping[str, str]) -> dict[str, Array]:
    renamed = {}
    for name, array in arrays.items():
        node, _, rest = name.partition("/")
        renamed[f"{ids[node]}/{rest}"] = array
    return renamed


def _fitting(project: Project) -> Project:
    """Drop arrays whose shape is known and not theirs."""
    known = project.graph.weights

    def fits(name: str, array: Array) -> bool:
        weight = known.get(name.partition(".")[0])
        return weight is None or weight.shape == array.shape

    return project.but(
        weights={name: array for name, array in project.weights.items() if fits(name, array)},
        masks={name: array for name, array in project.masks.items() if fits(name, array)},
    )
