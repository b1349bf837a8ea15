"""Draws a picture input as a picture, and the weights that read it as small pictures."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnstudio.document.picture.anatomy import Group, Link
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.neurons.marks import tile_box
from nnstudio.ui.theme import diverging_map

SATURATED = 0.98
"""Share of the weights of all tiles that the colour scale covers; outliers are saturated."""


class PictureItem(QGraphicsItem):
    """The pixels of the current example; dark ink is a large value."""

    def __init__(self, board: Board, group: Group) -> None:
        super().__init__()
        self.board = board
        self.layer = group
        left, top, right, bottom = board.layout.places[group.id].box
        self._box = QRectF(left, top, right - left, bottom - top)
        self._image: QImage | None = None
        self.setZValue(1)
        self.refresh()

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-6, -6, 6, 6)

    def refresh(self) -> None:
        """Make the picture of the current example again."""
        signal = self.board.values.signals.get(self.layer.signal)
        self._image = None
        if signal is not None and self.layer.grid is not None and signal.size == self.layer.size:
            low, high = float(signal.min()), float(signal.max())
            share = (signal - low) / (high - low) if high > low else np.zeros(signal.size)
            ground, ink = _rgb(self.board.theme.panel), _rgb(self.board.theme.text)
            cells = ground + share.reshape(self.layer.grid)[..., None] * (ink - ground)
            self._image = image_of(cells.astype(np.uint8))
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        board, theme = self.board, self.board.theme
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        painter.fillRect(self._box, QColor(theme.panel))
        if self._image is not None:
            painter.drawImage(self._box, self._image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        chosen = bool(board.nodes & {*self.layer.merged})
        edge = theme.accent if chosen else theme.muted
        painter.setPen(QPen(QColor(edge), board.pixels(detail, 2.4 if chosen else 1.2)))
        painter.drawRect(self._box)
        for neuron, width in ((board.hover_neuron, 1.6), (board.neuron, 2.6)):
            at = self._cell(neuron)
            if at is not None:
                painter.setPen(QPen(QColor(theme.accent), board.pixels(detail, width)))
                painter.drawRect(at)

    def _cell(self, neuron: tuple[str, int] | None) -> QRectF | None:
        if neuron is None or neuron[0] != self.layer.id:
            return None
        place = self.board.layout.places[self.layer.id]
        x, y = place.centres[neuron[1]]
        return QRectF(x - place.pitch / 2, y - place.pitch / 2, place.pitch, place.pitch)


class TilesItem(QGraphicsItem):
    """One small picture of weights for each neuron that reads a picture."""

    def __init__(self, board: Board, link: Link) -> None:
        super().__init__()
        self.board = board
        self.link = link
        self.layer = board.anatomy.groups[link.target]
        self.source = board.anatomy.groups[link.runs[0].group]
        left, top, right, bottom = board.layout.places[link.target].box
        picture = board.layout.places[self.source.id].box
        self._picture = QRectF(
            picture[0], picture[1], picture[2] - picture[0], picture[3] - picture[1]
        )
        self._box = QRectF(left, top, right - left, bottom - top).united(self._picture)
        self._images: list[QImage] = []
        self.setZValue(0.5)
        self.refresh()

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-10, -10, 10, 10)

    def refresh(self) -> None:
        """Make the pictures of the weights again."""
        matrix = self.board.values.strengths(self.board.anatomy, self.link)
        shown = self.board.layout.places[self.layer.id].shown
        limit = float(np.quantile(np.abs(matrix[:, shown]), SATURATED)) or 1.0
        grid = self.source.grid or (1, len(matrix))
        self._images = []
        for unit in shown.tolist():
            cells = matrix[:, unit].reshape(grid) / limit
            levels = np.clip(cells * 127.5 + 127.5, 0, 255).round().astype(np.uint8)
            self._images.append(image_of(diverging_map(self.board.theme)[levels]))
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        board, theme = self.board, self.board.theme
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        boxes = [tile_box(board, self.layer, at) for at in range(len(self._images))]
        veil = QColor(theme.zero)
        veil.setAlphaF(0.14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        first, last = boxes[0], boxes[-1]
        corners = [self._picture.topRight(), first.topLeft(), last.bottomLeft()]
        painter.drawPolygon(QPolygonF([*corners, self._picture.bottomRight()]))
        for at, (box, image) in enumerate(zip(boxes, self._images, strict=True)):
            painter.drawImage(box, image)
            unit = int(board.layout.places[self.layer.id].shown[at])
            chosen = board.neuron == (self.layer.id, unit)
            edge = theme.accent if chosen else theme.muted
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(edge), board.pixels(detail, 2.4 if chosen else 1)))
            painter.drawRect(box)
            bridge = QPointF(box.right(), box.center().y())
            painter.setPen(QPen(QColor(theme.muted), board.pixels(detail, 1.2)))
            painter.drawLine(bridge, bridge + QPointF(14, 0))


def image_of(colors: NDArray[np.uint8]) -> QImage:
    """Return (rows, columns, 3) colours as an image of its own."""
    height, width, _ = colors.shape
    data = np.ascontiguousarray(colors).tobytes()
    return QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).convertToFormat(
        QImage.Format.Format_RGB32
    )


def _rgb(name: str) -> NDArray[np.float64]:
    color = QColor(name)
    return np.array([color.red(), color.green(), color.blue()], float)
