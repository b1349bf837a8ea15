"""Cut, copy, paste, duplicate and delete of what is selected on the canvas."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF
from PySide6.QtGui import QGuiApplication

from nnstudio.document import clipboard, edits
from nnstudio.document.project import Project
from nnstudio.document.store import Edit
from nnstudio.engine.graph import Wire
from nnstudio.errors import Refused
from nnstudio.i18n import translate

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView

MIME = "application/x-nnstudio-fragment"
STEP = 40.0


def remove_all(project: Project, ids: Iterable[str], wires: Iterable[Wire]) -> Project:
    """Remove layers (their chains heal), notes and wires in one go."""
    for wire in wires:
        if wire in project.graph.wires:
            project = edits.disconnect(project, wire)
    ids = set(ids)
    return edits.remove_and_heal(project, ids) if ids else project


class CanvasClipboard:
    """The commands that take away or bring in pieces."""

    def __init__(self, canvas: "CanvasView") -> None:
        self._canvas = canvas
        self._pastes = 0

    def copy(self) -> bool:
        """Put the selection on the clipboard; return False when nothing is selected."""
        ids = self._chosen()
        if not ids:
            return False
        text = clipboard.to_text(clipboard.copy(self._canvas.store.project, ids))
        mime = QMimeData()
        mime.setData(MIME, text.encode("utf-8"))
        mime.setText(text)
        QGuiApplication.clipboard().setMimeData(mime)
        self._pastes = 0
        return True

    def cut(self) -> None:
        """Copy, then remove."""
        if self.copy():
            self._remove(translate("Canvas", "Cut"))

    def delete(self) -> None:
        """Remove what is selected; simple chains heal."""
        self._remove(translate("Canvas", "Delete"))

    def paste(self, at: QPointF | None = None) -> None:
        """Paste with the top left corner at a scene point, else a little below the original."""
        canvas = self._canvas
        mime = QGuiApplication.clipboard().mimeData()
        text = mime.text()
        if mime.hasFormat(MIME):
            text = bytes(mime.data(MIME).data()).decode("utf-8", "replace")
        try:
            fragment = clipboard.from_text(text)
        except Refused as error:
            canvas.messages.refused(error)
            return
        self._pastes += 1
        dx = dy = STEP * self._pastes
        corners = [*fragment.places.values(), *((n.x, n.y) for n in fragment.notes)]
        if at is not None and corners:
            dx = at.x() - min(x for x, _ in corners)
            dy = at.y() - min(y for _, y in corners)
        self._bring(translate("Canvas", "Paste"), edits.paste, fragment, dx, dy)

    def duplicate(self, dx: float = STEP, dy: float = STEP, merge: str = "") -> bool:
        """Add a copy of the selection beside it and select the copy."""
        ids = self._chosen()
        label = translate("Canvas", "Duplicate")
        return bool(ids) and self._bring(label, edits.duplicate, ids, dx, dy, merge=merge)

    def _bring(self, label: str, edit: Edit, *arguments: object, merge: str = "") -> bool:
        canvas, project = self._canvas, self._canvas.store.project
        nodes, notes = set(project.graph.by_id), {note.id for note in project.notes}
        if not canvas.attempt(label, edit, *arguments, merge=merge):
            return False
        project = canvas.store.project
        canvas.select(set(project.graph.by_id) - nodes, notes={n.id for n in project.notes} - notes)
        return True

    def _remove(self, label: str) -> None:
        canvas = self._canvas
        ids, wires = self._chosen(), canvas.selection.wires
        if not ids and not wires:
            return
        if canvas.attempt(label, remove_all, ids, wires):
            canvas.announce(translate("Canvas", "Removed"))

    def _chosen(self) -> frozenset[str]:
        return self._canvas.selection.nodes | self._canvas.selected_notes
