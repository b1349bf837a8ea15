"""The key beside a plot: what each colour and shape means, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.i18n import translate
from nnstudio.ui.plots.points import Points
from nnstudio.ui.theme import Theme, ThemeManager

SYMBOL = 9
WIDEST = 110


@dataclass(frozen=True)
class KeyRow:
    """One line: a shape ("" for a swatch), filled or hollow, its colour, what it means."""

    text: str
    color: str
    shape: str = ""
    filled: bool = True


class Key(QWidget):
    """Rows that fit the height; the rest is summed up by an ellipsis."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self.rows: tuple[KeyRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_rows(self, rows: Sequence[KeyRow]) -> None:
        """Show what the colours and shapes mean."""
        if tuple(rows) != self.rows:
            self.rows = tuple(rows)
            self.setAccessibleName(", ".join(row.text for row in rows))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._themes.font(0.9))
        side = self._themes.pixels(SYMBOL)
        widths = [metrics.horizontalAdvance(row.text) for row in self.rows]
        width = min(self._themes.pixels(WIDEST), max(widths, default=0)) + side + 12
        return QSize(width, self._line() * len(self.rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font, line = self._themes.font(0.9), self._line()
        metrics, side = QFontMetrics(font), self._themes.pixels(SYMBOL)
        painter.setFont(font)
        room = max(1, self.height() // line)
        shown = self.rows if len(self.rows) <= room else self.rows[: room - 1]
        for place, row in enumerate(shown):
            middle = (place + 0.5) * line
            painter.save()
            painter.translate(4 + side / 2, middle)
            painter.scale(side, side)
            _symbol(painter, row, side)
            painter.restore()
            painter.setPen(QColor(self._themes.theme.muted))
            box = QRectF(side + 10, place * line, self.width() - side - 10, line)
            text = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        if len(shown) < len(self.rows):
            painter.setPen(QColor(self._themes.theme.muted))
            painter.drawText(QRectF(side + 10, len(shown) * line, 30, line), 0, "…")
        painter.end()

    def _line(self) -> int:
        return QFontMetrics(self._themes.font(0.9)).height() + 3


def _symbol(painter: QPainter, row: KeyRow, side: float) -> None:
    color = QColor(row.color)
    if not row.shape:
        painter.fillRect(QRectF(-0.5, -0.5, 1, 1), color)
        return
    painter.setPen(QPen(color, 1.6 / side))
    painter.setBrush(color if row.filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(Symbols[row.shape])


def part_rows(theme: Theme, points: Iterable[Points]) -> list[KeyRow]:
    """Return the rows that tell training points from held-out ones."""
    parts = {found.part for found in points}
    rows = [KeyRow(translate("Plot", "training"), theme.muted, "o")]
    if parts - {"training"}:
        rows.append(KeyRow(translate("Plot", "held out"), theme.muted, "o", filled=False))
    return rows
