"""Draws the neurons of one layer: circles or pixels, names, biases, pictures of their weights."""

from collections.abc import Mapping
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.picture.anatomy import Group, Link
from nnstudio.document.picture.layout import TILE, Place
from nnstudio.exchange.svg.look import (
    BORDER,
    GROUND,
    MUTED,
    NEGATIVE,
    POSITIVE,
    RIMS,
    SHADES,
    TEXT,
    ZERO,
    mixed,
)
from nnstudio.exchange.svg.writer import Svg, text_width
from nnstudio.i18n import translate
from nnstudio.numbers import short

BIAS_PITCH = 50.0
"""Neurons at least this far apart have their bias written under them."""

Array = NDArray[np.float64]


def draw_header(svg: Svg, group: Group, place: Place, title: str, function: str) -> None:
    """Write the layer's name, its function and how many neurons it has, above it."""
    x, top = _middle(place), place.box[1]
    if place.tiles:
        top = min(top, float(place.centres[0, 1]) - TILE / 2)
    below = f"{group.size:,} · {function}" if function else f"{group.size:,}"
    svg.text(x, top - 38, title, 15, fill=TEXT, font_weight="600")
    svg.text(x, top - 19, below, 13, fill=MUTED)


def draw_pixels(svg: Svg, group: Group, place: Place) -> None:
    """Draw the frame of a picture input and its pixels."""
    half = place.pitch / 2
    corners = place.centres - half
    look = {"fill": GROUND, "stroke": BORDER, "stroke_width": 0.8}
    svg.cells(corners, place.pitch, place.pitch, **look)
    left, top, right, bottom = place.box
    rim = {"fill": "none", "stroke": RIMS[group.kind], "stroke_width": 1.6}
    svg.rectangle(left, top, right - left, bottom - top, **rim)


def draw_neurons(
    svg: Svg, group: Group, place: Place, names: tuple[str, ...], bias: Array | None
) -> None:
    """Draw circles, names and biases of the shown neurons."""
    rim = RIMS["output" if group.outputs else group.kind]
    svg.open(fill=GROUND, stroke=rim, stroke_width=2.2 if place.radius > 12 else 1.4)
    for x, y in place.centres.tolist():
        svg.circle(x, y, place.radius)
    svg.close()
    _write_names(svg, group, place, [names[unit] for unit in place.shown.tolist()])
    if bias is not None:
        for unit, (x, y) in zip(place.shown.tolist(), place.centres.tolist(), strict=True):
            _draw_bias(svg, place, float(bias[group.bias_index(unit)]), x, y)
    if place.hidden:
        _write_rest(svg, place)


def _write_names(svg: Svg, group: Group, place: Place, names: list[str]) -> None:
    """Write names into the neurons where all fit, else beside those of inputs and outputs."""
    size = min(15.0, max(place.radius * 0.75, 8.0))
    inside = all(text_width(name, size) <= 1.7 * place.radius for name in names)
    away = place.radius + 8
    for name, (x, y) in zip(names, place.centres.tolist(), strict=True):
        below = y + size * 0.35
        if inside:
            svg.text(x, below, name, size, fill=TEXT)
        elif group.kind == "input":
            svg.text(x - away, below, name, size, "end", halo=GROUND, fill=TEXT)
        elif group.outputs:
            svg.text(x + away, below, name, size, "start", halo=GROUND, fill=TEXT)


def _draw_bias(svg: Svg, place: Place, value: float, x: float, y: float) -> None:
    """Write a bias under its neuron; where there is no room, a dot shows sign and size."""
    color = ZERO if value == 0 else NEGATIVE if value < 0 else POSITIVE
    if place.pitch >= BIAS_PITCH:
        below = y + place.radius + 14
        svg.text(x, below, f"b {short(value)}", 11, halo=GROUND, fill=color)
    else:
        size = abs(value) ** 0.5 if isfinite(value) else 1.5
        radius = 1.2 + 1.6 * min(size, 1.5)
        svg.circle(x - 0.75 * place.radius, y - 0.75 * place.radius, radius, fill=color)


def _write_rest(svg: Svg, place: Place) -> None:
    text = translate("Picture", "… and {count} more").format(count=f"{place.hidden:,}")
    below = 34 if place.pitch >= BIAS_PITCH else 22
    svg.text(_middle(place), place.box[3] + below, text, 13, fill=MUTED)


def draw_tiles(
    svg: Svg, link: Link, place: Place, matrix: Array, grid: tuple[int, int], limit: float
) -> None:
    """Draw the weights of each shown neuron as a picture of the pixels they come from."""
    rows, columns = grid
    width, height = TILE / max(rows, columns), TILE / max(rows, columns)
    row, column = np.divmod(np.arange(rows * columns), columns)
    for unit, (x, y) in zip(place.shown.tolist(), place.centres.tolist(), strict=True):
        left = x - place.radius - 14 - columns * width
        top = y - rows * height / 2
        corners = np.stack([left + column * width, top + row * height], 1)
        for color, cells in _shades(matrix[:, unit], limit).items():
            svg.cells(corners[cells], width, height, fill=color)
        frame = {"fill": "none", "stroke": BORDER, "stroke_width": 1}
        svg.rectangle(left, top, columns * width, rows * height, **frame)


def _shades(values: Array, limit: float) -> Mapping[str, NDArray[np.intp]]:
    """Return the cells of each colour: white at 0, full at ±limit."""
    finite = np.nan_to_num(values, posinf=limit, neginf=-limit)
    share = np.clip(finite / limit, -1, 1) if limit > 0 else np.zeros(len(values))
    steps = np.round(share * SHADES).astype(int)
    return {
        mixed(NEGATIVE if step < 0 else POSITIVE, abs(step) / SHADES): np.flatnonzero(steps == step)
        for step in sorted(set(steps.tolist()))
        if step
    }


def _middle(place: Place) -> float:
    left, _, right, _ = place.box
    return (left + right) / 2
