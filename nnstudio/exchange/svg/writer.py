"""Writes SVG elements as text: numbers short, texts escaped, the same bytes every time."""

import re
import unicodedata
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray

FAMILY = "Pretendard, 'Noto Sans KR', 'Malgun Gothic', 'Apple SD Gothic Neo', sans-serif"
"""The shipped typeface first, then those that Korean systems have, then whatever is there."""

# what XML 1.0 can't hold at all, not even escaped
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Box = tuple[float, float, float, float]


def number(value: float) -> str:
    """Return a coordinate with at most two decimals."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def clean(text: str, longest: int = 60) -> str:
    """Return a text on one line, without characters XML forbids, cut with … when too long."""
    plain = " ".join(_FORBIDDEN.sub("", text).split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is; Hangul and other wide characters count double."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return size * (0.56 * (len(text) - wide) + 0.98 * wide)


class Svg:
    """Collects elements and the box they fill."""

    def __init__(self, family: str = FAMILY) -> None:
        self.family = family
        self.parts: list[str] = []
        self._low = [np.inf, np.inf]
        self._high = [-np.inf, -np.inf]

    @property
    def box(self) -> Box:
        """Left, top, right, bottom of everything drawn."""
        return (*self._low, *self._high)  # type: ignore[return-value]

    def reach(self, left: float, top: float, right: float, bottom: float) -> None:
        """Make the picture at least this large."""
        self._low = [min(self._low[0], left), min(self._low[1], top)]
        self._high = [max(self._high[0], right), max(self._high[1], bottom)]

    def open(self, **look: object) -> None:
        """Begin a group whose elements share a look (`stroke_width=2` becomes stroke-width)."""
        self.parts.append(f"<g{_attributes(look)}>")

    def close(self) -> None:
        """End the group begun last."""
        self.parts.append("</g>")

    def circle(self, x: float, y: float, radius: float, **look: object) -> None:
        """Draw a circle."""
        at = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
        self.parts.append(f"<circle {at}{_attributes(look)}/>")
        self.reach(x - radius, y - radius, x + radius, y + radius)

    def rectangle(self, x: float, y: float, width: float, height: float, **look: object) -> None:
        """Draw a rectangle."""
        size = f'width="{number(width)}" height="{number(height)}"'
        self.parts.append(f'<rect x="{number(x)}" y="{number(y)}" {size}{_attributes(look)}/>')
        self.reach(x, y, x + width, y + height)

    def lines(self, ends: NDArray[np.float64], **look: object) -> None:
        """Draw many lines (n, 4) of one look as one path."""
        if len(ends):
            data = "".join(
                f"M{number(a)} {number(b)}L{number(c)} {number(d)}" for a, b, c, d in ends.tolist()
            )
            self.parts.append(f'<path d="{data}"{_attributes(look)}/>')

    def cells(
        self, corners: NDArray[np.float64], width: float, height: float, **look: object
    ) -> None:
        """Draw many equal rectangles, given by their left top corners (n, 2), as one path."""
        size = f"h{number(width)}v{number(height)}h{number(-width)}z"
        data = "".join(f"M{number(x)} {number(y)}{size}" for x, y in corners.tolist())
        self.parts.append(f'<path d="{data}"{_attributes(look)}/>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        anchor: str = "middle",
        turn: float = 0.0,
        halo: str = "",
        **look: object,
    ) -> None:
        """Write a text with its baseline at `y`; `halo` is a colour that frees it from lines."""
        words = clean(words)
        if not words:
            return
        width = text_width(words, size)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        if turn:
            self.reach(x - width / 2, y - width / 2, x + width / 2, y + width / 2)
        else:
            self.reach(left, y - size, left + width, y + size * 0.3)
        place = f'x="{number(x)}" y="{number(y)}" font-size="{number(size)}"'
        if anchor != "start":
            place += f' text-anchor="{anchor}"'
        if turn:
            place += f' transform="rotate({number(turn)} {number(x)} {number(y)})"'
        if halo:
            # twice, because paint-order is unknown to many programs
            back = _attributes({**look, "fill": halo, "stroke": halo, "stroke_width": size / 3})
            self.parts.append(
                f'<text {place}{back} stroke-linejoin="round" aria-hidden="true">'
                f"{escape(words)}</text>"
            )
        self.parts.append(f"<text {place}{_attributes(look)}>{escape(words)}</text>")

    def document(self, title: str, description: str, ground: str, margin: float = 28.0) -> str:
        """Return the whole SVG file; `ground` is the colour behind everything."""
        left, top, right, bottom = self.box if self.parts else (0.0, 0.0, 1.0, 1.0)
        left, top = left - margin, top - margin
        width, height = right + margin - left, bottom + margin - top
        view = " ".join(number(value) for value in (left, top, width, height))
        head = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" '
            f'width="{number(width)}" height="{number(height)}" role="img" '
            f"font-family={quoteattr(self.family)}>\n"
            f"<title>{escape(clean(title, 200))}</title>\n"
            f"<desc>{escape(clean(description, 500))}</desc>\n"
            f'<rect x="{number(left)}" y="{number(top)}" width="{number(width)}" '
            f'height="{number(height)}" fill="{ground}"/>\n'
        )
        return head + "\n".join(self.parts) + "\n</svg>\n"


def _attributes(look: dict[str, object]) -> str:
    shown = ""
    for name, value in look.items():
        text = number(value) if isinstance(value, int | float) else str(value)
        shown += f" {name.replace('_', '-')}={quoteattr(text)}"
    return shown
