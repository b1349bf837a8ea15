"""The field in which a weight or bias is typed, at the spot where it stands."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.numbers import format_number, parse_number
from nnstudio.ui.selection import Entry
from nnstudio.ui.theme import ThemeManager

FIELD_WIDTH = 84


class _Line(QLineEdit):
    """Passes the keys that are not text on to the editor."""

    stepped = Signal(float)
    left = Signal(str)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            way = {Qt.Key.Key_Tab: "next", Qt.Key.Key_Backtab: "previous"}.get(event.key())  # type: ignore[call-overload]
            if way:
                self.left.emit(way)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(step_of(event) * (1 if key == Qt.Key.Key_Up else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit("accept")
        elif key == Qt.Key.Key_Escape:
            self.left.emit("cancel")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.OtherFocusReason):
            self.left.emit("leave")


def step_of(event: QKeyEvent) -> float:
    """Return how far an arrow key nudges: 0.1, with Shift ×10, with Alt ÷10."""
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return 1.0
    return 0.01 if event.modifiers() & Qt.KeyboardModifier.AltModifier else 0.1


class Editor(QFrame):
    """One number being typed. `left` says how it was left, after `typed` when it changed.

    `left` is "accept", "cancel", "leave", "next" or "previous".
    """

    typed = Signal(object, float)  # Entry, value
    stepped = Signal(object, float)  # Entry, difference
    left = Signal(object, str)  # Entry, how
    closed = Signal()
    complained = Signal(str)

    def __init__(self, parent: QWidget, themes: ThemeManager) -> None:
        super().__init__(parent)
        self._parent = parent
        self._themes = themes
        self.entry: Entry | None = None
        self._shown = ""
        self.name = QLabel(self)
        self.field = _Line(self)
        self.field.stepped.connect(self._step)
        self.field.left.connect(self._leave)
        self.field.textEdited.connect(lambda: self._paint(False))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 6, 5)
        row.setSpacing(6)
        row.addWidget(self.name)
        row.addWidget(self.field)
        self.hide()

    def open(self, entry: Entry, name: str, value: float, at: QPoint) -> None:
        """Show the field near a point of the view with the value selected."""
        self.entry = entry
        self.name.setText(f"{name} =")
        self.field.setAccessibleName(name)
        self.name.setFont(self._themes.font(1.0, "semibold"))
        self.field.setFont(self._themes.font())
        self.field.setFixedWidth(self._themes.pixels(FIELD_WIDTH))
        self.set_value(value)
        self._paint(False)
        self.adjustSize()
        room = self._parent.size()
        x = min(max(4, at.x() - self.width() // 2), max(4, room.width() - self.width() - 4))
        y = min(max(4, at.y() - self.height() - 10), max(4, room.height() - self.height() - 4))
        self.move(x, y)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def set_value(self, value: float) -> None:
        """Write a value into the field (it was nudged)."""
        self._shown = format_number(value, 6)
        self.field.setText(self._shown)
        self.field.selectAll()

    def close_editor(self) -> None:
        """Take the field away without a word."""
        self.entry = None
        if self.field.hasFocus():
            self._parent.setFocus()
        self.hide()
        self.closed.emit()

    def _step(self, by: float) -> None:
        if self.entry is not None and self._accept():
            self.stepped.emit(self.entry, by)

    def _leave(self, how: str) -> None:
        entry = self.entry
        if entry is None:
            return
        if how != "cancel" and not self._accept():
            if how == "leave":
                self._finish(entry, "cancel")
            return
        self._finish(entry, how)

    def _finish(self, entry: Entry, how: str) -> None:
        self.close_editor()
        self.left.emit(entry, how)

    def _accept(self) -> bool:
        """Hand on what was typed; False when it is no number (the field says so)."""
        text = self.field.text()
        if text == self._shown:
            return True
        try:
            value = parse_number(text)
        except StudioError as error:
            self._paint(True)
            self.field.setToolTip(str(error))
            self.complained.emit(str(error))
            return False
        self._shown = text
        self.typed.emit(self.entry, value)
        return True

    def _paint(self, wrong: bool) -> None:
        theme = self._themes.theme
        edge = theme.bad if wrong else theme.accent
        self.setStyleSheet(
            f"Editor {{ background: {theme.panel}; border: 2px solid {edge};"
            f" border-radius: 8px; }} QLabel {{ color: {theme.text}; background: transparent; }}"
        )
        if not wrong:
            self.field.setToolTip(translate("Neurons", "0.5, 1/3 or -2e-3; arrows nudge"))
