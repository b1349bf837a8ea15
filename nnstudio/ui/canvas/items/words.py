"""Where the words of a card stand and how large: three lay-outs, from near to far."""

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


NEAR, COMPACT, FAR = "near", "compact", "far"
LEVELS = (NEAR, COMPACT, FAR)
COMPACT_BELOW, FAR_BELOW = 0.74, 0.55


def level_of(detail: float, scale: float) -> str:
    """Return the lay-out for a zoom; in a talk (`scale` 2) letters get large sooner."""
    if detail < FAR_BELOW * scale:
        return FAR
    return COMPACT if detail < COMPACT_BELOW * scale else NEAR


def lay_out(face: Face, level: str) -> tuple[Line, ...]:
    """Return the lines of a card; the farther, the fewer and the larger."""
    if level == FAR:
        return tuple(_name_only(face.title))
    settings = face.settings if level == NEAR else ""
    lines = [*_title(face.title, settings, level == COMPACT)]
    if settings:
        if _width(settings, paint.text_font(10)) > WIDTH:
            settings = face.short_settings
        font = _fitting(settings, WIDTH, (11, 10))
        lines.append(Line(_cut(settings, font, WIDTH), QPointF(LEFT, 38.5), font, False))
    return (*lines, *_foot(face, level == COMPACT))


def _name_only(title: str) -> list[Line]:
    """The name across the whole card, in two lines where it is long."""
    room = g.CARD_WIDTH - 2 * EDGE
    font = _fitting(title, room, (28, 25, 22), "semibold")
    first, _, second = title.partition(" ")
    if not second or _width(title, font) <= room:
        return [Line(_cut(title, font, room), QPointF(EDGE, 40), font, True)]
    font = paint.text_font(20, "semibold")
    return [
        Line(_cut(text, font, room), QPointF(EDGE, low), font, True)
        for text, low in ((first, 27.0), (second, 50.0))
    ]


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


def _fitting(text: str, room: float, sizes: tuple[int, ...], weight: str = "regular") -> QFont:
    """Return the first size in which the text has room, else the last."""
    fonts = [paint.text_font(size, weight) for size in sizes]
    return next((font for font in fonts if _width(text, font) <= room), fonts[-1])


def _cut(text: str, font: QFont, room: float) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)


def _width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)
