"""Texts and small shapes that keep their size on the screen."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from nnstudio.ui.neurons.board import Board


def text_box(
    font: QFont, text: str, at: QPointF, align: Qt.AlignmentFlag, widest: float = 0.0
) -> tuple[QRectF, str]:
    """Return the box of a text anchored at `at` (left, right or centre of the box), and the text.

    A text wider than `widest` is shortened in the middle.
    """
    metrics = QFontMetricsF(font)
    if widest and metrics.horizontalAdvance(text) > widest:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, widest)
    width, height = metrics.horizontalAdvance(text), metrics.height()
    left = at.x() - width / 2
    if align == Qt.AlignmentFlag.AlignLeft:
        left = at.x()
    elif align == Qt.AlignmentFlag.AlignRight:
        left = at.x() - width
    return QRectF(left, at.y() - height / 2, width, height), text


def draw_text(
    painter: QPainter,
    board: Board,
    detail: float,
    text: str,
    at: QPointF,
    color: str | QColor,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    weight: str = "regular",
    factor: float = 1.0,
    widest: float = 0.0,
    ground: bool = True,
) -> QRectF:
    """Draw a text anchored at a point on a strip of the canvas colour; return its box."""
    font = board.font(detail, factor, weight)
    box, text = text_box(font, text, at, align, widest)
    if ground:
        strip = QColor(board.theme.canvas)
        strip.setAlphaF(0.82)
        air = board.pixels(detail, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(strip)
        painter.drawRoundedRect(box.adjusted(-air, 0, air, 0), air, air)
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
    return box


def draw_lock(painter: QPainter, board: Board, detail: float, at: QPointF, size: float) -> None:
    """Draw a small padlock of `size` interface pixels on a disc."""
    unit = board.pixels(detail, size) / 12
    painter.setPen(QPen(QColor(board.theme.text), unit))
    painter.setBrush(QColor(board.theme.card))
    painter.drawEllipse(at, 8.5 * unit, 8.5 * unit)
    painter.setPen(QPen(QColor(board.theme.text), 1.6 * unit))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    shackle = QRectF(at.x() - 2.6 * unit, at.y() - 5.4 * unit, 5.2 * unit, 6.4 * unit)
    painter.drawArc(shackle, 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(board.theme.text))
    painter.drawRoundedRect(
        QRectF(at.x() - 4 * unit, at.y() - 1.6 * unit, 8 * unit, 6 * unit), unit, unit
    )


def ink_on(color: QColor) -> QColor:
    """Return black or white, whichever reads better on a colour (WCAG relative luminance)."""
    parts = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (color.redF(), color.greenF(), color.blueF())
    ]
    light = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return QColor("#10151d") if light > 0.18 else QColor("#ffffff")
