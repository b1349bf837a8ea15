"""Draws the head of a layer: its name, its size, and buttons to add or take away a neuron."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnstudio.document.picture.anatomy import Group
from nnstudio.engine import ACTIVATIONS
from nnstudio.i18n import translate
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.neurons.items.base import draw_lock, draw_text
from nnstudio.ui.neurons.marks import header_boxes


class HeaderItem(QGraphicsItem):
    """The header of one layer; `pressed` is the part under the mouse."""

    def __init__(self, board: Board, group: Group) -> None:
        super().__init__()
        self.board = board
        self.layer = group
        x, top = board.layout.headers[group.id]
        self._box = QRectF(x - 260, top - 130, 520, 200)
        self.hovered = ""
        self.setZValue(4)

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        board, theme = self.board, self.board.theme
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        parts = header_boxes(board, self.layer, detail)
        chosen = bool(board.nodes & {*self.layer.merged, *self.layer.outputs})
        color = theme.accent if chosen or self.hovered == "title" else theme.text
        metrics = QFontMetricsF(board.font(detail, 1.0, "semibold"))
        text = header_title(board, self.layer)
        if metrics.horizontalAdvance(text) > parts["title"].width():
            text = board.titles.get(self.layer.id, self.layer.id)
        title = draw_text(painter, board, detail, text, parts["title"].center(), color,
                          weight="semibold", widest=parts["title"].width())  # fmt: skip
        if self.layer.id in board.locked_layers:
            at = QPointF(title.left() - board.pixels(detail, 12), title.center().y())
            draw_lock(painter, board, detail, at, 12)
        for name in ("less", "more"):
            if name in parts:
                self._button(painter, detail, name, parts[name])
        draw_text(painter, board, detail, f"{self.layer.size:,}", parts["count"].center(),
                  theme.muted, factor=1.0)  # fmt: skip

    def _button(self, painter: QPainter, detail: float, name: str, box: QRectF) -> None:
        theme, unit = self.board.theme, self.board.pixels(detail, 1)
        hot = self.hovered == name
        painter.setPen(QPen(QColor(theme.accent if hot else theme.border), 1.2 * unit))
        painter.setBrush(QColor(theme.hover if hot else theme.card))
        painter.drawRoundedRect(box.adjusted(unit, unit, -unit, -unit), 6 * unit, 6 * unit)
        painter.setPen(
            QPen(QColor(theme.accent if hot else theme.text), 1.8 * unit, Qt.PenStyle.SolidLine,
                 Qt.PenCapStyle.RoundCap)
        )  # fmt: skip
        middle, arm = box.center(), 4.5 * unit
        painter.drawLine(QLineF(middle.x() - arm, middle.y(), middle.x() + arm, middle.y()))
        if name == "more":
            painter.drawLine(QLineF(middle.x(), middle.y() - arm, middle.x(), middle.y() + arm))


def header_title(board: Board, group: Group) -> str:
    """Return a layer's name with what stands behind it: "Dense 1 · tanh · Dropout"."""
    parts = [board.titles.get(group.id, group.id)]
    if group.function != "identity":
        parts.append(translate("Activation", ACTIVATIONS[group.function].label))
    if group.dropped:
        parts.append(translate("Layer", "Dropout"))
    return " · ".join(parts)
