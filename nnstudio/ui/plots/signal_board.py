"""The signals of the current example: a column per layer, a bar or a cell per neuron."""

from collections.abc import Iterator
from math import ceil, sqrt

import numpy as np
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen

from nnstudio.numbers import short
from nnstudio.ui.plots.painted import LEFT, RIGHT, Painted, mixed, write
from nnstudio.ui.plots.signal_columns import SignalColumn
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager, signed_color

NARROWEST = 124
GAP = 14


class SignalBoard(Painted):
    """Bars with names and values where they fit, else cells; pictures as pictures.

    Bars grow to the right of the zero line for plus, to the left for minus. A click selects the
    neuron.
    """

    def __init__(self, themes: ThemeManager, selection: Selection) -> None:
        super().__init__(themes)
        self._selection = selection
        self._limits: dict[str, float] = {}
        self.columns: tuple[SignalColumn, ...] = ()
        selection.changed.connect(self.update)

    def show_columns(self, columns: tuple[SignalColumn, ...], hold: bool) -> None:
        """Show the layers' values; with `hold` the scales never shrink."""
        old = self._limits if hold else {}
        self._limits = {
            column.node: max(_limit(column), old.get(column.node, 0.0)) for column in columns
        }
        self.columns = columns
        self.fit()
        said = [
            f"{column.title}: "
            + ", ".join(
                f"{name} {short(float(value))}"
                for name, value in zip(column.names[:20], column.values[:20], strict=False)
            )
            for column in columns
        ]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def fit(self) -> None:
        """Ask for enough width for every column (the board is scrolled sideways)."""
        count = max(1, len(self.columns))
        self.setMinimumWidth(count * self._themes.pixels(NARROWEST) + (count - 1) * GAP)

    def unit_at(self, place: QPoint) -> tuple[SignalColumn, int] | None:
        """Return layer and unit under a point."""
        for column, box in self._frames():
            if not box.contains(place) or not len(column.values):
                continue
            rows, across = self._grid(column, box)
            cell = self._cells(column, box, rows, across)
            row = int((place.y() - cell.top()) / (cell.height() / rows))
            at = row * across + int((place.x() - cell.left()) / (cell.width() / across))
            if cell.contains(place) and 0 <= at < len(column.values):
                return column, at
        return None

    def tip_at(self, place: QPoint) -> str:
        """Return the name and value of the neuron under a point."""
        found = self.unit_at(place)
        if found is None:
            return ""
        column, at = found
        name = column.names[at] if at < len(column.names) else str(at + 1)
        return f"{column.title}\n{name} = {self._themes.number(float(column.values[at]), 6)}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.unit_at(event.position().toPoint())
        if found is not None:
            self._selection.select(neuron=(found[0].node, found[1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font, theme = self._themes.font(0.9), self._themes.theme
        head = self._head()
        for column, box in self._frames():
            title = QRectF(box.left(), 0, box.width(), head)
            write(painter, title, column.title, font, theme.muted)
            rows, across = self._grid(column, box)
            cells = self._cells(column, box, rows, across)
            if across == 1:
                self._paint_bars(painter, column, cells)
            else:
                self._paint_cells(painter, column, cells, rows, across)
        painter.end()

    def _head(self) -> int:
        return QFontMetrics(self._themes.font(0.9)).height() + 2

    def _frames(self) -> Iterator[tuple[SignalColumn, QRectF]]:
        count = max(1, len(self.columns))
        width = (self.width() - GAP * (count - 1)) / count
        top = self._head()
        for place, column in enumerate(self.columns):
            yield column, QRectF(place * (width + GAP), top, width, self.height() - top - 1)

    def _line(self) -> int:
        return QFontMetrics(self._themes.font(0.9)).height() + 1

    def _grid(self, column: SignalColumn, box: QRectF) -> tuple[int, int]:
        """Return rows and columns of the cells; one column where bars fit."""
        count = max(1, len(column.values))
        if column.grid is not None:
            return column.grid
        if count * self._line() <= box.height():
            return count, 1
        across = max(2, ceil(sqrt(count * box.width() / max(1.0, box.height()))))
        return ceil(count / across), across

    def _cells(self, column: SignalColumn, box: QRectF, rows: int, across: int) -> QRectF:
        if across == 1:
            return QRectF(box.left(), box.top(), box.width(), rows * self._line())
        side = min(box.width() / across, box.height() / rows)
        if column.grid is None:
            side = min(side, 3.0 * self._line())
        return QRectF(box.left(), box.top(), side * across, side * rows)

    def _paint_bars(self, painter: QPainter, column: SignalColumn, cells: QRectF) -> None:
        theme, font = self._themes.theme, self._themes.font(0.9)
        metrics, line = QFontMetrics(font), self._line()
        number = metrics.horizontalAdvance("−0.00")
        widest = max((metrics.horizontalAdvance(name) for name in column.names), default=0)
        names = min(widest + 4, cells.width() * 0.42)
        limit = self._limits[column.node]
        signed = bool((column.values < 0).any())
        for place, value in enumerate(column.values):
            y = cells.top() + place * line
            name = column.names[place] if place < len(column.names) else str(place + 1)
            bold = self._selection.neuron == (column.node, place)
            face = self._themes.font(0.9, "bold") if bold else font
            write(painter, QRectF(cells.left(), y, names, line), name, face, theme.text, LEFT)
            track = QRectF(cells.left() + names + 4, y + 0.22 * line, 0, 0.56 * line)
            track.setRight(cells.right() - number - 6)
            if track.width() > 8:
                self._bar(painter, track, float(value), limit, signed)
            box = QRectF(cells.right() - number, y, number, line)
            write(painter, box, short(float(value)), face, theme.text, RIGHT)

    def _bar(
        self, painter: QPainter, track: QRectF, value: float, limit: float, signed: bool
    ) -> None:
        theme = self._themes.theme
        painter.fillRect(track, QColor(theme.canvas))
        zero = track.center().x() if signed else track.left()
        reach = track.width() / (2 if signed else 1)
        length = reach * min(1.0, abs(value) / limit) if np.isfinite(value) else 0.0
        start = zero if value >= 0 else zero - length
        color = QColor(theme.positive if value >= 0 else theme.negative)
        painter.fillRect(QRectF(start, track.top(), length, track.height()), color)
        painter.setPen(QPen(QColor(theme.zero), 1))
        painter.drawLine(
            round(zero), round(track.top()) - 1, round(zero), round(track.bottom()) + 1
        )

    def _paint_cells(
        self, painter: QPainter, column: SignalColumn, cells: QRectF, rows: int, across: int
    ) -> None:
        theme, limit = self._themes.theme, self._limits[column.node]
        side = cells.width() / across
        gap = 0.0 if column.grid is not None or side < 4 else 1.0
        painter.setPen(Qt.PenStyle.NoPen)
        for place, value in enumerate(column.values[: rows * across]):
            row, at = divmod(place, across)
            box = QRectF(cells.left() + at * side, cells.top() + row * side, side - gap, side - gap)
            color = self._color(column, float(value), limit)
            painter.fillRect(box, color)
            if value < 0 and side >= 9:
                painter.setPen(QPen(QColor(theme.panel), 1.4))
                middle = box.center()
                reach = round(side / 5)
                y = round(middle.y())
                painter.drawLine(round(middle.x()) - reach, y, round(middle.x()) + reach, y)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cells)

    def _color(self, column: SignalColumn, value: float, limit: float) -> QColor:
        """Return a neuron's colour; a pixel's is paper for 0 and ink for the largest value."""
        theme = self._themes.theme
        if column.grid is None or value < 0:
            return signed_color(theme, value, limit)
        share = min(1.0, value / limit) if np.isfinite(value) else 0.0
        return mixed(theme.canvas, theme.text, share)


def _limit(column: SignalColumn) -> float:
    finite = column.values[np.isfinite(column.values)]
    return max(1.0, float(np.abs(finite).max(initial=0.0)))
