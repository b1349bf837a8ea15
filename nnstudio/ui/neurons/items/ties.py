"""Draws neurons sent on without a weight (into Add) and what the mouse is about to do."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnstudio.document.picture.anatomy import Tie
from nnstudio.ui.neurons.board import Board


class TieItem(QGraphicsItem):
    """Thin neutral lines, one to one; nothing to type there."""

    def __init__(self, board: Board, tie: Tie) -> None:
        super().__init__()
        self.board = board
        source = board.layout.places[tie.run.group]
        target = board.layout.places[tie.target]
        size = board.anatomy.groups[tie.target].size
        self._lines: list[QLineF] = []
        for place, unit in enumerate(tie.run.units.tolist()):
            start = source.centre(unit)
            end = target.centre(place) if place < size else None
            if start is not None and end is not None:
                self._lines.append(QLineF(QPointF(*start), QPointF(*end)))
        self._box = QRectF()
        for line in self._lines:
            self._box = self._box.united(QRectF(line.p1(), line.p2()).normalized())
        self.setZValue(-1)

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-3, -3, 3, 3)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        painter.setPen(QPen(QColor(self.board.theme.zero), self.board.pixels(detail, 1.2)))
        painter.drawLines(self._lines)


class TraceItem(QGraphicsItem):
    """The way of the mouse in a gesture: a cut (with what it crosses) or a new connection."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.board = board
        self.points: list[QPointF] = []
        self.struck: list[QLineF] = []
        self.cutting = False
        self.allowed = True
        self._box = QRectF()
        self.setZValue(9)

    def show_cut(self, points: list[QPointF], struck: list[QLineF]) -> None:
        """Draw the cut so far and the connections it will take away."""
        self._take(points, struck, True, True)

    def show_wire(self, start: QPointF, end: QPointF, allowed: bool) -> None:
        """Draw the connection that would be made."""
        self._take([start, end], [], False, allowed)

    def clear(self) -> None:
        """Draw nothing."""
        self._take([], [], False, True)

    def _take(
        self, points: list[QPointF], struck: list[QLineF], cutting: bool, allowed: bool
    ) -> None:
        self.prepareGeometryChange()
        self.points, self.struck = points, struck
        self.cutting, self.allowed = cutting, allowed
        box = QPolygonF(points).boundingRect()
        for line in struck:
            box = box.united(QRectF(line.p1(), line.p2()).normalized())
        self._box = box.adjusted(-8, -8, 8, 8)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if not self.points:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.board.theme
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        color = QColor(theme.bad if self.cutting or not self.allowed else theme.accent)
        if self.struck:
            glow = QColor(theme.bad)
            glow.setAlphaF(0.45)
            painter.setPen(QPen(glow, self.board.pixels(detail, 5)))
            painter.drawLines(self.struck)
        style = Qt.PenStyle.DashLine if self.cutting else Qt.PenStyle.SolidLine
        painter.setPen(QPen(color, self.board.pixels(detail, 2.2), style, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(self.points))
