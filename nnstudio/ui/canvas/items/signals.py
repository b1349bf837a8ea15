"""The signals of one example on a card: a row of dots, or a small picture."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from nnstudio.ui.canvas.face import Face
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.theme import Theme, diverging_map, signed_color

RADIUS, PITCH, LEFT, MIDDLE = 4.5, 12.6, 16.0, 56.0
MANY, FEWER = 8, 6  # dots on a card; fewer beside a curve
SIDE = 22.0


def draw_signals(
    painter: QPainter,
    face: Face,
    values: NDArray[np.floating] | None,
    limit: float,
    theme: Theme,
    far: bool = False,
) -> None:
    """Draw the values (flat) of a layer on a scale held at ±`limit`; pale dots while unknown.

    From far away the row is one size larger and stands lower.
    """
    if far:
        painter.save()
        painter.translate(-6.0, -14.0)
        painter.scale(1.5, 1.5)
        _draw(painter, face, values, limit, theme, FEWER)
        painter.restore()
    else:
        _draw(painter, face, values, limit, theme, FEWER if face.function else MANY)


def _draw(
    painter: QPainter,
    face: Face,
    values: NDArray[np.floating] | None,
    limit: float,
    theme: Theme,
    most: int,
) -> None:
    if face.picture is not None and values is not None:
        high, wide, deep = face.picture
        if values.size == high * wide * deep:
            _draw_picture(painter, values.reshape(face.picture).mean(axis=2), limit, theme)
            return
    if face.units:
        _draw_dots(painter, face, values, limit, theme, most)


def _draw_dots(
    painter: QPainter,
    face: Face,
    values: NDArray[np.floating] | None,
    limit: float,
    theme: Theme,
    most: int,
) -> None:
    shown = min(face.units, most)
    painter.setPen(Qt.PenStyle.NoPen)
    empty = paint.mixed(theme.card, theme.zero, 0.38)
    for number in range(shown):
        known = values is not None and number < values.size
        color = signed_color(theme, float(values[number]), limit) if known else empty  # type: ignore[index]
        painter.setBrush(color)
        painter.drawEllipse(QPointF(LEFT + number * PITCH, MIDDLE), RADIUS, RADIUS)
    if face.units > shown:
        painter.setFont(paint.text_font(10))
        painter.setPen(QColor(theme.muted))
        left = LEFT + shown * PITCH - 4
        painter.drawText(QPointF(left, MIDDLE + 3.5), f"+{face.units - shown:,}")


def _draw_picture(
    painter: QPainter, picture: NDArray[np.floating], limit: float, theme: Theme
) -> None:
    colors = diverging_map(theme)
    share = np.nan_to_num(picture / limit if limit > 0 else np.zeros_like(picture))
    index = np.clip(np.rint(127.5 + 127.5 * share), 0, 255).astype(np.uint8)
    pixels = np.ascontiguousarray(colors[index][:, :, :3])
    high, wide = index.shape
    image = QImage(pixels.data, wide, high, 3 * wide, QImage.Format.Format_RGB888)
    scale = SIDE / max(high, wide)
    box = QRectF(LEFT - 4.5, MIDDLE - high * scale / 2, wide * scale, high * scale)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(paint.line_pen(theme.border, 0.8))
    painter.drawRect(box)
