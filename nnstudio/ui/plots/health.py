"""Gradients per layer and the word that says how well they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.names import layer_name
from nnstudio.document.project import Project
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.training.snapshot import GradientStatistics

VANISHING = 1e-3
"""A layer whose gradient is below this share of the largest layer's hardly learns beside it."""
EXPLODING = 10.0
RESTING = 1e-7

WORDS = {
    "healthy": QT_TRANSLATE_NOOP("Plot", "healthy"),
    "vanishing": QT_TRANSLATE_NOOP("Plot", "vanishing"),
    "exploding": QT_TRANSLATE_NOOP("Plot", "exploding"),
    "resting": QT_TRANSLATE_NOOP("Plot", "at rest"),
}
REASONS = {
    "healthy": QT_TRANSLATE_NOOP("Plot", "Large enough to learn, small enough to stay calm."),
    "vanishing": QT_TRANSLATE_NOOP(
        "Plot", "Less than a thousandth of the largest layer's: this layer hardly learns."
    ),
    "exploding": QT_TRANSLATE_NOOP("Plot", "So large that the weights jump instead of settling."),
    "resting": QT_TRANSLATE_NOOP("Plot", "Nearly 0 everywhere: there is nothing left to learn."),
}


@dataclass(frozen=True, eq=False)
class LayerGradient:
    """One layer: rms over all its numbers, the word for it, histogram of its largest array."""

    node: str
    title: str
    rms: float
    word: str
    counts: NDArray[Any]
    edges: NDArray[Any]


def layer_gradients(
    project: Project, gradients: Mapping[str, GradientStatistics]
) -> tuple[LayerGradient, ...]:
    """Return the layers in the order of the network.

    A layer's rms joins its arrays: √(Σ size·rms² / Σ size).
    """
    weights = project.graph.weights
    by_node: dict[str, list[tuple[int, GradientStatistics]]] = {}
    for name, found in gradients.items():
        if name in weights:
            node = name.partition("/")[0]
            by_node.setdefault(node, []).append((prod(weights[name].shape), found))
    rms = {node: _joined(arrays) for node, arrays in by_node.items()}
    largest = max((value for value in rms.values() if np.isfinite(value)), default=0.0)
    layers = []
    for node in project.graph.order:
        if node in by_node:
            _, main = max(by_node[node], key=lambda pair: pair[0])
            title = layer_name(project.graph, node)
            word = health(rms[node], largest)
            layers.append(LayerGradient(node, title, rms[node], word, main.counts, main.edges))
    return tuple(layers)


def health(rms: float, largest: float) -> str:
    """Return the key of WORDS for a layer's rms beside the largest of all layers."""
    if not np.isfinite(rms) or rms > EXPLODING:
        return "exploding"
    if largest < RESTING:
        return "resting"
    return "vanishing" if rms < VANISHING * largest else "healthy"


def _joined(arrays: list[tuple[int, GradientStatistics]]) -> float:
    if not all(np.isfinite(found.rms) for _, found in arrays):
        return float("inf")
    return sqrt(sum(n * found.rms**2 for n, found in arrays) / sum(n for n, _ in arrays))
