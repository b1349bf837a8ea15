"""The confusion matrix: how often each class was taken for which, as counts and per cent."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen

from nnstudio.i18n import translate
from nnstudio.ui.plots.painted import CENTRE, RIGHT, Painted, mixed, readable, write
from nnstudio.ui.theme import ThemeManager

NAME_SHARE = 0.3  # of the width, for the names of the true classes
LOWEST = 0.6  # a cell this part of a line high still shows digits
FAINT, STRONG = 0.18, 0.65


class ConfusionMatrix(Painted):
    """Rows are the true classes, columns the answers; a click tells `chosen(true, predicted)`.

    A cell's colour is its share of the row; right answers also wear a frame.
    """

    chosen = Signal(int, int)

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__(themes)
        self.counts: NDArray[Any] = np.zeros((0, 0), np.int64)
        self.names: tuple[str, ...] = ()
        self.setMouseTracking(True)

    def show_counts(self, counts: NDArray[Any], names: tuple[str, ...]) -> None:
        """Show counts (true class, predicted class) and what the classes are called."""
        self.counts, self.names = counts, names
        self.setAccessibleName(
            "; ".join(self.cell_text(i, j) for i, j in zip(*np.nonzero(counts), strict=True))
        )
        self.update()

    def percent(self, true: int, predicted: int) -> float:
        """Return a cell's share of its row, in per cent."""
        total = int(self.counts[true].sum())
        return 100.0 * int(self.counts[true, predicted]) / total if total else 0.0

    def cell_text(self, true: int, predicted: int) -> str:
        """Return a cell in words."""
        text = translate("Plot", "{true} taken for {predicted}: {count} ({percent} %)")
        return text.format(
            true=self.names[true],
            predicted=self.names[predicted],
            count=int(self.counts[true, predicted]),
            percent=self._themes.number(self.percent(true, predicted), 3),
        )

    def cell_at(self, place: QPoint) -> tuple[int, int] | None:
        """Return (true, predicted) under a point, None beside the cells."""
        frame = self._frame()
        if not len(self.counts) or not frame.contains(place):
            return None
        side = len(self.counts)
        row = int((place.y() - frame.top()) / frame.height() * side)
        column = int((place.x() - frame.left()) / frame.width() * side)
        return min(row, side - 1), min(column, side - 1)

    def cell_rect(self, true: int, predicted: int) -> QRectF:
        """Return where a cell is drawn."""
        frame, side = self._frame(), max(1, len(self.counts))
        width, height = frame.width() / side, frame.height() / side
        left, top = frame.left() + predicted * width, frame.top() + true * height
        return QRectF(left, top, width, height).adjusted(0.5, 0.5, -0.5, -0.5)

    def sizeHint(self) -> QSize:
        return QSize(240, 160)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self.counts):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_names(painter)
        for true, predicted in np.ndindex(self.counts.shape):
            self._paint_cell(painter, true, predicted)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position().toPoint())
        if cell is not None:
            self.chosen.emit(*cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        inside = self.cell_at(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if inside else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def tip_at(self, place: QPoint) -> str:
        """Return the cell under a point in words."""
        cell = self.cell_at(place)
        return self.cell_text(*cell) if cell is not None else ""

    def _face(self, height: float, weight: str = "regular") -> QFont:
        """Return the type for a line in cells of this height."""
        usual = self._themes.font(0.9, weight)
        low = height < QFontMetrics(usual).height()
        return self._themes.font(0.75, weight) if low else usual

    def _frame(self) -> QRectF:
        metrics = QFontMetrics(self._themes.font(0.9))
        widest = max((metrics.horizontalAdvance(name) for name in self.names), default=0)
        least = metrics.horizontalAdvance(self._across())
        left = max(min(self.width() * NAME_SHARE, widest + 8) + metrics.height(), least)
        top = metrics.height() + 2.0
        return QRectF(left, top, self.width() - left - 2, self.height() - top - 2)

    def _across(self) -> str:
        return f"{translate('Plot', 'answer')} →  "

    def _paint_names(self, painter: QPainter) -> None:
        theme, frame, side = self._themes.theme, self._frame(), len(self.counts)
        font = self._themes.font(0.9)
        line = QFontMetrics(font).height()
        write(painter, QRectF(0, 0, frame.left(), line), self._across(), font, theme.muted, RIGHT)
        down = f"← {translate('Plot', 'right')}"
        if QFontMetrics(font).horizontalAdvance(down) <= frame.height():
            painter.save()
            painter.translate(0, frame.center().y())
            painter.rotate(-90)
            box = QRectF(-frame.height() / 2, 0, frame.height(), line)
            write(painter, box, down, font, theme.muted, CENTRE)
            painter.restore()
        for place, name in enumerate(self.names[:side]):
            cell = self.cell_rect(place, place)
            above = QRectF(cell.left(), 0, cell.width(), line)
            write(painter, above, name, font, theme.text, CENTRE)
            beside = QRectF(line, cell.top(), frame.left() - line - 6, cell.height())
            face = self._face(cell.height())
            if cell.height() >= LOWEST * QFontMetrics(face).height():
                write(painter, beside, name, face, theme.text, RIGHT)

    def _paint_cell(self, painter: QPainter, true: int, predicted: int) -> None:
        theme, cell = self._themes.theme, self.cell_rect(true, predicted)
        count, percent = int(self.counts[true, predicted]), self.percent(true, predicted)
        right = true == predicted
        share = FAINT + (STRONG - FAINT) * percent / 100 if count else 0.0
        ground = mixed(theme.canvas, theme.accent if right else theme.negative, share)
        painter.fillRect(cell, ground)
        if right:
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell.adjusted(1, 1, -1, -1))
        font = self._face(cell.height(), "semibold" if count else "regular")
        metrics = QFontMetrics(font)
        if cell.height() < LOWEST * metrics.height():
            return
        painter.setFont(font)
        painter.setPen(QColor(readable(ground, theme) if count else theme.zero))
        shown = f"{self._themes.number(round(percent), 3)} %"
        two = cell.height() >= 2 * metrics.height()
        text = f"{count}\n{shown}" if two else f"{count} · {shown}"
        if metrics.horizontalAdvance(text if not two else shown) > cell.width() - 4 or not count:
            text = str(count)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)
