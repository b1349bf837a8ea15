"""The dotted paper below the cards, drawn as strips of pixels: thousands of boxes are slow."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.theme import Theme

NONE_BELOW = 0.2
SPARSE_BELOW = 0.7


def draw_backdrop(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Fill `rect` (scene) with paper and its grid of dots."""
    painter.fillRect(rect, QColor(theme.canvas))
    world, ratio = painter.worldTransform(), painter.device().devicePixelRatioF()
    scale = world.m11()
    if scale < NONE_BELOW:
        return
    pitch = (g.GRID if scale >= SPARSE_BELOW else g.GRID * 4) * scale * ratio
    half = 0.8 / max(scale, 0.5) * scale * ratio
    seen = world.mapRect(rect)
    left, top = math.floor(seen.left() * ratio), math.floor(seen.top() * ratio)
    across = _cover(left, math.ceil(seen.right() * ratio), world.dx() * ratio, pitch, half)
    down = _cover(top, math.ceil(seen.bottom() * ratio), world.dy() * ratio, pitch, half)
    rows = np.flatnonzero(down)
    painter.resetTransform()
    for strip in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
        if strip.size and across.size:
            share = np.rint(255 * down[strip][:, None] * across).astype(np.intp)
            _draw_strip(painter, _inks(theme)[share], left, top + int(strip[0]), ratio)
    painter.setWorldTransform(world)


def _cover(first: int, last: int, origin: float, pitch: float, half: float) -> NDArray[np.float64]:
    """Return how much of each pixel from `first` to `last` dots of half width `half` cover."""
    away = np.arange(first, last) + 0.5 - origin
    away = np.abs((away + pitch / 2) % pitch - pitch / 2)
    return np.clip(half + 0.5 - away, 0.0, min(1.0, 2 * half))


def _draw_strip(
    painter: QPainter, pixels: NDArray[np.uint32], left: int, top: int, ratio: float
) -> None:
    high, wide = pixels.shape
    image = QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    painter.drawImage(QPointF(left / ratio, top / ratio), image)


@lru_cache(maxsize=8)
def _inks(theme: Theme) -> NDArray[np.uint32]:
    """Return the colour of the dots at every opacity from 0 to 255, as premultiplied pixels."""
    color = QColor(theme.grid)
    opacity = np.arange(256, dtype=np.uint32)
    red, green, blue = (
        opacity * part // 255 for part in (color.red(), color.green(), color.blue())
    )
    return np.asarray(opacity << 24 | red << 16 | green << 8 | blue, dtype=np.uint32)
