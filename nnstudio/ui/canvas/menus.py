"""The right-click menus: of a card, a wire, a note, the empty canvas."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from nnstudio.i18n import translate
from nnstudio.ui.canvas.arranging import ALIGNMENTS
from nnstudio.ui.icons import icon

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView


class Menus:
    """Builds the menu of what lies under a point."""

    def __init__(self, canvas: "CanvasView") -> None:
        self._canvas = canvas

    def at(self, at: QPoint) -> QMenu:
        """Return the menu for a viewport point; what is under it becomes selected."""
        canvas = self._canvas
        point = canvas.mapToScene(at)
        menu = QMenu(canvas)
        menu.aboutToHide.connect(menu.deleteLater)
        card = canvas.canvas_scene.card_at(point)
        note = canvas.canvas_scene.note_at(point)
        wire = canvas.canvas_scene.wire_at(point)
        if card is not None:
            if card.id not in canvas.selection.nodes:
                canvas.select((card.id,))
            self._card(menu)
        elif note is not None:
            if note.id not in canvas.selected_notes:
                canvas.select(notes=(note.id,))
            self._note(menu, note.id)
        elif wire is not None:
            canvas.select(wires=(wire.wire,))
            self._wire(menu, at)
        else:
            self._paper(menu, at, point)
        return menu

    def _card(self, menu: QMenu) -> None:
        canvas = self._canvas
        nodes = canvas.selection.nodes
        one = len(nodes) == 1
        add = self._add(menu)
        if one:
            add(translate("Canvas", "Rename"), "rename-outline", "F2", canvas.rename)
            id = next(iter(nodes))
            if canvas.canvas_scene.cards[id].face.has_output:
                add(translate("Canvas", "Add after…"), "plus", "", lambda: canvas.opening.after(id))
                add(translate("Canvas", "Connect to…"), "vector-line", "C", canvas.connect_by_keys)
            menu.addSeparator()
        self._clipboard(menu)
        if not one:
            menu.addSeparator()
            align = menu.addMenu(translate("Canvas", "Align"))
            for how, label, name in ALIGNMENTS:
                action = align.addAction(translate("Canvas", label))
                action.setIcon(icon(name, canvas.themes.theme))
                action.triggered.connect(lambda _=False, how=how: canvas.arranging.align(how))
        menu.addSeparator()
        add(translate("Canvas", "Delete"), "trash-can-outline", "Del", canvas.delete)

    def _note(self, menu: QMenu, id: str) -> None:
        canvas = self._canvas
        add = self._add(menu)
        edit = translate("Canvas", "Edit the note")
        add(edit, "pencil-outline", "F2", lambda: canvas.notes.edit(id))
        self._clipboard(menu)
        menu.addSeparator()
        add(translate("Canvas", "Delete"), "trash-can-outline", "Del", canvas.delete)

    def _wire(self, menu: QMenu, at: QPoint) -> None:
        canvas = self._canvas
        add = self._add(menu)
        add(translate("Canvas", "Insert layer…"), "plus", "A", lambda: canvas.add_menu(at))
        add(translate("Canvas", "Disconnect"), "connection", "Del", canvas.delete)

    def _paper(self, menu: QMenu, at: QPoint, point: QPointF) -> None:
        canvas = self._canvas
        add = self._add(menu)
        add(translate("Canvas", "Add layer…"), "plus", "A", lambda: canvas.add_menu(at))
        note = translate("Canvas", "Add note")
        add(note, "note-plus-outline", "", lambda: canvas.notes.add(point))
        paste = translate("Canvas", "Paste here")
        add(paste, "content-paste", "", lambda: canvas.clipboard.paste(point))
        menu.addSeparator()
        keys = QKeySequence(QKeySequence.StandardKey.SelectAll).toString()
        add(translate("Canvas", "Select all"), "select-all", keys, canvas.select_all)
        add(translate("Canvas", "Tidy up"), "auto-fix", "Shift+A", canvas.tidy)
        add(translate("Canvas", "Show all"), "fit-to-page-outline", "F", canvas.fit)

    def _clipboard(self, menu: QMenu) -> None:
        canvas, add = self._canvas, self._add(menu)
        add(translate("Canvas", "Cut"), "content-cut", "Ctrl+X", canvas.cut)
        add(translate("Canvas", "Copy"), "content-copy", "Ctrl+C", canvas.copy)
        add(translate("Canvas", "Duplicate"), "content-duplicate", "Ctrl+D", canvas.duplicate)

    def _add(self, menu: QMenu) -> Callable[..., None]:
        theme = self._canvas.themes.theme

        def add(text: str, name: str, keys: str, action: Callable[[], object]) -> None:
            # Shown only: the window's own actions (or keyPressEvent) react to the keys.
            shown = f"{text}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}"
            row = menu.addAction(icon(f"mdi6.{name}", theme), shown if keys else text)
            row.triggered.connect(lambda _=False: action())

        return add
