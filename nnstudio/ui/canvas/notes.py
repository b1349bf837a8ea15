"""Notes on the canvas: add, edit, drop the empty ones."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from nnstudio.document import edits
from nnstudio.i18n import translate

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView

NEW = QRectF(0, 0, 180, 72)


class Notes:
    """The commands about notes."""

    def __init__(self, canvas: "CanvasView") -> None:
        self._canvas = canvas

    def add(self, at: QPointF | None = None) -> None:
        """Open a field for a new note at a scene point; an empty one is not added."""
        canvas = self._canvas
        if at is None:
            at = canvas.mapToScene(canvas.viewport().rect().center())
        canvas.inline.edit_text(NEW.translated(at), "", lambda text: self._added(text, at))

    def edit(self, id: str) -> None:
        """Edit the text of a note in place; emptied, it goes."""
        item = self._canvas.canvas_scene.notes.get(id)
        if item is not None:
            frame = item.frame.united(NEW.translated(item.pos()))
            self._canvas.inline.edit_text(
                frame, item.note.text, lambda text: self._edited(id, text)
            )

    def _added(self, text: str, at: QPointF) -> None:
        if text.strip():
            canvas = self._canvas
            before = {note.id for note in canvas.store.project.notes}
            label = translate("Canvas", "Add note")
            if canvas.attempt(label, edits.add_note, text, at.x(), at.y()):
                canvas.select(notes={n.id for n in canvas.store.project.notes} - before)

    def _edited(self, id: str, text: str) -> None:
        canvas = self._canvas
        note = next((note for note in canvas.store.project.notes if note.id == id), None)
        if note is None or note.text == text.strip():
            return
        if text.strip():
            canvas.attempt(translate("Canvas", "Edit note"), edits.edit_note, id, text)
        else:
            canvas.attempt(translate("Canvas", "Delete"), edits.remove_note, id)
