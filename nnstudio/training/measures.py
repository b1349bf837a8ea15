"""Numbers about units and gradients that histograms, health badges and advice are made from."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.graph import Graph
from nnstudio.training.facts import activation_of
from nnstudio.training.snapshot import GradientStatistics, Statistics, sealed

Array = NDArray[Any]
BINS = 40
FLAT_ENDS = {"sigmoid": (0.02, 0.98), "tanh": (-0.96, 0.96), "softmax": (0.005, 0.995)}
"""Outputs beyond these are called saturated: the slope is below a tenth of its largest value."""


def gradient_statistics(gradients: Mapping[str, Array]) -> dict[str, GradientStatistics]:
    """Return size and histogram of each array's gradient."""
    return {name: _gradient(np.asarray(array, np.float64)) for name, array in gradients.items()}


def _gradient(values: Array) -> GradientStatistics:
    finite = values[np.isfinite(values)]
    largest = float(np.abs(finite).max(initial=0.0))
    limit = largest or 1.0
    counts, edges = np.histogram(finite, bins=BINS, range=(-limit, limit))
    return GradientStatistics(
        rms=float(np.sqrt(np.mean(values * values))) if values.size else 0.0,
        mean=float(values.mean()) if values.size else 0.0,
        largest=largest if finite.size == values.size else float("inf"),
        counts=sealed(counts),
        edges=sealed(edges),
    )


def unit_statistics(graph: Graph, signals: Mapping[str, Array]) -> dict[str, Statistics]:
    """Return how the units of each layer answer; `signals` are (N, *shape) by node."""
    return {
        node: _units(values.reshape(len(values), -1), activation_of(graph, node))
        for node, values in signals.items()
        if node in graph and values.size
    }


def _units(values: Array, activation: str | None) -> Statistics:
    dead: tuple[int, ...] = ()
    if activation is not None:
        dead = tuple(np.flatnonzero((values == 0).all(axis=0)).tolist())
    saturated = 0.0
    if activation in FLAT_ENDS:
        low, high = FLAT_ENDS[activation]
        saturated = float(np.mean((values < low) | (values > high)))
    return Statistics(
        mean=float(values.mean()),
        deviation=float(values.std()),
        smallest=float(values.min()),
        largest=float(values.max()),
        dead=dead,
        saturated=saturated,
    )
