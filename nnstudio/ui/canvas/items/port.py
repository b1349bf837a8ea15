"""The ports of a card: round where a wire starts or ends, longer where several may end."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.canvas.items.stamp import stamp
from nnstudio.ui.theme import Theme

if TYPE_CHECKING:
    from nnstudio.ui.canvas.items.card import CardItem


def draw_ports(painter: QPainter, card: "CardItem") -> None:
    """Draw all ports of a card; lit ones (what a held wire may end at) are larger."""
    names = card.face.inputs
    for index, (name, variadic, count) in enumerate(names):
        place = QPointF(0, g.port_y(index, len(names)))
        tall = min(56.0, max(0, count - 1) * g.FAN) if variadic else 0.0
        _draw(painter, card, place, f"in:{name}", connected=count > 0, tall=tall + 6 * variadic)
    if card.face.has_output:
        _draw(painter, card, QPointF(g.CARD_WIDTH, g.PORT_Y), "out:", connected=True, tall=0.0)


def _draw(
    painter: QPainter, card: "CardItem", at: QPointF, name: str, connected: bool, tall: float
) -> None:
    lit = name in card.lit_ports or name == card.hovered_port
    theme, family = card.stage.theme, card.family()
    room, high = g.PORT_RADIUS + 6, g.PORT_RADIUS + 6 + tall / 2
    stamp(
        painter,
        ("port", theme, family, connected, tall, lit, at.y()),
        QRectF(at.x() - room, at.y() - high, 2 * room, 2 * high),
        lambda inner: _paint(inner, theme, at, family, connected, tall, lit),
    )


def _paint(
    painter: QPainter,
    theme: Theme,
    at: QPointF,
    family: str,
    connected: bool,
    tall: float,
    lit: bool,
) -> None:
    color, radius = QColor(family), g.PORT_RADIUS
    if lit:
        painter.setPen(QPen(paint.tinted(theme.accent, 0.28), 6))
        painter.setBrush(paint.NO_BRUSH)
        color = QColor(theme.accent)
        radius += 1.5
        _shape(painter, at, radius, tall)
    painter.setPen(QPen(color if not connected else QColor(theme.card), 2))
    painter.setBrush(color if connected else QColor(theme.card))
    _shape(painter, at, radius, tall)


def _shape(painter: QPainter, at: QPointF, radius: float, tall: float) -> None:
    if not tall:
        painter.drawEllipse(at, radius, radius)
        return
    half = radius + tall / 2
    painter.drawRoundedRect(
        QRectF(at.x() - radius, at.y() - half, 2 * radius, 2 * half), radius, radius
    )
