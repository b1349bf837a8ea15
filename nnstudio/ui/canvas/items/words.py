"""Where the words of a card stand and how large; two lay-outs, for near and for farther away."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.face import Face, parameters_text
from nnstudio.ui.canvas.items import paint

LEFT, WIDTH = 46.0, 97.0
EDGE, FOOT = 12.0, 79.0


@dataclass(frozen=True)
class Line:
    """One line of text, where its base line starts, and how it looks."""

    text: str
    place: QPointF
    font: QFont
    strong: bool


def lay_out(face: Face, compact: bool) -> tuple[Line, ...]:
    """Return the lines of a card; `compact` says less in larger letters."""
    settings = "" if compact else face.settings
    lines = [*_title(face.title, settings, compact)]
    if settings:
        font = _fitting(settings, WIDTH, (11, 10))
        lines.append(Line(_cut(settings, font, WIDTH), QPointF(LEFT, 38.5), font, False))
    return (*lines, *_foot(face, compact))


def _title(title: str, settings: str, compact: bool) -> list[Line]:
    """One line; two smaller ones where a long name has the room of the settings."""
    sizes = (17, 15) if compact else (13, 12)
    font = _fitting(title, WIDTH, sizes, "semibold")
    first, _, second = title.partition(" ")
    if settings or not second or _width(title, font) <= WIDTH:
        low = 24.0 if settings else 25.0 + font.pixelSize() * 0.36
        return [Line(_cut(title, font, WIDTH), QPointF(LEFT, low), font, True)]
    font = paint.text_font(14 if compact else 12, "semibold")
    return [
        Line(_cut(text, font, WIDTH), QPointF(LEFT, low), font, True)
        for text, low in ((first, 22.0), (second, 22.0 + 1.15 * font.pixelSize()))
    ]


def _foot(face: Face, compact: bool) -> list[Line]:
    """Shapes on the left, the number of parameters on the right."""
    font = paint.text_font(14 if compact else 11)
    room = g.CARD_WIDTH - 2 * EDGE
    words = "" if compact else parameters_text(face.parameters)
    if words and _width(face.shape, font) + _width(words, font) + 8 > room:
        words = f"{face.parameters:,}"
    taken = _width(words, font) + 8 if words else 0.0
    lines = [Line(_cut(face.shape, font, room - taken), QPointF(EDGE, FOOT), font, False)]
    if words:
        right = QPointF(g.CARD_WIDTH - EDGE - _width(words, font), FOOT)
        lines.append(Line(words, right, font, False))
    return lines


def _fitting(text: str, room: float, sizes: tuple[int, int], weight: str = "regular") -> QFont:
    """Return the first size in which the text has room, else the last."""
    large, small = (paint.text_font(size, weight) for size in sizes)
    return large if _width(text, large) <= room else small


def _cut(text: str, font: QFont, room: float) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)


def _width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)
