"""Playground: plain functions of a few numbers, minimised by the real optimisers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.optimizers import Optimizer
from nnstudio.engine.plans.code import Code
from nnstudio.engine.plans.update import Update
from nnstudio.engine.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Landscape:
    """A function of as many numbers as `start` has, a good place to begin, with its gradient."""

    id: str
    label: str
    help: str
    value: Callable[[Array], float] = field(compare=False)
    gradient: Callable[[Array], Array] = field(compare=False)
    start: tuple[float, ...]


LANDSCAPES: Table[Landscape] = Table(
    "landscape",
    Landscape(
        "bowl",
        QT_TRANSLATE_NOOP("Landscape", "Bowl"),
        QT_TRANSLATE_NOOP("Landscape", "(w − 3)²: one valley."),
        lambda w: float((w[0] - 3.0) ** 2),
        lambda w: 2.0 * (w - 3.0),
        (0.0,),
    ),
    Landscape(
        "two_valleys",
        QT_TRANSLATE_NOOP("Landscape", "Two valleys"),
        QT_TRANSLATE_NOOP("Landscape", "w⁴ − 3w² + w: a local and a global minimum."),
        lambda w: float(w[0] ** 4 - 3.0 * w[0] ** 2 + w[0]),
        lambda w: 4.0 * w**3 - 6.0 * w + 1.0,
        (2.0,),
    ),
    Landscape(
        "long_valley",
        QT_TRANSLATE_NOOP("Landscape", "Long valley"),
        QT_TRANSLATE_NOOP("Landscape", "(w₁² + 25w₂²)/2: steep one way, flat the other."),
        lambda w: float((w[0] ** 2 + 25.0 * w[1] ** 2) / 2.0),
        lambda w: w * np.array([1.0, 25.0]),
        (5.0, 2.0),
    ),
)


def descend(
    gradient: Callable[[Array], Array], start: Sequence[float], optimizer: Optimizer, steps: int
) -> Array:
    """Return the path (steps + 1, dimensions) of an optimiser down a function's `gradient`.

    It stops early, with a shorter path, once a value is no longer finite.
    """
    place = np.array(start, dtype=np.float64)
    slope = np.zeros_like(place)
    slots = {name: np.zeros_like(place) for name in optimizer.slots}
    update = Update(optimizer, place, slope, slots)
    code = Code(place.dtype)
    update.write(code)
    step: Any = code.function(code.source())
    path = [place.copy()]
    with np.errstate(all="ignore"):
        for done in range(steps):
            slope[...] = gradient(place)
            step([()], update.rates(optimizer.learning_rate, done, 1))
            path.append(place.copy())
            if not np.isfinite(place).all():
                break
    return np.array(path)
