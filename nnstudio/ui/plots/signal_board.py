"""The signals of the current example: a column per layer, a bar or a cell per neuron."""

import numpy as np
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen

from nnstudio.numbers import shown_short
from nnstudio.ui.plots.painted import LEFT, RIGHT, Painted, mixed, readable, write
from nnstudio.ui.plots.signal_columns import SignalColumn
from nnstudio.ui.plots.signal_layout import GAP, Place, arrange
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager, signed_color

NARROWEST = 124
NAMED = 62  # a cell at least this wide holds a name and a value


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
                f"{name} {shown_short(float(value))}"
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

    def layout_now(self) -> list[Place]:
        """Return where everything lies at the present size."""
        metrics = QFontMetrics(self._themes.font(0.9))
        named = self._themes.pixels(NAMED)
        return arrange(self.columns, self.width(), self.height(), metrics, named)

    def unit_at(self, point: QPoint) -> tuple[SignalColumn, int] | None:
        """Return layer and unit under a point."""
        for place in self.layout_now():
            unit = place.unit_at(point)
            if unit is not None:
                return place.column, unit
        return None

    def tip_at(self, place: QPoint) -> str:
        """Return the name and value of the neuron under a point."""
        found = self.unit_at(place)
        if found is None:
            return ""
        column, at = found
        value = self._themes.number(float(column.values[at]), 6)
        return f"{column.title}\n{column.name(at)} = {value}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.unit_at(event.position().toPoint())
        if found is not None:
            self._selection.select(neuron=(found[0].node, found[1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font, theme = self._themes.font(0.9), self._themes.theme
        for place in self.layout_now():
            write(painter, place.title, place.column.title, font, theme.muted)
            if place.style == "bars":
                self._paint_bars(painter, place)
            elif place.style == "list":
                self._paint_list(painter, place)
            else:
                self._paint_cells(painter, place)
        painter.end()

    def _paint_bars(self, painter: QPainter, place: Place) -> None:
        column, theme, font = place.column, self._themes.theme, self._themes.font(0.9)
        metrics = QFontMetrics(font)
        number = metrics.horizontalAdvance("−8.88") + 3
        widest = max((metrics.horizontalAdvance(name) for name in column.names), default=0)
        names = min(widest + 4, place.cells.width() * 0.42)
        limit = self._limits[column.node]
        signed = bool((column.values < 0).any())
        for unit, value in enumerate(column.values):
            box = place.rect(unit)
            bold = self._selection.neuron == (column.node, unit)
            face = self._themes.font(0.9, "bold") if bold else font
            name = QRectF(box.left(), box.top(), names, box.height())
            write(painter, name, column.name(unit), face, theme.text, LEFT)
            track = box.adjusted(names + 4, 0.22 * box.height(), -number - 6, -0.22 * box.height())
            if track.width() > 8:
                self._bar(painter, track, float(value), limit, signed)
            box.setLeft(box.right() - number)
            write(painter, box, shown_short(float(value)), face, theme.text, RIGHT)

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
        top, bottom = round(track.top()) - 1, round(track.bottom()) + 1
        painter.drawLine(round(zero), top, round(zero), bottom)

    def _paint_list(self, painter: QPainter, place: Place) -> None:
        """Write names and values on their colours, where there is no room for bars."""
        column, theme, font = place.column, self._themes.theme, self._themes.font(0.9)
        limit = self._limits[column.node]
        for unit, value in enumerate(column.values):
            box = place.rect(unit).adjusted(0, 0, -3, -1)
            share = min(1.0, abs(float(value)) / limit) if np.isfinite(value) else 1.0
            end = theme.positive if value >= 0 else theme.negative
            ground = mixed(theme.canvas, end, 0.8 * share)
            painter.fillRect(box, ground)
            ink, inner, number = (
                readable(ground, theme),
                box.adjusted(3, 0, -3, 0),
                shown_short(value),
            )
            write(painter, inner, number, font, ink, RIGHT)
            inner.setRight(inner.right() - QFontMetrics(font).horizontalAdvance(number) - 3)
            write(painter, inner, column.name(unit), font, ink, LEFT)

    def _paint_cells(self, painter: QPainter, place: Place) -> None:
        """Draw a square for each unit; negative ones wear a minus sign where it fits."""
        theme, column = self._themes.theme, place.column
        limit = self._limits[column.node]
        side = place.cells.width() / place.across
        gap = 0.0 if place.style == "picture" or side < 4 else 1.0
        sign = QPen(QColor(theme.panel), 1.4)
        for unit, value in enumerate(column.values[: place.rows * place.across]):
            box = place.rect(unit).adjusted(0, 0, -gap, -gap)
            painter.fillRect(box, self._color(place, float(value), limit))
            if value < 0 and side >= 9:
                painter.setPen(sign)
                x, y, reach = round(box.center().x()), round(box.center().y()), round(side / 5)
                painter.drawLine(x - reach, y, x + reach, y)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.cells)

    def _color(self, place: Place, value: float, limit: float) -> QColor:
        """Return a neuron's colour; a pixel's is paper for 0 and ink for the largest value."""
        theme = self._themes.theme
        if place.style != "picture" or value < 0:
            return signed_color(theme, value, limit)
        share = min(1.0, value / limit) if np.isfinite(value) else 0.0
        return mixed(theme.canvas, theme.text, share)


def _limit(column: SignalColumn) -> float:
    finite = column.values[np.isfinite(column.values)]
    return max(1.0, float(np.abs(finite).max(initial=0.0)))
