"""A field for one number, written as people write it: 0,5 or 1/3 count."""

from collections.abc import Callable

from PySide6.QtGui import QFontMetrics, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from nnstudio.errors import StudioError
from nnstudio.numbers import format_number, parse_number


class NumberField(QLineEdit):
    """Calls `chosen(value)` after Enter or when left; what doesn't fit is explained and undone."""

    def __init__(self, chosen: Callable[[float], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self._value = 0.0
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance("0.000001") + 24)
        self.editingFinished.connect(self._finish)

    def show_value(self, value: float) -> None:
        """Show `value`, unless the user is typing."""
        self._value = value
        if not (self.hasFocus() and self.isModified()):
            self.setText(format_number(value))
            self.setModified(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self._restore()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        if not self.isModified():
            return
        self.setModified(False)
        try:
            value = parse_number(self.text())
            self._value, before = value, self._value
            try:
                self._chosen(value)
            except StudioError:
                self._value = before
                raise
        except StudioError as error:
            place = self.mapToGlobal(self.rect().bottomLeft())
            QToolTip.showText(place, str(error), self)
        self._restore()

    def _restore(self) -> None:
        self.setText(format_number(self._value))
        self.setModified(False)
