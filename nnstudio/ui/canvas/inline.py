"""Typing right on the canvas: the name of a card, the text of a note."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from nnstudio.i18n import translate
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.canvas.items.note import note_paper
from nnstudio.ui.theme import Theme

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView


class InlineEditor(QObject):
    """One text field over the canvas at a time; Enter keeps, Esc drops, leaving keeps."""

    def __init__(self, canvas: "CanvasView") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._done: Callable[[str], object] | None = None
        self._rect = QRectF()
        self.line = QLineEdit(canvas.viewport())
        self.text = QPlainTextEdit(canvas.viewport())
        self.text.setTabChangesFocus(True)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for field in (self.line, self.text):
            field.installEventFilter(self)
            field.hide()

    @property
    def field(self) -> QWidget | None:
        """The field that is open, if any."""
        return next((f for f in (self.line, self.text) if not f.isHidden()), None)

    def set_theme(self, theme: Theme) -> None:
        """Write notes on the paper they will have."""
        paper = note_paper(theme).name()
        self.text.setStyleSheet(
            f"QPlainTextEdit {{ background: {paper}; color: {theme.text}; padding: 5px;"
            f" border: 2px solid {theme.accent}; border-radius: 6px; }}"
        )

    def edit_line(self, rect: QRectF, text: str, done: Callable[[str], object]) -> None:
        """Edit one line over the scene rectangle `rect`."""
        self.finish()
        self.line.setText(text)
        self.line.setAccessibleName(translate("Canvas", "Name"))
        self._open(self.line, rect, done)
        self.line.selectAll()

    def edit_text(self, rect: QRectF, text: str, done: Callable[[str], object]) -> None:
        """Edit several lines over `rect`; Ctrl+Enter keeps them."""
        self.finish()
        self.text.setPlainText(text)
        self.text.setPlaceholderText(translate("Canvas", "Write a note…"))
        self.text.setAccessibleName(translate("Canvas", "Note"))
        self._open(self.text, rect, done)
        self.text.selectAll()

    def finish(self) -> None:
        """Keep what was typed and close."""
        field, done = self.field, self._done
        if field is None:
            return
        text = self.line.text() if field is self.line else self.text.toPlainText()
        self._close()
        if done is not None:
            done(text)

    def drop(self) -> None:
        """Close and forget what was typed."""
        self._close()

    def follow(self) -> None:
        """Stay over the place when the view moves."""
        field = self.field
        if field is None:
            return
        box = self._canvas.mapFromScene(self._rect).boundingRect()
        scale = self._canvas.camera.scale
        font = paint.text_font(13, "semibold" if field is self.line else "regular")
        font.setPixelSize(max(11, round(13 * scale)))
        field.setFont(font)
        if field is self.line:
            box.setHeight(max(box.height(), field.sizeHint().height()))
        field.setGeometry(box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.drop()
                self._canvas.setFocus()
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if enter and (watched is self.line or held):
                self.finish()
                self._canvas.setFocus()
                return True
        elif event.type() == QEvent.Type.FocusOut and not watched.isHidden():  # type: ignore[attr-defined]
            self.finish()
        return super().eventFilter(watched, event)

    def _open(self, field: QWidget, rect: QRectF, done: Callable[[str], object]) -> None:
        self._done, self._rect = done, rect
        field.show()
        self.follow()
        field.raise_()
        field.setFocus()

    def _close(self) -> None:
        field = self.field
        self._done = None
        if field is not None:
            field.hide()
