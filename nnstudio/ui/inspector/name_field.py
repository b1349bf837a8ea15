"""A line for a name: taken over when it is left, untouched while somebody types in it."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit

from nnstudio.ui.widgets.heights import field_height


class NameField(QLineEdit):
    """Calls `chosen(text)` after Enter or when left; Escape takes back what was typed."""

    def __init__(self, chosen: Callable[[str], object]) -> None:
        super().__init__()
        self._chosen = chosen
        self._text = ""
        self.setMaxLength(200)
        self.editingFinished.connect(self._finish)

    def show_text(self, text: str) -> None:
        """Show a name given elsewhere."""
        self._text = text
        if not (self.hasFocus() and self.isModified()) and text != self.text():
            self.setText(text)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), field_height(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.setText(self._text)
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        if self.isModified():
            self.setModified(False)
            self._chosen(self.text())
