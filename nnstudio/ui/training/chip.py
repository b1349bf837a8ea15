"""A number with its name whose width doesn't dance while the number changes."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

FIGURES = QFont.Tag("tnum")


class Chip(QLabel):
    """Shows text with digits of equal width; as wide as its widest text so far."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "chip")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._widest = ""
        self._room = 0
        self._evening = False
        self._even_digits()

    def reserve(self, widest: str) -> None:
        """Keep room for `widest`, a text as long as the number will get."""
        if widest != self._widest:
            self._widest = widest
            self._forget_room()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        metrics = QFontMetrics(self.font())
        own = metrics.horizontalAdvance(self.text())
        longer = max(0, metrics.horizontalAdvance(self._widest) - own)
        self._room = max(self._room, hint.width() + longer)
        return QSize(self._room, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._even_digits()
            self._forget_room()

    def _forget_room(self) -> None:
        self._room = 0
        self.updateGeometry()

    def _even_digits(self) -> None:
        font = self.font()
        if self._evening or font.isFeatureSet(FIGURES):
            return
        self._evening = True  # the style sheet answers a new font with another change
        font.setFeature(FIGURES, 1)
        self.setFont(font)
        self._evening = False
