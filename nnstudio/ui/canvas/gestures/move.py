"""Selecting and moving cards and notes; with Alt, moving copies."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine.graph import Wire
from nnstudio.errors import Refused
from nnstudio.i18n import translate
from nnstudio.ui.canvas.arranging import move_all
from nnstudio.ui.canvas.gestures.gesture import Gesture, Modifiers, extends
from nnstudio.ui.canvas.gestures.guides import Guides
from nnstudio.ui.canvas.items.card import CardItem
from nnstudio.ui.canvas.items.note import NoteItem
from nnstudio.ui.canvas.items.wire import WireItem

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView


class MoveItems(Gesture):
    """Selects on press, moves what is selected, and makes one undo step on release."""

    pans_at_edges = True

    def __init__(self, canvas: "CanvasView", item: CardItem | NoteItem) -> None:
        super().__init__(canvas)
        self._item_id = item.id
        self._is_note = isinstance(item, NoteItem)
        self._starts: dict[str, QPointF] = {}
        self._guides: Guides | None = None
        self._copied = False
        self._wire: WireItem | None = None

    def start(self, at: QPoint, modifiers: Modifiers) -> None:
        super().start(at, modifiers)
        self._anchor = self.scene_point(at)
        canvas, id = self.canvas, self._item_id
        nodes, notes = canvas.selection.nodes, canvas.selected_notes
        mine = notes if self._is_note else nodes
        self._was_selected = id in mine
        if extends(modifiers):
            mine = mine ^ {id}
        elif not self._was_selected:
            nodes, notes, mine = frozenset(), frozenset(), frozenset({id})
        if self._is_note:
            canvas.select(nodes, notes=mine)
        else:
            canvas.select(mine, notes=notes)

    def begin_drag(self, modifiers: Modifiers) -> None:
        if modifiers & Modifiers.AltModifier:
            self.editing = True
            self._copied = self.canvas.clipboard.duplicate(0.0, 0.0, merge="alt-drag")
            self.editing = False
        items = self._items()
        self._starts = {id: QPointF(item.pos()) for id, item in items.items()}
        for item in items.values():
            item.change(lifted=True)
        self._guides = Guides(self.scene, set(items)) if items else None

    def drag(self, at: QPoint, modifiers: Modifiers) -> None:
        way = self.scene_point(at) - self._anchor
        if self._guides is not None:
            way = self._guides.snap(self._starts, way, 6.0 / self.canvas.camera.zoom)
        for id, item in self._items().items():
            item.setPos(self._starts[id] + way)
        self.scene.route(self._starts)
        self._hold_over_wire(self.scene_point(at))

    def drop(self, at: QPoint, modifiers: Modifiers) -> None:
        items = self._items()
        places = {id: (round(item.x(), 1), round(item.y(), 1)) for id, item in items.items()}
        wire = self._wire if self._wire is not None and self._wire.highlight else None
        self._put_down()
        if wire is not None:
            self.canvas.attempt(
                translate("Canvas", "Insert layer"), edits.insert_on_wire, *places, wire.wire
            )
            return
        label = translate("Canvas", "Duplicate") if self._copied else translate("Canvas", "Move")
        merge = "alt-drag" if self._copied else ""
        self.canvas.attempt(label, move_all, places, merge=merge)
        self.canvas.store.seal()

    def click(self, at: QPoint, modifiers: Modifiers) -> None:
        if self._was_selected and not extends(modifiers):
            id = {self._item_id}
            self.canvas.select(() if self._is_note else id, notes=id if self._is_note else ())

    def cancel(self) -> None:
        for id, item in self._items().items():
            if id in self._starts:
                item.setPos(self._starts[id])
        self.scene.route(self._starts)
        self._put_down()
        if self._copied:
            self.canvas.store.seal()
            self.canvas.store.undo()

    def _items(self) -> dict[str, CardItem | NoteItem]:
        nodes, notes = self.canvas.selection.nodes, self.canvas.selected_notes
        return {
            **{id: self.scene.cards[id] for id in nodes},
            **{id: self.scene.notes[id] for id in notes if id in self.scene.notes},
        }

    def _put_down(self) -> None:
        for item in self._items().values():
            item.change(lifted=False)
        if self._guides is not None:
            self._guides.clear()
        if self._wire is not None:
            self._wire.change(highlight="")
            self._wire = None

    def _hold_over_wire(self, point: QPointF) -> None:
        """Light up the wire that a single unwired card would be inserted on."""
        found = self._wire_for_card(point)
        if self._wire is not None and self._wire is not found:
            self._wire.change(highlight="")
        self._wire = found
        if found is not None:
            good = _fits(self.canvas.store.project, next(iter(self._starts)), found.wire)
            found.change(highlight="good" if good else "")

    def _wire_for_card(self, point: QPointF) -> WireItem | None:
        if len(self._starts) != 1 or self._copied:
            return None
        id = next(iter(self._starts))
        graph = self.scene.graph
        if id not in graph or graph.incoming[id] or graph.outgoing[id]:
            return None
        return self.scene.wire_at(point, 14.0)


def _fits(project: Project, id: str, wire: Wire) -> bool:
    try:
        edits.insert_on_wire(project, id, wire)
    except Refused:
        return False
    return True
