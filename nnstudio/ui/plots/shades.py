"""Colours of a decision map: the class decides the hue, the certainty how strong it is."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnstudio.ui.theme import Theme, diverging_map

Array = NDArray[Any]
SIDE = 192
"""Side of the picture in pixels: the network is asked on a coarser grid and drawn smoothly."""
STRENGTH = 0.8
"""How much of a class colour the surest place gets, so that points of that class stay visible."""
EDGE = 0.55


def shade(values: Array, classes: int, limit: float, theme: Theme) -> Array:
    """Return the picture (SIDE, SIDE, 3) uint8 of outputs (R, R, units) over a plane.

    One unit of two classes is a probability; several units are scores of `classes` classes; without
    classes the first unit is a number on a scale held at ±`limit`. The border between classes is
    drawn as a line, so that it is seen without colours too.
    """
    fine = refined(np.nan_to_num(np.asarray(values, np.float64)))
    if not classes:
        share = np.clip(0.5 + 0.5 * fine[..., 0] / (limit or 1.0), 0.0, 1.0)
        return np.asarray(diverging_map(theme)[(share * 255).round().astype(np.intp)])
    if fine.shape[2] == 1:
        low = float(np.asarray(values).min(initial=0.0))
        share = fine[..., 0] if low >= 0 else 0.5 + 0.5 * fine[..., 0]
        share = np.clip(share, 0.0, 1.0)
        labels = (share >= 0.5).astype(np.intp)
        certain = np.abs(2 * share - 1)
    else:
        labels = fine.argmax(axis=2)
        best = np.clip(fine.max(axis=2), 0.0, 1.0)
        certain = np.clip((best - 1 / classes) / (1 - 1 / classes), 0.0, 1.0)
    picture = _tinted(labels, certain, theme)
    return _with_borders(picture, labels, theme)


def refined(values: Array, side: int = SIDE) -> Array:
    """Return values (R, R, units) between cell centres, linearly: (side, side, units)."""
    mix = _mix(len(values), side)
    return np.asarray(np.einsum("ir,rcu,jc->iju", mix, values, mix, optimize=True))


def class_color(theme: Theme, place: int) -> str:
    """Return the colour of class number `place`; they repeat after the last."""
    return theme.classes[place % len(theme.classes)]


def marker(theme: Theme, place: int) -> str:
    """Return the shape of class number `place` (pyqtgraph's symbol)."""
    return theme.markers[place % len(theme.markers)]


@cache
def _mix(coarse: int, fine: int) -> Array:
    """Return the matrix (fine, coarse) that interpolates between centres; ends are held."""
    places = np.clip((np.arange(fine) + 0.5) * coarse / fine - 0.5, 0, coarse - 1)
    low = np.minimum(places.astype(np.intp), max(coarse - 2, 0))
    share = places - low
    mix = np.zeros((fine, coarse))
    mix[np.arange(fine), low] = 1 - share
    mix[np.arange(fine), np.minimum(low + 1, coarse - 1)] += share
    return mix


def _tinted(labels: Array, certain: Array, theme: Theme) -> Array:
    ground = _rgb(theme.panel)
    inks = np.array([_rgb(color) for color in theme.classes])
    share = (0.12 + (STRENGTH - 0.12) * certain)[..., None]
    return np.asarray(ground + share * (inks[labels % len(inks)] - ground))


def _with_borders(picture: Array, labels: Array, theme: Theme) -> Array:
    edge = np.zeros(labels.shape, bool)
    edge[:, 1:] |= labels[:, 1:] != labels[:, :-1]
    edge[1:] |= labels[1:] != labels[:-1]
    picture[edge] += EDGE * (_rgb(theme.text) - picture[edge])
    return np.asarray(picture.round(), np.uint8)


def _rgb(name: str) -> Array:
    color = QColor(name)
    return np.array([color.red(), color.green(), color.blue()], np.float64)
