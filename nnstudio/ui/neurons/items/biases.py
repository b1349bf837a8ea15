"""Draws the bias of every neuron of a layer: a pill with its value, a square without room."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnstudio.document.picture.anatomy import Group
from nnstudio.numbers import shown_short
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.neurons.items.base import draw_lock, draw_text
from nnstudio.ui.neurons.marks import bias_boxes, labels_for
from nnstudio.ui.selection import Entry


class BiasesItem(QGraphicsItem):
    """The biases of one layer; the colour of the rim tells the sign."""

    def __init__(self, board: Board, group: Group) -> None:
        super().__init__()
        self.board = board
        self.layer = group
        left, top, right, bottom = board.layout.places[group.id].box
        self._box = QRectF(left, top, right - left, bottom - top).adjusted(-300, -40, 300, 200)
        self.setZValue(2.5)

    def boundingRect(self) -> QRectF:
        return self._box

    def refresh(self) -> None:
        """Draw the present values."""
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        pills = self.layer.shared_bias or labels_for(self.board, self.layer, detail).pills
        for unit, box in bias_boxes(self.board, self.layer, detail):
            value = self.board.values.bias(self.layer, unit)
            if value is not None:
                self._one(painter, detail, box, unit, value, pills)

    def _one(
        self, painter: QPainter, detail: float, box: QRectF, unit: int, value: float, pill: bool
    ) -> None:
        board, theme = self.board, self.board.theme
        entry = Entry(self.layer.bias, self.layer.bias_index(unit))
        sign = theme.zero if value == 0 else theme.positive if value > 0 else theme.negative
        chosen = entry in (board.entry, board.hover)
        edge = QColor(theme.accent if chosen else sign)
        painter.setPen(QPen(edge, board.pixels(detail, 2.4 if chosen else 1.4)))
        painter.setBrush(QColor(theme.card if pill else sign))
        corner = box.height() / 2 if pill else board.pixels(detail, 2)
        painter.drawRoundedRect(box, corner, corner)
        if not pill:
            return
        text = f"b {shown_short(value)}"
        draw_text(painter, board, detail, text, box.center(), theme.text, factor=0.86, ground=False)
        frozen = board.values.frozen(self.layer.bias)
        if frozen is not None and frozen[entry.index]:
            at = QPointF(box.left() - board.pixels(detail, 3), box.center().y())
            draw_lock(painter, board, detail, at, 10)
