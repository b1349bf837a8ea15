"""Where neurons stand: columns in graph order, in scene units (no Qt)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import hypot

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.picture.anatomy import Anatomy, Group

MOST_SHOWN = 48
SAMPLE = 16
TILE_SAMPLE = 8
TILE = 66.0
HEADER = 90.0
NARROWEST, WIDEST = 170.0, 620.0
STACK_GAP = 70.0
ASPECT = 1.9
"""Width to height the neurons fill until the window's shape is known."""

# up to this many neurons in a column: (pitch, radius)
_SIZES = (
    (4, 100.0, 26.0),
    (6, 88.0, 24.0),
    (10, 74.0, 20.0),
    (16, 52.0, 17.0),
    (32, 36.0, 13.0),
    (48, 27.0, 9.5),
)
_PICTURE = 300.0

Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Place:
    """Where the neurons of one group are drawn.

    `shown` are the neurons of the sample, `centres` (n, 2) their places. A picture input has
    its pixels as neurons of side `pitch` inside a frame; `tiles` says that each neuron has a
    picture of its weights at its left.
    """

    shown: NDArray[np.intp]
    centres: Points
    pitch: float
    radius: float
    hidden: int = 0
    picture: bool = False
    tiles: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom around the neurons (without names and biases)."""
        reach = self.pitch / 2 if self.picture else self.radius
        low, high = self.centres.min(axis=0) - reach, self.centres.max(axis=0) + reach
        left = low[0] - (TILE + 14 if self.tiles else 0)
        return float(left), float(low[1]), float(high[0]), float(high[1])

    def position(self, unit: int) -> int | None:
        """Return where a neuron stands in `shown`; None when it isn't in the sample."""
        found = np.flatnonzero(self.shown == unit)
        return int(found[0]) if len(found) else None

    def centre(self, unit: int) -> tuple[float, float] | None:
        """Return the place of a neuron; None when it isn't in the sample."""
        at = self.position(unit)
        return None if at is None else (float(self.centres[at, 0]), float(self.centres[at, 1]))


@dataclass(frozen=True, eq=False)
class Layout:
    """Places by group, the top of each column's header, and the box around everything."""

    places: Mapping[str, Place] = field(default_factory=dict)
    headers: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    spacing: float = NARROWEST
    box: tuple[float, float, float, float] = (-200.0, -120.0, 200.0, 120.0)

    def neuron_at(self, x: float, y: float) -> tuple[str, int] | None:
        """Return the neuron under a point."""
        for id, place in self.places.items():
            reach = place.pitch / 2 if place.picture else place.radius + 3
            away = np.abs(place.centres - (x, y))
            near = away.max(axis=1) if place.picture else np.hypot(*away.T)
            best = int(near.argmin())
            if near[best] <= reach:
                return id, int(place.shown[best])
        return None

    def group_near(self, x: float, y: float) -> str | None:
        """Return the group whose box a point is in (with some air)."""
        for id, place in self.places.items():
            left, top, right, bottom = place.box
            if left - 20 <= x <= right + 20 and top - 20 <= y <= bottom + 20:
                return id
        return None


def lay_out(
    anatomy: Anatomy, pages: Mapping[str, int] | None = None, aspect: float = ASPECT
) -> Layout:
    """Return the places of all neurons, about `aspect` times as wide as high.

    `pages` says which sample of a large layer is shown.
    """
    pages = pages or {}
    columns = anatomy.columns
    if not columns:
        return Layout()
    tiled = {
        link.target
        for link in anatomy.links
        if len(link.runs) == 1 and _is_tiled(anatomy, link.runs[0].group, link.target)
    }
    made = {
        id: _Column(group, id in tiled, pages.get(id, 0)) for id, group in anatomy.groups.items()
    }
    heights = [
        sum(made[id].height for id in ids) + (STACK_GAP + HEADER) * (len(ids) - 1)
        for ids in columns
    ]
    tallest = max(heights)
    widths = [max(made[id].width for id in ids) for ids in columns]
    spacing = _spacing(len(columns), tallest, sum(widths), aspect)
    places: dict[str, Place] = {}
    headers: dict[str, tuple[float, float]] = {}
    x = 0.0
    for ids, height, width in zip(columns, heights, widths, strict=True):
        y = (tallest - height) / 2
        for order, id in enumerate(ids):
            places[id] = made[id].place(x + width / 2, y)
            headers[id] = (x + width / 2, 0.0 if order == 0 else y)
            y += made[id].height + STACK_GAP + HEADER
        x += width + spacing
    return Layout(places, headers, spacing, _around(places.values()))


def _is_tiled(anatomy: Anatomy, source: str, target: str) -> bool:
    return anatomy.groups[source].grid is not None


def _spacing(columns: int, height: float, widths: float, aspect: float) -> float:
    """Return the air between columns that gives the whole about the shape of the window."""
    if columns < 2:
        return NARROWEST
    wished = (aspect * height - widths) / (columns - 1)
    return float(min(max(wished, NARROWEST), WIDEST))


def _around(places: Iterable[Place]) -> tuple[float, float, float, float]:
    boxes = np.array([place.box for place in places])
    left, top = boxes[:, 0].min(), boxes[:, 1].min()
    right, bottom = boxes[:, 2].max(), boxes[:, 3].max()
    return float(left), float(min(top, 0)), float(right), float(bottom)


class _Column:
    """The size of one group before it is placed."""

    def __init__(self, group: Group, tiled: bool, page: int) -> None:
        self.tiles = tiled
        self.grid = group.grid
        if group.grid is not None:
            rows, columns = group.grid
            self.pitch = _PICTURE / max(rows, columns)
            self.shown = np.arange(group.size)
            self.radius = self.pitch / 2
            self.width, self.height = columns * self.pitch, rows * self.pitch
            self.hidden = 0
            return
        sample = TILE_SAMPLE if tiled else SAMPLE
        most = TILE_SAMPLE + 4 if tiled else MOST_SHOWN
        count = group.size if group.size <= most else sample
        start = (page * count) % group.size if count < group.size else 0
        start = min(start, group.size - count)
        self.shown = np.arange(start, start + count)
        self.hidden = group.size - count
        _, self.pitch, self.radius = next(size for size in _SIZES if count <= size[0])
        if tiled:
            self.pitch = TILE + 20
        self.width = 2 * self.radius + (TILE + 14 if tiled else 0)
        self.height = (count - 1) * self.pitch + 2 * self.radius

    def place(self, x: float, top: float) -> Place:
        """Return the group's place with its middle at `x` and its top at `top`."""
        if self.grid is not None:
            _, columns = self.grid
            row, column = np.divmod(self.shown, columns)
            left = x - self.width / 2
            centres = np.stack(
                [left + (column + 0.5) * self.pitch, top + (row + 0.5) * self.pitch], 1
            )
            return Place(self.shown, centres, self.pitch, self.radius, picture=True)
        right = x + self.width / 2 - self.radius
        ys = top + self.radius + np.arange(len(self.shown)) * self.pitch
        centres = np.stack([np.full(len(ys), right), ys], 1)
        return Place(self.shown, centres, self.pitch, self.radius, self.hidden, tiles=self.tiles)


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two points."""
    return hypot(a[0] - b[0], a[1] - b[1])
