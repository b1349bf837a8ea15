"""Losses: what a network is told to make small, as formulas for plans, plots and tests."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.formula import function
from nnstudio.engine.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP

Array = NDArray[Any]
Totals = Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Loss:
    """One loss. Arrays are feature-major: y, t and s have the shape (outputs, batch).

    `residual` computes what a step remembers, `s`, from the output `y` and the target `t`;
    `gradient` computes `g` = ∂loss/∂y from `s`, `t` and `y`; `scale` is set so that the formula's
    factor and the mean are in it. `totals(s, t)` are the sums over each step of
    (steps, outputs, batch), which divided as `mean` says ("elements", "examples" or "nothing")
    are the loss. With the activation `fused` before it a step remembers the logits instead, the
    gradient reaches the logits as (y − t)·scale, and the sums are `logit_totals(logits, t)`.
    """

    id: str
    label: str
    help: str
    residual: tuple[str, ...]
    gradient: tuple[str, ...]
    totals: Totals = field(compare=False)
    mean: str = "elements"
    factor: float = 1.0
    fused: str = ""
    logit_totals: Totals | None = field(default=None, compare=False)
    numbers: Mapping[str, float] = field(default_factory=dict)
    classes: bool = False
    signed: bool = False

    def divisor(self, examples: int, outputs: int) -> float:
        """Return what the sum of the parts is divided by."""
        return float({"elements": examples * outputs, "examples": examples}.get(self.mean, 1))

    def __call__(self, prediction: Any, target: Any) -> float:
        """Return the loss of predictions against targets, both (N, outputs), as one number."""
        y = np.asarray(prediction, dtype=np.float64)
        t = np.asarray(target, dtype=np.float64)
        y, t = y.reshape(len(y), -1).T, t.reshape(len(t), -1).T
        s = function(self.residual, "s")(y=y, t=t, **self.constants(np.float64))
        return float(self.totals(s[None], t[None])[0]) / self.divisor(y.shape[1], y.shape[0])

    def slope(self, prediction: Any, target: Any) -> Array:
        """Return ∂loss/∂prediction, in the shape of the predictions (N, outputs)."""
        shown = np.asarray(prediction, dtype=np.float64)
        y = shown.reshape(len(shown), -1).T
        t = np.asarray(target, dtype=np.float64).reshape(len(shown), -1).T
        numbers = self.constants(np.float64)
        s = function(self.residual, "s")(y=y, t=t, **numbers)
        scale = self.factor / self.divisor(y.shape[1], y.shape[0])
        found = function(self.gradient, "g")(s=s, y=y, t=t, scale=scale, **numbers)
        return np.ascontiguousarray(found.T).reshape(shown.shape)

    def constants(self, dtype: Any) -> dict[str, float]:
        """Return the numbers the formulas use; `tiny` keeps logarithms finite in `dtype`."""
        tiny = float(np.finfo(dtype).eps)
        return {**self.numbers, "tiny": tiny, "nearly_one": 1.0 - tiny}


def _sum(parts: Array) -> Array:
    """Return the sum of each step of (steps, outputs, batch), in float64."""
    return np.asarray(np.add.reduce(parts.reshape(len(parts), -1), 1, np.float64))


def _squares(s: Array, t: Array) -> Array:
    return _sum(s * s)


def _log(p: Array) -> Array:
    return np.asarray(np.log(np.maximum(p, np.finfo(p.dtype).tiny)))


def _binary(s: Array, t: Array) -> Array:
    return -_sum(t * _log(s) + (1.0 - t) * _log(1.0 - s))


def _binary_logits(s: Array, t: Array) -> Array:
    return _sum(np.logaddexp(s, np.zeros_like(s)) - t * s)


def _categorical(s: Array, t: Array) -> Array:
    return -_sum(t * _log(s))


def _categorical_logits(s: Array, t: Array) -> Array:
    top = np.maximum.reduce(s, -2, keepdims=True)
    sums = np.log(np.add.reduce(np.exp(s - top), -2, keepdims=True)) + top
    return _sum(t * (sums - s))


def _huber(s: Array, t: Array) -> Array:
    size = np.abs(s)
    return _sum(np.where(size <= 1.0, 0.5 * s * s, size - 0.5))


DIFFERENCE = ("s = y - t",)

LOSSES: Table[Loss] = Table(
    "loss",
    Loss(
        "mean_squared_error",
        QT_TRANSLATE_NOOP("Loss", "Mean squared error"),
        QT_TRANSLATE_NOOP("Loss", "Mean of the squared errors; for numbers."),
        DIFFERENCE,
        ("g = s * scale",),
        _squares,
        factor=2.0,
    ),
    Loss(
        "half_squared_error",
        QT_TRANSLATE_NOOP("Loss", "Half squared error"),
        QT_TRANSLATE_NOOP("Loss", "½ Σ of squared errors per example, mean over the batch."),
        DIFFERENCE,
        ("g = s * scale",),
        lambda s, t: 0.5 * _squares(s, t),
        mean="examples",
    ),
    Loss(
        "sum_squared_error",
        QT_TRANSLATE_NOOP("Loss", "Sum of squared errors"),
        QT_TRANSLATE_NOOP("Loss", "Σ of squared errors over outputs and batch."),
        DIFFERENCE,
        ("g = s * scale",),
        _squares,
        mean="nothing",
        factor=2.0,
    ),
    Loss(
        "mean_absolute_error",
        QT_TRANSLATE_NOOP("Loss", "Mean absolute error"),
        QT_TRANSLATE_NOOP("Loss", "Mean size of the errors; outliers count less."),
        DIFFERENCE,
        ("g = sign(s) * scale",),
        lambda s, t: _sum(np.abs(s)),
    ),
    Loss(
        "huber",
        QT_TRANSLATE_NOOP("Loss", "Huber"),
        QT_TRANSLATE_NOOP("Loss", "Squared for errors up to 1, straight beyond."),
        DIFFERENCE,
        ("g = maximum(minimum(s, 1.0), -1.0) * scale",),
        _huber,
    ),
    Loss(
        "hinge",
        QT_TRANSLATE_NOOP("Loss", "Hinge"),
        QT_TRANSLATE_NOOP("Loss", "0 once the margin is 1; targets are −1 and 1."),
        ("s = 1 - t * y",),
        ("g = -t * sign(maximum(s, 0)) * scale",),
        lambda s, t: _sum(np.maximum(s, 0.0)),
        classes=True,
        signed=True,
    ),
    Loss(
        "binary_crossentropy",
        QT_TRANSLATE_NOOP("Loss", "Binary cross-entropy"),
        QT_TRANSLATE_NOOP("Loss", "For yes-or-no outputs behind a sigmoid."),
        ("s = maximum(minimum(y, nearly_one), tiny)",),
        ("g = (s - t) / (s * (1 - s)) * scale",),
        _binary,
        fused="sigmoid",
        logit_totals=_binary_logits,
        classes=True,
    ),
    Loss(
        "categorical_crossentropy",
        QT_TRANSLATE_NOOP("Loss", "Categorical cross-entropy"),
        QT_TRANSLATE_NOOP("Loss", "For one class out of several, behind a softmax."),
        ("s = maximum(minimum(y, nearly_one), tiny)",),
        ("g = -t / s * scale",),
        _categorical,
        mean="examples",
        fused="softmax",
        logit_totals=_categorical_logits,
        classes=True,
    ),
)


def entropy(shares: Any) -> float:
    """Return −Σ p ln p of a distribution, in nats (0 ln 0 = 0)."""
    p = np.asarray(shares, dtype=np.float64)
    return float(-sum(share * math.log(share) for share in p.ravel() if share > 0.0)) + 0.0


def proposed_loss(activation: str) -> str:
    """Return the id of the loss that fits a last activation."""
    fitting = {"softmax": "categorical_crossentropy", "sigmoid": "binary_crossentropy"}
    return fitting.get(activation, "mean_squared_error")


def __getattr__(name: str) -> Loss:
    """Return a loss by its id, so that scripts can write `losses.huber` (PEP 562)."""
    if name in LOSSES:
        return LOSSES[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
