"""Long curves made drawable: a pale band of what happened, and a calm line through it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
BINS = 300
CALM = 0.03
"""Share of the bins that the smoothing window reaches to either side."""


def measured(x: Array, y: Array) -> tuple[Array, Array]:
    """Return the points whose y was measured (no NaN, no infinity)."""
    known = np.isfinite(y)
    return (x, y) if known.all() else (x[known], y[known])


def bin_size(count: int, bins: int = BINS) -> int:
    """Return how many values share a bin: a power of two, so that a growing curve stays steady."""
    size = 1
    while count > bins * size:
        size *= 2
    return size


def envelope(x: Array, y: Array, bins: int = BINS) -> tuple[Array, Array]:
    """Return a zigzag between the smallest and largest value of each bin: 2 points per bin.

    Up to `bins` values are returned as they are.
    """
    size = bin_size(len(x), bins)
    if size == 1:
        return x, y
    starts = np.arange(0, len(x), size)
    low, high = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    middle = _middles(x, starts, size)
    return np.repeat(middle, 2), np.stack([low, high], axis=1).ravel()


def means(x: Array, y: Array, bins: int = BINS) -> tuple[Array, Array]:
    """Return the mean of each bin; the first and last value stay exact, as the line's ends."""
    size = bin_size(len(x), bins)
    if size == 1:
        return x, y
    starts = np.arange(0, len(x), size)
    counts = np.diff(np.append(starts, len(x)))
    averages = np.add.reduceat(y, starts) / counts
    places = _middles(x, starts, size)
    return (
        np.concatenate([x[:1], places, x[-1:]]),
        np.concatenate([y[:1], averages, y[-1:]]),
    )


def smoothed(y: Array) -> Array:
    """Return y averaged over a window around each value (Hann weights), shorter at the ends."""
    reach = int(len(y) * CALM)
    if reach < 1:
        return y
    window = np.hanning(2 * reach + 3)[1:-1]
    weight = np.convolve(np.ones(len(y)), window, mode="same")
    return np.asarray(np.convolve(y, window, mode="same") / weight)


def _middles(x: Array, starts: Array, size: int) -> Array:
    ends = np.minimum(starts + size - 1, len(x) - 1)
    return np.asarray((x[starts] + x[ends]) / 2)
