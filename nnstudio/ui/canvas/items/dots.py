"""The dots that run along the wires: one item, one picture, places from NumPy."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.canvas.stage import Stage

PER_WIRE = 3
LARGEST = 4.6  # radius of the dot of the strongest signal
SMALLEST = 1.8
SPEED = 0.012  # share of a wire per frame
SPRITE = 48


class DotsItem(QGraphicsItem):
    """Dots on every wire; their size is the mean size of the signals, not their sign."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self._curves: NDArray[np.float64] = np.zeros((0, 4, 2))
        self._sources: list[str] = []
        self._radii: NDArray[np.float64] = np.zeros(0)
        self._phase = 0.0
        self._bounds = QRectF()
        self._sprite = QPixmap()
        self._sprite_color = ""
        self.setZValue(1)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)  # exposedRect

    def set_wires(self, curves: list[NDArray[np.float64]], sources: list[str]) -> None:
        """Take the control points of every wire and the node each starts from."""
        self.prepareGeometryChange()
        self._curves = np.array(curves) if curves else np.zeros((0, 4, 2))
        self._sources = sources
        if curves:
            low, high = self._curves.min(axis=(0, 1)), self._curves.max(axis=(0, 1))
            self._bounds = QRectF(QPointF(*low), QPointF(*high)).adjusted(-8, -8, 8, 8)
        else:
            self._bounds = QRectF()
        self.refresh()

    def refresh(self) -> None:
        """Read the strengths from the stage again and repaint."""
        strengths = np.array([self.stage.strength(id) for id in self._sources])
        self._radii = np.where(
            strengths > 0, SMALLEST + (LARGEST - SMALLEST) * np.sqrt(strengths), 0.0
        )
        self.update()

    def advance_dots(self) -> None:
        """Move every dot on by one frame."""
        self._phase = (self._phase + SPEED) % (1.0 / PER_WIRE)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        if detail < paint.NO_TEXT_BELOW or not np.any(self._radii):
            return
        share = np.arange(PER_WIRE) / PER_WIRE
        share = share + (self._phase if self.stage.moving else 0.5 / PER_WIRE)
        places = g.along(self._curves, share)
        seen = option.exposedRect.adjusted(-LARGEST, -LARGEST, LARGEST, LARGEST)
        low, high = (seen.left(), seen.top()), (seen.right(), seen.bottom())
        near = ((places >= low) & (places <= high)).all(axis=2) & (self._radii[:, None] > 0)
        radii = np.broadcast_to(self._radii[:, None], near.shape)[near]
        sprite = self._picture()
        whole = QRectF(sprite.rect())
        painter.setRenderHint(paint.SMOOTH)
        for radius, (x, y) in zip(radii.tolist(), places[near].tolist(), strict=True):
            box = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
            painter.drawPixmap(box, sprite, whole)
        painter.setRenderHint(paint.SMOOTH, False)

    def _picture(self) -> QPixmap:
        theme = self.stage.theme
        key = f"{theme.zero}{theme.canvas}{theme.text}"
        if key != self._sprite_color:
            self._sprite_color = key
            self._sprite = QPixmap(SPRITE, SPRITE)
            self._sprite.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._sprite)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(paint.line_pen(theme.canvas, 6))
            painter.setBrush(paint.mixed(theme.zero, theme.text, 0.45))
            painter.drawEllipse(QRectF(4, 4, SPRITE - 8, SPRITE - 8))
            painter.end()
        return self._sprite
