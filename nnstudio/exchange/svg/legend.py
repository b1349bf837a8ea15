"""The line under the picture that says what widths, colours and dashes mean."""

import numpy as np

from nnstudio.exchange.svg.look import DASHES, MUTED, NEGATIVE, POSITIVE, WIDEST
from nnstudio.exchange.svg.writer import Svg, text_width
from nnstudio.i18n import translate
from nnstudio.numbers import format_number

SIZE = 13.0
SAMPLE = 44.0


def draw_legend(svg: Svg, limit: float, dashed: bool, shown: int, count: int) -> None:
    """Write the legend below everything: `limit` is the weight of the widest line."""
    left, _, _, bottom = svg.box
    x, y = left, bottom + 40
    words = translate("Picture", "width: √|weight|, widest {weight}")
    keys = (
        (translate("Picture", "plus"), POSITIVE, False),
        (translate("Picture", "minus"), NEGATIVE, dashed),
    )
    for word, color, dash in keys:
        look: dict[str, object] = {"stroke": color, "stroke_width": WIDEST / 2, "fill": "none"}
        if dash:
            look["stroke_dasharray"] = DASHES
        svg.lines(np.array([[x, y - 4, x + SAMPLE, y - 4]]), **look)
        svg.text(x + SAMPLE + 8, y, word, SIZE, "start", fill=MUTED)
        x += SAMPLE + 8 + text_width(word, SIZE) + 26
    if limit > 0:
        svg.text(x, y, words.format(weight=format_number(limit, 3)), SIZE, "start", fill=MUTED)
    if shown < count:
        part = translate("Picture", "{shown} of {count} connections are drawn.")
        text = part.format(shown=f"{shown:,}", count=f"{count:,}")
        svg.text(left, y + 22, text, SIZE, "start", fill=MUTED)
