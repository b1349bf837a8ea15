"""The line above a chart: its title and, behind a sample of each line, what it is now."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.ui.theme import ThemeManager

SAMPLE = 18
GAP = 10
DASH = (3.0, 2.5)


@dataclass(frozen=True)
class Mark:
    """One line of the chart: its name (and a shorter one), its present value, its colour."""

    name: str
    short: str
    value: str
    color: str
    dashed: bool = False


# What is shown, in the order of preference: the names of the lines, and whether the title.
_TITLED = (("name", True), ("short", True), ("", True), ("", False))
_NAMED = (("name", True), ("name", False), ("short", False), ("", False))


class Caption(QWidget):
    """Never wider than its place: what is less needed is left out.

    With `keep_title` the names of the lines go first, else the title.
    """

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self.keep_title = True
        self.title = ""
        self.marks: tuple[Mark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_marks(self, title: str, marks: Sequence[Mark]) -> None:
        """Show a title and the lines with their values."""
        if (title, tuple(marks)) != (self.title, self.marks):
            self.title, self.marks = title, tuple(marks)
            said = [title, *(f"{mark.name} {mark.value}" for mark in marks)]
            self.setAccessibleName(", ".join(said))
            self.setToolTip("\n".join(said[1:]))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, QFontMetrics(self._themes.font()).height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bold, usual = self._themes.font(1.0, "semibold"), self._themes.font(0.95)
        x = 0.0
        for naming, titled in _TITLED if self.keep_title else _NAMED:
            if self._width(bold, usual, naming, titled) <= self.width():
                break
        if titled:
            x = self._text(painter, bold, x, self.title, self._themes.theme.text) + 4
        for mark in self.marks:
            x = self._mark(painter, usual, x, mark, naming)
        painter.end()

    def _width(self, bold: QFont, usual: QFont, naming: str, titled: bool) -> float:
        texts = [f"{_called(mark, naming)} {mark.value}".strip() for mark in self.marks]
        metrics = QFontMetrics(usual)
        width = sum(metrics.horizontalAdvance(text) + SAMPLE + 2 * GAP for text in texts)
        return width + (QFontMetrics(bold).horizontalAdvance(self.title) + GAP if titled else 0)

    def _mark(self, painter: QPainter, font: QFont, x: float, mark: Mark, naming: str) -> float:
        pen = QPen(QColor(mark.color), 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if mark.dashed:
            pen.setDashPattern(DASH)
        painter.setPen(pen)
        y = self.height() / 2
        painter.drawLine(QPointF(x + GAP / 2, y), QPointF(x + GAP / 2 + SAMPLE, y))
        x += SAMPLE + GAP
        name = _called(mark, naming)
        if name:
            x = self._text(painter, font, x, name, self._themes.theme.muted) - GAP / 2
        return self._text(painter, font, x, mark.value, self._themes.theme.text)

    def _text(self, painter: QPainter, font: QFont, x: float, text: str, color: str) -> float:
        """Write at x; return where the next thing may begin."""
        painter.setFont(font)
        painter.setPen(QColor(color))
        width = QFontMetrics(font).horizontalAdvance(text)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(x, 0, width + 2, self.height()), middle, text)
        return x + width + (GAP if text else 0)


def _called(mark: Mark, naming: str) -> str:
    return {"name": mark.name, "short": mark.short}.get(naming, "")
