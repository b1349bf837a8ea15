"""The small curve of an activation function on a card."""

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.theme import Theme

REACH = 3.5  # the curve is shown from -REACH to REACH
POINTS = 41


def draw_curve(painter: QPainter, function: str, rect: QRectF, theme: Theme) -> None:
    """Draw the curve of activation `function` (an id) with its axes into `rect`."""
    axis, curve = _polygons(function, rect.x(), rect.y(), rect.width(), rect.height())
    painter.setPen(paint.line_pen(paint.mixed(theme.card, theme.zero, 0.45), 0.8))
    for line in axis:
        painter.drawPolyline(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(paint.line_pen(theme.families["activation"], 1.7))
    painter.drawPolyline(curve)


@lru_cache(maxsize=128)
def _polygons(
    function: str, left: float, top: float, width: float, height: float
) -> tuple[tuple[QPolygonF, QPolygonF], QPolygonF]:
    x = np.linspace(-REACH, REACH, POINTS)
    entry = ACTIVATIONS.get(function)
    y = np.zeros_like(x) if entry is None else np.asarray(entry.function(x), dtype=float)
    low, high = min(0.0, float(y.min())), max(0.0, float(y.max()))
    span = max(high - low, 1e-9)

    def place(a: float, b: float) -> QPointF:
        return QPointF(
            left + (a + REACH) / (2 * REACH) * width, top + height - (b - low) / span * height
        )

    axes = (
        QPolygonF([place(-REACH, 0.0), place(REACH, 0.0)]),
        QPolygonF([place(0.0, low), place(0.0, high)]),
    )
    return axes, QPolygonF([place(float(a), float(b)) for a, b in zip(x, y, strict=True)])
