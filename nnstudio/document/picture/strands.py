"""The lines of one link in NumPy: where they run, which are drawn, how they are hit (no Qt)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.picture.anatomy import Link
from nnstudio.document.picture.layout import Layout

ALL_DRAWN = 600
TOP_DRAWN = 800
MOST_LINES = 5000
LEVELS = 8

Indices = NDArray[np.intp]
Values = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Strands:
    """Connections between shown neurons: `rows`, `columns` in the matrix, `lines` (n, 4)."""

    rows: Indices
    columns: Indices
    lines: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.rows)

    def near(self, x: float, y: float, among: Indices | None = None) -> tuple[int, float]:
        """Return the line nearest to a point, and its distance; (-1, inf) when there is none."""
        lines = self.lines if among is None else self.lines[among]
        if not len(lines):
            return -1, float("inf")
        start, along = lines[:, :2], lines[:, 2:] - lines[:, :2]
        length = np.maximum((along**2).sum(axis=1), 1e-9)
        share = np.clip((((x, y) - start) * along).sum(axis=1) / length, 0, 1)
        away = np.hypot(*(start + share[:, None] * along - (x, y)).T)
        best = int(away.argmin())
        return int(best if among is None else among[best]), float(away[best])

    def crossed(self, a: tuple[float, float], b: tuple[float, float]) -> Indices:
        """Return the lines that the cut from `a` to `b` crosses."""
        p, r = self.lines[:, :2], self.lines[:, 2:] - self.lines[:, :2]
        s = np.subtract(b, a)
        across = r[:, 0] * s[1] - r[:, 1] * s[0]
        safe = np.where(across == 0, np.inf, across)
        gap = np.asarray(a) - p
        t = (gap[:, 0] * s[1] - gap[:, 1] * s[0]) / safe
        u = (gap[:, 0] * r[:, 1] - gap[:, 1] * r[:, 0]) / safe
        hit = (t >= 0) & (t <= 1) & (u >= 0) & (u <= 1) & (across != 0)
        return np.flatnonzero(hit)

    def find(self, row: int, column: int) -> int | None:
        """Return the line of an entry of the matrix; None when it isn't among the shown."""
        found = np.flatnonzero((self.rows == row) & (self.columns == column))
        return int(found[0]) if len(found) else None


def strands_of(link: Link, layout: Layout) -> Strands:
    """Return the lines of a link between the neurons that are shown, from rim to rim."""
    target = layout.places[link.target]
    rows, starts = [], []
    for first, run in zip(link.starts, link.runs, strict=True):
        place = layout.places[run.group]
        at = np.full(int(place.shown.max(initial=0)) + 1, -1)
        at[place.shown] = np.arange(len(place.shown))
        inside = run.units < len(at)
        seen = np.flatnonzero(inside)[at[run.units[inside]] >= 0]
        rows.append(first + seen)
        starts.append(
            np.column_stack([place.centres[at[run.units[seen]]], np.full(len(seen), place.radius)])
        )
    row, start = np.concatenate(rows), np.concatenate(starts)
    count, units = len(row), len(target.shown)
    left = np.repeat(start, units, axis=0)
    right = np.tile(target.centres, (count, 1))
    lines = _trimmed(left[:, :2], right, left[:, 2], target.radius)
    return Strands(np.repeat(row, units), np.tile(target.shown, count), lines)


def _trimmed(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    first: NDArray[np.float64],
    last: float,
) -> NDArray[np.float64]:
    """Shorten lines by the radius of the neurons at their ends."""
    along = end - start
    unit = along / np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    return np.hstack([start + unit * first[:, None], end - unit * last])


def drawn(values: Values, columns: Indices) -> Indices:
    """Return which lines are drawn, weakest first.

    All up to ALL_DRAWN; then the strongest of each target neuron, about TOP_DRAWN in all; none
    beyond MOST_LINES (the density image or the tiles stand for them).
    """
    strength = np.abs(values)
    if len(values) <= ALL_DRAWN:
        return np.argsort(strength, kind="stable")
    if len(values) > MOST_LINES:
        return np.zeros(0, np.intp)
    targets = np.unique(columns)
    each = max(TOP_DRAWN // max(len(targets), 1), 1)
    order = np.lexsort((-strength, columns))
    first = np.searchsorted(columns[order], targets)
    rank = np.arange(len(order)) - first[np.searchsorted(targets, columns[order])]
    kept = order[rank < each]
    return kept[np.argsort(strength[kept], kind="stable")]


def levels(values: Values, limit: float, most: float = 2.0) -> NDArray[np.intp]:
    """Return a signed width level for each value: 0 = zero, ±1…±(LEVELS·most) by √(|v|/limit).

    Values beyond `limit` get levels above LEVELS (lines thicken while the scale is held).
    """
    share = np.sqrt(np.abs(values) / limit) if limit > 0 else np.zeros(len(values))
    steps = np.clip(np.ceil(share * LEVELS), 1, round(LEVELS * most)).astype(np.intp)
    return np.where(values == 0, 0, np.where(values < 0, -steps, steps))


def density(
    strands: Strands,
    values: Values,
    box: tuple[float, float, float, float],
    size: tuple[int, int],
) -> NDArray[np.float64]:
    """Return how much weight passes each pixel of `box`: (height, width, 2) for minus and plus.

    Every line is sampled once per pixel column; a bincount adds |value|.
    """
    width, height = size
    left, top, right, bottom = box
    x1, y1, x2, y2 = strands.lines.T.astype(np.float32)
    xs = (left + (np.arange(width) + 0.5) / width * (right - left)).astype(np.float32)
    slope = (y2 - y1) / np.where(x2 == x1, np.inf, x2 - x1)
    net, total = np.zeros(height * width), np.zeros(height * width)
    block = max(1, 400_000 // width)
    for start in range(0, len(values), block):
        part = slice(start, start + block)
        ys = y1[part, None] + (xs - x1[part, None]) * slope[part, None]
        cell = ((ys - top) * (height / (bottom - top))).astype(np.intp)
        seen = (xs >= x1[part, None]) & (xs <= x2[part, None]) & (cell >= 0) & (cell < height)
        place = (np.where(seen, cell, 0) * width + np.arange(width)).ravel()
        weight = (values[part, None] * seen).ravel()
        net += np.bincount(place, weight, height * width)
        total += np.bincount(place, np.abs(weight), height * width)
    both = np.stack([total - net, total + net], axis=1) / 2
    return both.reshape(height, width, 2)
