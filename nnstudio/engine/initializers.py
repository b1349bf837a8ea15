"""Initialisers: the random start of every array, the same for one seed and name."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nnstudio.engine.graph import Graph
from nnstudio.engine.layer import Shape
from nnstudio.engine.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP

Array = NDArray[Any]
Draw = Callable[[np.random.Generator, Shape, int, int], Array]


@dataclass(frozen=True)
class Initializer:
    """One way to draw starting values: `draw(generator, shape, fan_in, fan_out)` in float64."""

    id: str
    label: str
    help: str
    draw: Draw = field(compare=False)
    hidden: bool = False


def _uniform(limit: Callable[[int, int], float]) -> Draw:
    def draw(generator: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        bound = limit(fan_in, fan_out)
        return generator.uniform(-bound, bound, shape)

    return draw


def _normal(deviation: Callable[[int, int], float]) -> Draw:
    def draw(generator: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        return generator.normal(0.0, deviation(fan_in, fan_out), shape)

    return draw


INITIALIZERS: Table[Initializer] = Table(
    "initializer",
    Initializer(
        "glorot_uniform",
        QT_TRANSLATE_NOOP("Initializer", "Glorot uniform"),
        QT_TRANSLATE_NOOP("Initializer", "Even spread, ±√(6/(in + out)); for sigmoid and tanh."),
        _uniform(lambda fan_in, fan_out: math.sqrt(6.0 / (fan_in + fan_out))),
    ),
    Initializer(
        "glorot_normal",
        QT_TRANSLATE_NOOP("Initializer", "Glorot normal"),
        QT_TRANSLATE_NOOP("Initializer", "Bell curve of deviation √(2/(in + out))."),
        _normal(lambda fan_in, fan_out: math.sqrt(2.0 / (fan_in + fan_out))),
    ),
    Initializer(
        "he_uniform",
        QT_TRANSLATE_NOOP("Initializer", "He uniform"),
        QT_TRANSLATE_NOOP("Initializer", "Even spread, ±√(6/in); for ReLU."),
        _uniform(lambda fan_in, fan_out: math.sqrt(6.0 / fan_in)),
    ),
    Initializer(
        "he_normal",
        QT_TRANSLATE_NOOP("Initializer", "He normal"),
        QT_TRANSLATE_NOOP("Initializer", "Bell curve of deviation √(2/in); for ReLU."),
        _normal(lambda fan_in, fan_out: math.sqrt(2.0 / fan_in)),
    ),
    Initializer(
        "lecun_uniform",
        QT_TRANSLATE_NOOP("Initializer", "LeCun uniform"),
        QT_TRANSLATE_NOOP("Initializer", "Even spread, ±√(3/in)."),
        _uniform(lambda fan_in, fan_out: math.sqrt(3.0 / fan_in)),
    ),
    Initializer(
        "lecun_normal",
        QT_TRANSLATE_NOOP("Initializer", "LeCun normal"),
        QT_TRANSLATE_NOOP("Initializer", "Bell curve of deviation √(1/in)."),
        _normal(lambda fan_in, fan_out: math.sqrt(1.0 / fan_in)),
    ),
    Initializer(
        "uniform",
        QT_TRANSLATE_NOOP("Initializer", "Uniform"),
        QT_TRANSLATE_NOOP("Initializer", "Even spread between −1 and 1."),
        _uniform(lambda fan_in, fan_out: 1.0),
    ),
    Initializer(
        "normal",
        QT_TRANSLATE_NOOP("Initializer", "Normal"),
        QT_TRANSLATE_NOOP("Initializer", "Bell curve of deviation 1."),
        _normal(lambda fan_in, fan_out: 1.0),
    ),
    Initializer(
        "zeros",
        QT_TRANSLATE_NOOP("Initializer", "Zeros"),
        QT_TRANSLATE_NOOP("Initializer", "All 0: neurons of a hidden layer then stay equal."),
        lambda generator, shape, fan_in, fan_out: np.zeros(shape),
    ),
    Initializer(
        "ones",
        QT_TRANSLATE_NOOP("Initializer", "Ones"),
        QT_TRANSLATE_NOOP("Initializer", "All 1."),
        lambda generator, shape, fan_in, fan_out: np.ones(shape),
        hidden=True,
    ),
)


def choices() -> tuple[tuple[str, str], ...]:
    """Return (id, English label) of the initialisers a user can pick."""
    return tuple((entry.id, entry.label) for entry in INITIALIZERS if not entry.hidden)


def initial_weights(graph: Graph, seed: int, dtype: DTypeLike = np.float64) -> dict[str, Array]:
    """Return a starting value for every array of the graph, by full name.

    Each array has its own generator, from (seed, name): adding a layer changes no other array.
    """
    found: dict[str, Array] = {}
    for name, weight in graph.weights.items():
        generator = np.random.default_rng([seed, crc32(name.encode())])
        values = INITIALIZERS[weight.init].draw(generator, weight.shape, *weight.fans)
        found[name] = np.ascontiguousarray(values, dtype=dtype)
    return found
