"""A wire between two cards; neutral in colour, because all values of a layer share it."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnstudio.engine.graph import Wire
from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.canvas.items.base import StageItem
from nnstudio.ui.canvas.stage import Stage
from nnstudio.ui.theme import Theme

WIDTH = 2.0
SIGN = 9.0  # radius of the mark in the middle of a wire


class WireItem(StageItem):
    """Draws one Wire; `highlight` marks it while a piece is held over it."""

    rest_z = 0.0

    def __init__(self, wire: Wire, stage: Stage) -> None:
        super().__init__(stage)
        self.wire = wire
        self.points: NDArray[np.float64] = np.zeros((4, 2))
        self.highlight = ""  # "good" or "bad"
        self.faded = False
        self._path = QPainterPath()
        self._bounds = QRectF()

    def set_ends(self, start: QPointF, end: QPointF) -> None:
        """Run from `start` to `end` (scene coordinates)."""
        points = g.controls(start, end)
        if not np.array_equal(points, self.points):
            self.prepareGeometryChange()
            self.points = points
            self._path = g.curve(points)
            room = SIGN + 2
            self._bounds = self._path.controlPointRect().adjusted(-room, -room, room, room)

    @property
    def middle(self) -> QPointF:
        """The point half-way along."""
        x, y = g.along(self.points[None], np.array([0.5]))[0, 0]
        return QPointF(x, y)

    def near(self, point: QPointF, radius: float) -> bool:
        """Tell whether the wire passes within `radius` of a scene point."""
        if not self.boundingRect().adjusted(-radius, -radius, radius, radius).contains(point):
            return False
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * radius)
        return bool(stroker.createStroke(self._path).contains(point))

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        stroker = QPainterPathStroker()
        stroker.setWidth(12)
        return stroker.createStroke(self._path)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setBrush(paint.NO_BRUSH)
        for pen in _pens(self.stage.theme, self.hovered, self.selected, self.highlight, self.faded):
            painter.setPen(pen)
            painter.drawPath(self._path)
        if self.highlight:
            self._paint_sign(painter, painter.pen().color())

    def _paint_sign(self, painter: QPainter, color: QColor) -> None:
        """A plus where the piece would go in, a cross where it can't."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        middle = self.middle
        painter.drawEllipse(middle, SIGN, SIGN)
        painter.setPen(paint.line_pen(self.stage.theme.card, 2))
        painter.translate(middle)
        if self.highlight == "bad":
            painter.rotate(45)
        painter.drawLine(QLineF(-SIGN / 2, 0, SIGN / 2, 0))
        painter.drawLine(QLineF(0, -SIGN / 2, 0, SIGN / 2))


@lru_cache(maxsize=64)
def _pens(
    theme: Theme, hovered: bool, selected: bool, highlight: str, faded: bool
) -> tuple[QPen, ...]:
    """Return what a wire in this state is drawn with, one over the other."""
    below: tuple[QPen, ...] = ()
    color, width = paint.mixed(theme.zero, theme.canvas, 0.12), WIDTH
    if hovered:
        color, width = paint.mixed(theme.zero, theme.text, 0.35), 2.6
    if selected:
        color, width = QColor(theme.accent), 2.6
    if highlight:
        glow = theme.accent if highlight == "good" else theme.bad
        below = (paint.line_pen(paint.tinted(glow, 0.25), 10),)
        color, width = QColor(glow), 3.0
    if faded:
        color = paint.tinted(color, 0.3)
    return (*below, paint.line_pen(color, width))


class WirePreview(QGraphicsItem):
    """The wire in the hand; its loose end follows the mouse."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.state = ""  # "", "good" or "bad"
        self._path = QPainterPath()
        self._end = QPointF()
        self.setZValue(5)

    def show_between(self, start: QPointF, end: QPointF, loose: QPointF, state: str = "") -> None:
        """Draw from `start` to `end`; `loose` is which of the two is held."""
        self.prepareGeometryChange()
        self._path = g.curve(g.controls(start, end))
        self._end = loose
        self.state = state
        self.update()

    def boundingRect(self) -> QRectF:
        return self._path.controlPointRect().adjusted(-12, -12, 12, 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        theme = self.stage.theme
        color = theme.bad if self.state == "bad" else theme.accent
        pen = paint.line_pen(color, 2.6)
        if self.state != "good":
            pen.setDashPattern([3.0, 2.6])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(self._path)
        painter.setPen(paint.line_pen(theme.canvas, 1.5))
        painter.setBrush(QColor(color))
        painter.drawEllipse(self._end, g.PORT_RADIUS, g.PORT_RADIUS)
