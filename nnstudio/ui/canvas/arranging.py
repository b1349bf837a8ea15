"""Where things stand: nudge, align, spread, tidy; each one undo step."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.document.store import Edit
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ui.canvas import geometry as g

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView

Places = dict[str, tuple[float, float]]

ALIGNMENTS = (
    ("column", QT_TRANSLATE_NOOP("Canvas", "In a column"), "mdi6.align-horizontal-center"),
    ("row", QT_TRANSLATE_NOOP("Canvas", "In a row"), "mdi6.align-vertical-center"),
    (
        "spread_x",
        QT_TRANSLATE_NOOP("Canvas", "Even gaps across"),
        "mdi6.distribute-horizontal-center",
    ),
    ("spread_y", QT_TRANSLATE_NOOP("Canvas", "Even gaps down"), "mdi6.distribute-vertical-center"),
)


def move_all(project: Project, places: Mapping[str, tuple[float, float]]) -> Project:
    """Move layers and notes alike to the places given by id."""
    notes = {note.id for note in project.notes}
    result = project
    layers = {id: place for id, place in places.items() if id not in notes}
    if any(project.places.get(id) != place for id, place in layers.items()):
        result = edits.move(result, layers)
    for note in project.notes:
        if note.id in places and (note.x, note.y) != places[note.id]:
            result = edits.move_note(result, note.id, *places[note.id])
    return result


def aligned(places: Places, how: str) -> Places:
    """Return the places lined up: "column" shares x, "row" shares y, "spread_*" the gap."""
    if how == "column":
        xs = [x for x, _ in places.values()]
        x = g.snapped(sum(xs) / len(xs))
        return _apart({id: (x, y) for id, (_, y) in places.items()}, axis=1)
    if how == "row":
        ys = [y for _, y in places.values()]
        y = g.snapped(sum(ys) / len(ys))
        return _apart({id: (x, y) for id, (x, _) in places.items()}, axis=0)
    return _spread(places, 0 if how == "spread_x" else 1)


def _apart(places: Places, axis: int) -> Places:
    """Push cards that would cover each other apart along one axis, keeping their order."""
    least = (g.COLUMN, g.ROW)[axis]
    size = (g.CARD_WIDTH, g.CARD_HEIGHT)[axis]
    result: Places = {}
    free = float("-inf")
    for id, place in sorted(places.items(), key=lambda item: item[1][axis]):
        value = place[axis] if place[axis] >= free else free + least - size
        result[id] = (value, place[1]) if axis == 0 else (place[0], value)
        free = value + size
    return result


def _spread(places: Places, axis: int) -> Places:
    """Put the cards between the outermost two at even distances along one axis."""
    order = sorted(places, key=lambda id: places[id][axis])
    low, high = places[order[0]][axis], places[order[-1]][axis]
    step = (high - low) / max(1, len(order) - 1)
    result = dict(places)
    for rank, id in enumerate(order):
        value = low + rank * step
        result[id] = (value, places[id][1]) if axis == 0 else (places[id][0], value)
    return result


class Arranging:
    """The commands of a canvas that move what is selected."""

    def __init__(self, canvas: "CanvasView") -> None:
        self._canvas = canvas

    def nudge(self, dx: float, dy: float) -> None:
        """Move the selection a little; nudges in a row are one undo step."""
        canvas, project = self._canvas, self._canvas.store.project
        places: Places = {
            id: (project.places[id][0] + dx, project.places[id][1] + dy)
            for id in canvas.selection.nodes
            if id in project.places
        }
        for note in project.notes:
            if note.id in canvas.selected_notes:
                places[note.id] = (note.x + dx, note.y + dy)
        if places:
            key = f"nudge {sorted(places)}"
            canvas.attempt(translate("Canvas", "Move"), move_all, places, merge=key)

    def align(self, how: str) -> None:
        """Line up the selected layers (see ALIGNMENTS)."""
        project = self._canvas.store.project
        places = {id: project.places[id] for id in self._canvas.selection.nodes}
        if len(places) > 1:
            self._glide(translate("Canvas", "Align"), move_all, aligned(places, how))

    def tidy(self) -> None:
        """Lay the whole network out in columns."""
        self._glide(translate("Canvas", "Tidy"), edits.tidy)
        self._canvas.announce(translate("Canvas", "Network tidied"))

    def _glide(self, label: str, edit: Edit, *arguments: object) -> None:
        sync = self._canvas.sync
        sync.gliding = self._canvas.glides()
        try:
            self._canvas.attempt(label, edit, *arguments)
        finally:
            sync.gliding = False
