"""The signals of one example on a card: a row of dots, or a small picture.

Both are images made from the numbers at once, in whole pixels of the screen, and kept by the card
until the numbers change: eight ellipses on each of 500 cards took a third of every frame.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from nnstudio.ui.canvas.face import Face
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.theme import Theme, diverging_map, signed_color

RADIUS, PITCH, LEFT, MIDDLE = 4.5, 12.6, 16.0, 56.0
MANY, FEWER = 8, 6  # dots on a card; fewer beside a curve
FAR_GROWTH, FAR_X, FAR_Y = 1.5, -6.0, -14.0  # from far away: one size larger, and lower
SIDE = 22.0
STEPS = 128  # shades from grey to either end
BROKEN, UNKNOWN = 2 * STEPS + 1, 2 * STEPS + 2


@dataclass(frozen=True)
class Stencil:
    """A row of dots: how much of each pixel is covered (0 to 256), and by which dot."""

    left: int
    top: int
    cover: NDArray[np.uint16]  # (height, width, 1)
    dot: NDArray[np.intp]  # (width,)


def shown_dots(face: Face, far: bool) -> int:
    """Return how many dots the row of a card has."""
    return min(face.units, FEWER if far or face.function else MANY)


def is_picture(face: Face, values: NDArray[np.floating] | None) -> bool:
    """Tell whether the values of a layer are shown as a picture."""
    return (
        face.picture is not None and values is not None and values.size == math.prod(face.picture)
    )


def draw_rest(painter: QPainter, face: Face, theme: Theme, far: bool) -> None:
    """Write how many more units there are behind the row of dots."""
    shown = shown_dots(face, far)
    if face.units <= shown:
        return
    growth, x, y = (FAR_GROWTH, FAR_X, FAR_Y) if far else (1.0, 0.0, 0.0)
    world = painter.worldTransform()
    painter.translate(x, y)
    painter.scale(growth, growth)
    painter.setFont(paint.text_font(10))
    painter.setPen(QColor(theme.muted))
    left = LEFT + shown * PITCH - 4
    painter.drawText(QPointF(left, MIDDLE + 3.5), f"+{face.units - shown:,}")
    painter.setWorldTransform(world)


def dots_image(
    face: Face,
    values: NDArray[np.floating] | None,
    limit: float,
    theme: Theme,
    far: bool,
    scale: float,
) -> tuple[int, int, QImage]:
    """Return (x, y, image) of a row of dots in pixels from the corner of the card.

    Colours are held at ±`limit`; dots are pale while their value is unknown. `scale` is in pixels
    of the screen per scene unit.
    """
    stencil = _stencil(shown_dots(face, far), far, scale)
    colors = _palette(theme)[_shades(values, limit, shown_dots(face, far))]
    pixels = (stencil.cover * colors[stencil.dot] >> 8).astype(np.uint8)
    high, wide, _ = pixels.shape
    image = QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32_Premultiplied)
    return stencil.left, stencil.top, image.copy()


def _shades(values: NDArray[np.floating] | None, limit: float, shown: int) -> list[int]:
    """Return the line of the palette for each dot."""
    known = [] if values is None else values[:shown].tolist()
    shades = [_shade(value, limit) for value in known]
    return shades + [UNKNOWN] * (shown - len(shades))


def _shade(value: float, limit: float) -> int:
    if not math.isfinite(value):
        return BROKEN
    share = max(-1.0, min(1.0, value / limit)) if limit > 0 else 0.0
    return round(STEPS + STEPS * share)


@lru_cache(maxsize=8)
def _palette(theme: Theme) -> NDArray[np.uint16]:
    """Return the colours (the four bytes of a pixel) from minus to plus, then broken, unknown."""
    colors = [signed_color(theme, step, STEPS) for step in range(-STEPS, STEPS + 1)]
    colors += [QColor(theme.bad), paint.mixed(theme.card, theme.zero, 0.38)]
    pixels = np.array([color.rgba() for color in colors], dtype=np.uint32)
    return pixels.view(np.uint8).reshape(-1, 4).astype(np.uint16)


@lru_cache(maxsize=64)
def _stencil(shown: int, far: bool, scale: float) -> Stencil:
    growth, x, y = (FAR_GROWTH, FAR_X, FAR_Y) if far else (1.0, 0.0, 0.0)
    radius = RADIUS * growth * scale
    middles = (x + growth * (LEFT + PITCH * np.arange(shown))) * scale
    height = (y + growth * MIDDLE) * scale
    left, top = math.floor(middles[0] - radius) - 1, math.floor(height - radius) - 1
    wide = math.ceil(middles[-1] + radius) + 1 - left
    high = math.ceil(height + radius) + 1 - top
    columns = left + 0.5 + np.arange(wide)
    rows = top + 0.5 + np.arange(high)
    dot = np.abs(columns[:, None] - middles).argmin(axis=1)
    away = np.hypot(rows[:, None] - height, columns - middles[dot])
    cover = np.rint(256 * np.clip(radius - away + 0.5, 0.0, 1.0)).astype(np.uint16)
    return Stencil(left, top, cover[:, :, None], dot)


def picture_image(
    shape: tuple[int, int, int], values: NDArray[np.floating], limit: float, theme: Theme
) -> QImage:
    """Return the values of a layer as an image of one pixel per place, mean over channels."""
    picture = values.reshape(shape).mean(axis=2)
    share = np.nan_to_num(picture / limit if limit > 0 else np.zeros_like(picture))
    index = np.clip(np.rint(127.5 + 127.5 * share), 0, 255).astype(np.uint8)
    pixels = np.ascontiguousarray(diverging_map(theme)[index][:, :, :3])
    high, wide = index.shape
    return QImage(pixels.data, wide, high, 3 * wide, QImage.Format.Format_RGB888).convertToFormat(
        QImage.Format.Format_RGB32
    )


def draw_picture(painter: QPainter, image: QImage, theme: Theme, far: bool) -> None:
    """Draw such an image with its frame onto a card."""
    growth, x, y = (FAR_GROWTH, FAR_X, FAR_Y) if far else (1.0, 0.0, 0.0)
    size = SIDE * growth / max(image.height(), image.width())
    high, wide = image.height() * size, image.width() * size
    box = QRectF(x + growth * (LEFT - 4.5), y + growth * MIDDLE - high / 2, wide, high)
    painter.drawImage(box, image)
    painter.setBrush(paint.NO_BRUSH)
    painter.setPen(paint.line_pen(theme.border, 0.8 * growth))
    painter.drawRect(box)
