"""The paper of a card: shadow, edge, ground; drawn once for each look and zoom, then copied.

Four soft rounded boxes for each of 500 cards took half of every frame.
"""

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.theme import Theme

MARGIN = 12.0
LOOKS = 64  # kept pictures: a few looks at the last few zooms


def draw_chrome(painter: QPainter, theme: Theme, look: tuple[str, ...]) -> None:
    """Draw the paper of a card; `look` names what is special ("selected", "good", ...)."""
    world = painter.worldTransform()
    ratio = painter.device().devicePixelRatioF()
    picture = _picture(theme, look, round(world.m11(), 4), ratio)
    corner = world.map(QPointF(-MARGIN, -MARGIN))
    painter.resetTransform()
    # whole device pixels, so that edges stay sharp
    painter.drawPixmap(
        QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio), picture
    )
    painter.setWorldTransform(world)


@lru_cache(maxsize=LOOKS)
def _picture(theme: Theme, look: tuple[str, ...], scale: float, ratio: float) -> QPixmap:
    whole = g.CARD.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
    size = (whole.size() * scale * ratio).toSize()
    picture = QPixmap(size.width() + 1, size.height() + 1)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(MARGIN, MARGIN)
    _draw(painter, theme, look, scale)
    painter.end()
    return picture


def _draw(painter: QPainter, theme: Theme, look: tuple[str, ...], scale: float) -> None:
    paint.draw_shadow(painter, g.CARD, g.CARD_RADIUS, theme, 2.2 if "lifted" in look else 1.0)
    edge, width = paint.mixed(theme.border, theme.muted, 0.12), 1.0
    if "hovered" in look:
        edge = paint.mixed(theme.border, theme.muted, 0.6)
    if "selected" in look:
        painter.setPen(QPen(paint.tinted(theme.accent, 0.22), 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(g.CARD.adjusted(-2, -2, 2, 2), g.CARD_RADIUS + 2, g.CARD_RADIUS + 2)
        edge, width = QColor(theme.accent), 2.0
    if "good" in look or "bad" in look:
        edge, width = QColor(theme.good if "good" in look else theme.bad), 2.0
    painter.setPen(QPen(edge, max(width, 1.0 / math.sqrt(max(scale, 0.1)))))
    painter.setBrush(QColor(theme.card))
    painter.drawRoundedRect(g.CARD, g.CARD_RADIUS, g.CARD_RADIUS)
