"""Small drawing helpers the items share: colours, shadows, fonts."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from nnstudio.ui import icons
from nnstudio.ui.fonts import FAMILY
from nnstudio.ui.theme import Theme

NO_TEXT_BELOW = 0.4  # level of detail (qt.md)
BOX_BELOW = 0.25
NO_BRUSH = Qt.BrushStyle.NoBrush
# Only what is really scaled asks for SMOOTH: it makes plain copies ten times slower.
HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
SMOOTH = QPainter.RenderHint.SmoothPixmapTransform


def tinted(color: str | QColor, alpha: float) -> QColor:
    """Return the colour with another opacity."""
    result = QColor(color)
    result.setAlphaF(alpha)
    return result


def mixed(first: str | QColor, second: str | QColor, share: float) -> QColor:
    """Return `first` with `share` of `second` mixed in."""
    a, b = QColor(first), QColor(second)
    return QColor.fromRgbF(
        a.redF() + share * (b.redF() - a.redF()),
        a.greenF() + share * (b.greenF() - a.greenF()),
        a.blueF() + share * (b.blueF() - a.blueF()),
    )


@lru_cache(maxsize=32)
def text_font(pixels: float, weight: str = "regular") -> QFont:
    """Return the interface typeface at a size in scene units (the view scales the scene)."""
    font = QFont(FAMILY)
    font.setPixelSize(round(pixels))
    font.setWeight(
        {"bold": QFont.Weight.Bold, "semibold": QFont.Weight.DemiBold}.get(
            weight, QFont.Weight.Normal
        )
    )
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # letters look the same whether painted at once or copied from a kept picture
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return font


def draw_shadow(painter: QPainter, rect: QRectF, radius: float, theme: Theme, lift: float) -> None:
    """Draw a soft shadow below `rect`: a few pale rounded boxes, no effect, no blur.

    `lift` is 1 for a resting card and larger for one in the hand.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    strength = 0.09 if theme.dark else 0.022
    for step in range(4):
        grow = (3 - step) * 1.1 * lift
        painter.setBrush(QColor(9, 16, 32, round(255 * strength)))
        painter.drawRoundedRect(
            rect.adjusted(-grow, -grow + 1.6 * lift, grow, grow + 1.6 * lift),
            radius + grow,
            radius + grow,
        )


def draw_icon(painter: QPainter, kind: str, rect: QRectF, color: str) -> None:
    """Draw a layer kind's icon sharply at the current zoom."""
    scale = painter.worldTransform().m11() * painter.device().devicePixelRatioF()
    pixels = min(192, max(8, round(rect.width() * scale / 4) * 4))
    picture = _icon(kind, pixels, color)
    painter.setRenderHint(SMOOTH)
    painter.drawPixmap(rect, picture, QRectF(picture.rect()))
    painter.setRenderHint(SMOOTH, False)


@lru_cache(maxsize=256)
def _icon(kind: str, pixels: int, color: str) -> QPixmap:
    return icons.pixmap(kind, pixels, color)


def line_pen(color: str | QColor, width: float) -> QPen:
    """Return a round-ended pen."""
    return QPen(
        QColor(color),
        width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )
