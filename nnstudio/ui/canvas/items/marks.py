"""What appears only during a gesture: the rubber band, guide lines, the ghost of a piece."""

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.canvas.stage import Stage


class BandItem(QGraphicsItem):
    """The rubber band."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self._rect = QRectF()
        self.setZValue(6)

    def set_rect(self, rect: QRectF) -> None:
        """Span another rectangle of the scene."""
        self.prepareGeometryChange()
        self._rect = rect
        self.update()

    def boundingRect(self) -> QRectF:
        return self._rect.adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        pen = QPen(QColor(self.stage.theme.accent), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(paint.tinted(self.stage.theme.accent, 0.10))
        painter.drawRoundedRect(self._rect, 3, 3)


class GuidesItem(QGraphicsItem):
    """Lines that show what a moving card is level with."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self._lines: list[QLineF] = []
        self.setZValue(5)

    def set_lines(self, lines: list[QLineF]) -> None:
        """Show these lines."""
        if lines or self._lines:
            self.prepareGeometryChange()
            self._lines = lines
            self.update()

    def boundingRect(self) -> QRectF:
        bounds = QRectF()
        for line in self._lines:
            bounds = bounds.united(QRectF(line.p1(), line.p2()).normalized().adjusted(-2, -2, 2, 2))
        return bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if not self._lines:
            return
        pen = QPen(paint.tinted(self.stage.theme.accent, 0.75), 1)
        pen.setCosmetic(True)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLines(self._lines)


class GhostItem(QGraphicsItem):
    """Where a piece held over the canvas would stand; the mouse carries its picture."""

    def __init__(self, color: str, stage: Stage) -> None:
        super().__init__()
        self._color = color
        self.stage = stage
        self.setZValue(6)

    def place(self, middle: QPointF) -> None:
        """Stand with the middle at a scene point."""
        self.setPos(middle - g.CARD.center())

    def boundingRect(self) -> QRectF:
        return g.CARD.adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        pen = QPen(QColor(self._color), 1.6)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(paint.tinted(self._color, 0.08))
        painter.drawRoundedRect(g.CARD, g.CARD_RADIUS, g.CARD_RADIUS)
