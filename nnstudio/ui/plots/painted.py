"""A widget that draws itself and can say in words what lies under the mouse."""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from nnstudio.ui.theme import Theme, ThemeManager

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


class Painted(QWidget):
    """Base of the drawn pictures; `tip_at` is asked where the mouse rests."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self.setMinimumSize(80, 50)

    def tip_at(self, place: QPoint) -> str:
        """Return what lies at a point, in words; "" for nothing."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Show the words for the place where the mouse rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().event(event)


def readable(ground: QColor, theme: Theme) -> str:
    """Return the ink of the theme that stands out from `ground`: its text or panel colour."""
    return max((theme.text, theme.panel), key=lambda ink: _contrast(QColor(ink), ground))


def mixed(first: str, second: str, share: float) -> QColor:
    """Return the colour `share` of the way from one to another."""
    one, two = QColor(first), QColor(second)
    return QColor.fromRgbF(
        one.redF() + share * (two.redF() - one.redF()),
        one.greenF() + share * (two.greenF() - one.greenF()),
        one.blueF() + share * (two.blueF() - one.blueF()),
    )


def _contrast(one: QColor, two: QColor) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def write(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    color: QColor | str,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write one line into a box; what doesn't fit is cut with an ellipsis."""
    painter.setFont(font)
    painter.setPen(QColor(color))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
    painter.drawText(box, align, shown)
