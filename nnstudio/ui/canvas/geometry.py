"""Measures of the canvas in scene units: cards, ports, and the curve of a wire."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

CARD_WIDTH = 148.0
CARD_HEIGHT = 88.0
CARD = QRectF(0, 0, CARD_WIDTH, CARD_HEIGHT)
CARD_RADIUS = 10.0
PORT_RADIUS = 5.0
PORT_Y = CARD_HEIGHT / 2
FAN = 9.0  # distance of neighbouring wires at a port that takes several
COLUMN = 200.0
ROW = 120.0
GRID = 20.0
HIT_PIXELS = 28.0  # diameter of a port for the mouse (qt.md)
HIT_LIMIT = 26.0  # ... and its radius in scene units at most, so that cards stay grabbable


def port_y(index: int, count: int) -> float:
    """Return the height of the input port `index` of `count` on a card."""
    return CARD_HEIGHT * (index + 1) / (count + 1)


def controls(start: QPointF, end: QPointF) -> NDArray[np.float64]:
    """Return the four control points (4, 2) of the wire's cubic, leaving and arriving level.

    A wire that runs backwards swings out further, so that it can be followed by eye.
    """
    dx, dy = end.x() - start.x(), abs(end.y() - start.y())
    reach = max(0.5 * dx, min(28.0, 10 + dy / 3)) if dx >= 0 else min(160.0, 50.0 - 0.4 * dx)
    return np.array(
        [
            (start.x(), start.y()),
            (start.x() + reach, start.y()),
            (end.x() - reach, end.y()),
            (end.x(), end.y()),
        ]
    )


def curve(points: NDArray[np.float64]) -> QPainterPath:
    """Return the cubic through the control points (4, 2) as a path."""
    first, second, third, last = (QPointF(x, y) for x, y in points)
    path = QPainterPath(first)
    path.cubicTo(second, third, last)
    return path


def along(points: NDArray[np.float64], t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return places (n, m, 2) on n cubics with control points (n, 4, 2) at m shares `t`."""
    s = 1.0 - t
    basis = np.stack([s**3, 3 * s * s * t, 3 * s * t * t, t**3], axis=-1)
    return np.asarray(np.einsum("mk,nkd->nmd", basis, points))


def snapped(value: float, step: float = GRID / 2) -> float:
    """Return `value` on the canvas grid."""
    return round(value / step) * step
