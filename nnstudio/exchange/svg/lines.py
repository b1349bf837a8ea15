"""Draws the connections: width by the root of the weight, colour and dashes by its sign."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.picture.anatomy import Anatomy, Link, Tie
from nnstudio.document.picture.layout import Layout
from nnstudio.document.picture.strands import (
    ALL_DRAWN,
    LEVELS,
    MOST_LINES,
    TOP_DRAWN,
    Strands,
    drawn,
    levels,
    strands_of,
)
from nnstudio.exchange.svg.look import DASHES, GROUND, NEGATIVE, POSITIVE, THINNEST, WIDEST, ZERO
from nnstudio.exchange.svg.writer import Svg
from nnstudio.numbers import short

MOST_NUMBERED = 40
"""Up to this many connections of one layer have their weight written beside them."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Wires:
    """The connections of one layer: those between shown neurons, and how many there are."""

    link: Link
    strands: Strands
    values: Array
    count: int
    widest: float

    @property
    def chosen(self) -> NDArray[np.intp]:
        """Which are drawn, weakest first: all of a few, the strongest of many."""
        if len(self.values) > MOST_LINES:
            return np.argsort(np.abs(self.values), kind="stable")[-TOP_DRAWN:]
        return drawn(np.nan_to_num(self.values), self.strands.columns)


def wires_of(
    link: Link, layout: Layout, weights: Mapping[str, Array], masks: Mapping[str, Array]
) -> Wires:
    """Return the connections of a link that aren't cut."""
    matrix = np.asarray(weights[link.weight], np.float64)
    mask = masks.get(f"{link.weight}.mask")
    strands = strands_of(link, layout)
    if mask is not None:
        kept = np.asarray(mask)[strands.rows, strands.columns].nonzero()[0]
        strands = Strands(strands.rows[kept], strands.columns[kept], strands.lines[kept])
    pitches = [layout.places[name].pitch for name in (*(r.group for r in link.runs), link.target)]
    return Wires(
        link,
        strands,
        matrix[strands.rows, strands.columns],
        matrix.size if mask is None else int(np.count_nonzero(mask)),
        min(max(0.075 * min(pitches), 1.8), WIDEST),
    )


def draw_wires(svg: Svg, wires: Wires, limit: float) -> int:
    """Draw one layer's connections on a scale whose largest weight is `limit`; return how many."""
    chosen = wires.chosen
    values = np.nan_to_num(wires.values[chosen], posinf=limit, neginf=-limit)
    found = levels(values, limit, 1.0)
    few = len(wires.values) <= ALL_DRAWN
    svg.open(fill="none", stroke_opacity=0.92 if few else 0.35)
    for level in sorted(set(found.tolist()), key=lambda one: (abs(one), one)):
        lines = wires.strands.lines[chosen[found == level]]
        share = abs(level) / LEVELS
        look: dict[str, object] = {
            "stroke": ZERO if level == 0 else NEGATIVE if level < 0 else POSITIVE,
            "stroke_width": max(wires.widest * share, THINNEST),
        }
        if level < 0 and few:
            look["stroke_dasharray"] = DASHES
        svg.lines(lines, **look)
    svg.close()
    return len(chosen)


def write_weights(svg: Svg, wires: Wires) -> None:
    """Write each weight on its line, at places that keep the numbers apart."""
    if not 0 < len(wires.values) <= MOST_NUMBERED:
        return
    targets = {unit: place for place, unit in enumerate(sorted(set(wires.strands.columns)))}
    for place, value in enumerate(wires.values.tolist()):
        x1, y1, x2, y2 = wires.strands.lines[place].tolist()
        step = targets[int(wires.strands.columns[place])]
        share = 0.24 + 0.52 * (step % 4) / 3 if len(targets) > 1 else 0.42
        x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
        turn = math.degrees(math.atan2(y2 - y1, x2 - x1))
        color = ZERO if value == 0 else NEGATIVE if value < 0 else POSITIVE
        svg.text(x, y + 4, short(value), 12, turn=turn, halo=GROUND, fill=color)


def draw_ties(svg: Svg, anatomy: Anatomy, layout: Layout) -> None:
    """Draw neurons that are sent on without a weight, such as into Add."""
    ends = [line for tie in anatomy.ties for line in _tie(tie, layout)]
    if ends:
        svg.lines(np.array(ends), stroke=ZERO, stroke_width=THINNEST, fill="none")


def _tie(tie: Tie, layout: Layout) -> list[tuple[float, float, float, float]]:
    source, target = layout.places[tie.run.group], layout.places[tie.target]
    found = []
    for reached, unit in enumerate(tie.run.units.tolist()):
        start, end = source.centre(unit), target.centre(reached)
        if start is not None and end is not None:
            found.append((start[0] + source.radius, start[1], end[0] - target.radius, end[1]))
    return found
