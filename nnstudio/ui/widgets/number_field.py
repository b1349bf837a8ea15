"""A field for one number, written as people write it: 0,5 or 1/3 count."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from nnstudio.errors import StudioError
from nnstudio.numbers import format_number, parse_number
from nnstudio.ui.widgets.heights import field_height

WIDEST = "−0.000001"


class NumberField(QLineEdit):
    """Calls `chosen(value)` after Enter or when left; what doesn't fit is explained and undone.

    Escape takes back what was typed. Alone it is as wide as a number, in a form it can `stretch`.
    """

    def __init__(self, chosen: Callable[[float], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self._value = 0.0
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)
        self.editingFinished.connect(self._finish)

    @property
    def typing(self) -> bool:
        """Whether a person is in the middle of a number."""
        return self.hasFocus() and self.isModified()

    def stretch(self) -> None:
        """Take the width of the form, the number at the left like in its other fields."""
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Ignored)
        self.setSizePolicy(policy)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def show_value(self, value: float) -> None:
        """Show `value`, unless the user is typing."""
        self._value = value
        if not self.typing:
            self._restore()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(WIDEST) + 20
        return QSize(width, field_height(self))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, field_height(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self._restore()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        if not self.isModified():
            return
        self.setModified(False)
        before = self._value
        try:
            self._value = parse_number(self.text())
            self._chosen(self._value)
        except StudioError as error:
            self._value = before
            place = self.mapToGlobal(self.rect().bottomLeft())
            QToolTip.showText(place, str(error), self)
        self._restore()

    def _restore(self) -> None:
        shown = format_number(self._value)
        if shown != self.text():
            self.setText(shown)
        self.setModified(False)
