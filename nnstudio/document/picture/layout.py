"""Where neurons stand: columns in graph order, in scene units (no Qt)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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


def lay_out(
    anatomy: Anatomy, pages: Mapping[str, int] | None = None, aspect: float = ASPECT
) -> Layout:
    """Return the places of all neurons, about `aspect` times as wide as high.

    `pages` says which sample of a large layer is shown. A layer that connections pass by stands
    below them.
    """
    pages = pages or {}
    columns = anatomy.columns
    if not columns:
        return Layout()
    tiled = {
        link.target
        for link in anatomy.links
        if len(link.runs) == 1 and anatomy.groups[link.runs[0].group].grid is not None
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
    bands = _passing(anatomy, made)
    lowest = max(
        (tallest + band) / 2 + STACK_GAP + height if band else tallest
        for band, height in zip(bands, heights, strict=True)
    )
    spacing = _spacing(len(columns), lowest, sum(widths), aspect)
    places: dict[str, Place] = {}
    headers: dict[str, tuple[float, float]] = {}
    x = 0.0
    for ids, height, width, band in zip(columns, heights, widths, bands, strict=True):
        y = (tallest + band) / 2 + STACK_GAP if band else (tallest - height) / 2
        for order, id in enumerate(ids):
            places[id] = made[id].place(x + width / 2, y)
            headers[id] = (x + width / 2, y if order or band else 0.0)
            y += made[id].height + STACK_GAP + HEADER
        x += width + spacing
    return Layout(places, headers, spacing, _around(places.values()))


def _passing(anatomy: Anatomy, made: Mapping[str, "_Column"]) -> list[float]:
    """Return how high the band of lines is that passes by each column to a later one."""
    bands = [0.0] * len(anatomy.columns)
    runs = [(run, link.target) for link in anatomy.links for run in link.runs]
    for run, target in [*runs, *((tie.run, tie.target) for tie in anatomy.ties)]:
        first, last = anatomy.groups[run.group].depth, anatomy.groups[target].depth
        for depth in range(first + 1, last):
            share = (depth - first) / (last - first)
            height = made[run.group].height * (1 - share) + made[target].height * share
            bands[depth] = max(bands[depth], height)
    return bands


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
