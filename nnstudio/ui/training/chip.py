"""A number with its name whose width doesn't dance while the number changes."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

FIGURES = QFont.Tag("tnum")


class Chip(QLabel):
    """Shows text with digits of equal width; as wide as its widest text so far or `widest`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "chip")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._widest = ""
        self._even_digits()

    def reserve(self, widest: str) -> None:
        """Keep room for `widest`, a text as long as the number will get."""
        self._widest = widest
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        metrics = QFontMetrics(self.font())
        frame = hint.width() - metrics.horizontalAdvance(self.text())
        room = max(metrics.horizontalAdvance(text) for text in (self._widest, self.text()))
        return QSize(room + max(frame, 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._even_digits()

    def _even_digits(self) -> None:
        font = self.font()
        if not font.isFeatureSet(FIGURES):
            font.setFeature(FIGURES, 1)
            self.setFont(font)
