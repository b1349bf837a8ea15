"""Draws the neurons of one layer: signal or response map, ring, name, number."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnstudio.document.picture.anatomy import Group
from nnstudio.i18n import translate
from nnstudio.numbers import shown_short
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.neurons.items.base import draw_lock, draw_text, ink_on
from nnstudio.ui.neurons.items.pictures import image_of
from nnstudio.ui.neurons.marks import PILL, Labels, labels_for, more_box
from nnstudio.ui.theme import diverging_map


class NeuronsItem(QGraphicsItem):
    """One layer's neurons. `refresh` reads the values, `paint` draws."""

    def __init__(self, board: Board, group: Group) -> None:
        super().__init__()
        self.board = board
        self.layer = group
        self.place = board.layout.places[group.id]
        left, top, right, bottom = self.place.box
        self._box = QRectF(left, top, right - left, bottom - top).adjusted(-500, -60, 500, 200)
        self._maps: dict[int, QImage] = {}
        self.setZValue(2)
        self.refresh()

    def boundingRect(self) -> QRectF:
        return self._box

    def refresh(self) -> None:
        """Make the pictures of the response maps again."""
        self._maps = {}
        if not self.place.picture:
            for unit in self.place.shown.tolist():
                values = self.board.values.map(self.layer, unit)
                if values is not None:
                    share = self.board.values.share(self.layer, values)
                    self._maps[unit] = _picture(self.board, share)
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        labels = labels_for(self.board, self.layer, detail)
        for at, unit in enumerate(self.place.shown.tolist()):
            centre = QPointF(*self.place.centres[at])
            self._body(painter, detail, centre, unit, labels)
            self._texts(painter, detail, centre, unit, labels)
        if self.place.hidden:
            self._more(painter, detail)

    def _body(
        self, painter: QPainter, detail: float, centre: QPointF, unit: int, labels: Labels
    ) -> None:
        board, radius = self.board, self.place.radius
        off = unit in board.off.get(self.layer.id, ())
        signal = board.values.signal(self.layer, unit)
        share = float(board.values.share(self.layer, np.array(signal))) if signal is not None else 0
        fill = board.color(share)
        chosen = board.neuron == (self.layer.id, unit) or bool(
            board.nodes & {*self.layer.merged, *self.layer.outputs}
        )
        hovered = board.hover_neuron == (self.layer.id, unit)
        strong = QColor(board.theme.accent if chosen or hovered else board.theme.muted)
        ring = QPen(strong, board.pixels(detail, 3.2 if chosen else 2.4 if hovered else 1.4))
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.setPen(ring)
        picture = self._maps.get(unit)
        corner = radius * 0.36 if picture is not None else radius
        if picture is not None:
            brush = QBrush(picture)
            scale = box.width() / picture.width()
            brush.setTransform(QTransform.fromTranslate(box.left(), box.top()).scale(scale, scale))
            painter.setBrush(brush)
        else:
            painter.setBrush(QColor(board.theme.canvas) if off else fill)
        painter.drawRoundedRect(box, corner, corner)
        if self.layer.dropped:
            self._dropout(painter, detail, box, corner)
        if off:
            self._crossed_out(painter, detail, box, corner)
        if labels.inside and signal is not None and not off:
            draw_text(
                painter, board, detail, shown_short(signal),
                centre, ink_on(fill), weight="semibold", factor=0.95, ground=False,
            )  # fmt: skip
        if unit in board.locked.get(self.layer.id, ()):
            corner_at = QPointF(centre.x() + radius * 0.8, centre.y() - radius * 0.8)
            draw_lock(painter, board, detail, corner_at, 12)

    def _dropout(self, painter: QPainter, detail: float, box: QRectF, corner: float) -> None:
        """Mark neurons that dropout may leave out while training: a dashed grey ring."""
        air = self.board.pixels(detail, 4)
        ring = QPen(QColor(self.board.theme.muted), self.board.pixels(detail, 1.6))
        ring.setDashPattern([2.2, 2.2])
        painter.setPen(ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-air, -air, air, air), corner + air, corner + air)

    def _crossed_out(self, painter: QPainter, detail: float, box: QRectF, corner: float) -> None:
        veil = QColor(self.board.theme.canvas)
        veil.setAlphaF(0.7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        painter.drawRoundedRect(box, corner, corner)
        painter.setPen(QPen(QColor(self.board.theme.muted), self.board.pixels(detail, 2.5)))
        painter.drawLine(box.topLeft() * 0.85 + box.bottomRight() * 0.15,
                         box.topLeft() * 0.15 + box.bottomRight() * 0.85)  # fmt: skip

    def _texts(
        self, painter: QPainter, detail: float, centre: QPointF, unit: int, labels: Labels
    ) -> None:
        board, theme = self.board, self.board.theme
        signal = board.values.signal(self.layer, unit)
        number = "" if signal is None or labels.inside else shown_short(signal)
        name = self.layer.names[unit]
        reach = self.place.radius + board.pixels(detail, 9)
        if labels.side:
            right = labels.side == "right"
            align = Qt.AlignmentFlag.AlignLeft if right else Qt.AlignmentFlag.AlignRight
            x = centre.x() + (reach if right else -reach)
            two = labels.two_lines and bool(number)
            lift = board.pixels(detail, 8) if two else 0.0
            draw_text(painter, board, detail, name, QPointF(x, centre.y() - lift), theme.text,
                      align=align, weight="semibold", widest=labels.widest)  # fmt: skip
            if two:
                draw_text(painter, board, detail, number, QPointF(x, centre.y() + lift),
                          theme.muted, align=align)  # fmt: skip
        elif labels.below:
            metrics = QFontMetricsF(board.font(detail, 0.92))
            wishes = (f"{name}  {number}", number or name)
            fits = (wish for wish in wishes if metrics.horizontalAdvance(wish) <= labels.widest)
            beside = labels.pills and self.layer.bias and not self.layer.shared_bias
            centred = not beside and not self.place.tiles
            align = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
            x = centre.x() + (board.pixels(detail, 3) if beside else 0)
            if self.place.tiles:  # the weights' pictures stand at the left
                x = centre.x() - self.place.radius
                x += board.pixels(detail, PILL[0] - 3) if beside else 0.0
            below = QPointF(x, centre.y() + self.place.radius + labels.line / 2)
            draw_text(painter, board, detail, next(fits, name), below, theme.text, align=align,
                      factor=0.92, widest=labels.widest)  # fmt: skip

    def _more(self, painter: QPainter, detail: float) -> None:
        text = more_text(self.place.hidden)
        box = more_box(self.board, self.layer, detail)
        draw_text(painter, self.board, detail, text, box.center(), self.board.theme.accent,
                  weight="semibold")  # fmt: skip


def more_text(count: int) -> str:
    """Return how many neurons of a large layer are not drawn."""
    return translate("Neurons", "+{count} more").format(count=f"{count:,}")


def _picture(board: Board, share: np.ndarray) -> QImage:
    """Return responses (rows upwards, columns) on the scale -1 … 1 as an image."""
    level = np.ascontiguousarray(np.nan_to_num(share)[::-1] * 127.5 + 127.5, dtype=np.float32)
    cells = np.clip(level.round(), 0, 255).astype(np.uint8)
    return image_of(diverging_map(board.theme)[cells])
