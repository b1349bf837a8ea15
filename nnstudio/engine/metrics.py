"""Metrics: how good predictions are, in numbers a person can read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP

Array = NDArray[Any]


@dataclass(frozen=True)
class Metric:
    """One metric: a function of predictions and targets, both (N, outputs)."""

    id: str
    label: str
    help: str
    compute: Callable[[Array, Array], float] = field(compare=False)
    classes: bool = False
    larger_is_better: bool = False

    def __call__(self, prediction: Any, target: Any) -> float:
        """Return the metric; classes may be given as whole numbers (N,) or one-hot (N, classes)."""
        y = np.asarray(prediction, dtype=np.float64)
        y = y.reshape(len(y), -1)
        t = np.asarray(target)
        if self.classes and t.ndim == 1 and y.shape[1] > 1:
            t = np.eye(y.shape[1])[t.astype(int)]
        return float(self.compute(y, np.asarray(t, dtype=np.float64).reshape(len(y), -1)))


def class_of(scores: Array) -> Array:
    """Return the class index of each row: the largest of several, or 0/1 by a single score.

    A single score in [0, 1] is split at 0.5; scores with negative values are split at 0.
    """
    if scores.shape[1] > 1:
        return np.asarray(scores.argmax(axis=1))
    border = 0.0 if len(scores) and scores.min() < 0.0 else 0.5
    return np.asarray((scores[:, 0] >= border).astype(np.int64))


def confusion_matrix(prediction: Any, target: Any, classes: int | None = None) -> NDArray[np.int64]:
    """Return counts (true class, predicted class) of scores (N, outputs) or class indices (N,)."""
    predicted, true = _classes(prediction), _classes(target)
    size = classes or int(max(predicted.max(initial=0), true.max(initial=0))) + 1
    counts = np.zeros((size, size), dtype=np.int64)
    np.add.at(counts, (true, predicted), 1)
    return counts


def precision_recall(confusion: Any) -> tuple[Array, Array]:
    """Return precision and recall per class of a confusion matrix; NaN where a class is absent."""
    counts = np.asarray(confusion, dtype=np.float64)
    right = np.diag(counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        return right / counts.sum(axis=0), right / counts.sum(axis=1)


def _classes(values: Any) -> NDArray[np.int64]:
    array = np.asarray(values)
    if array.ndim == 1 and array.dtype.kind in "iub":
        return array.astype(np.int64)
    return class_of(array.reshape(len(array), -1)).astype(np.int64)


def _accuracy(y: Array, t: Array) -> float:
    if y.shape[1] > 1:
        return float(np.mean(y.argmax(axis=1) == t.argmax(axis=1)))
    middle = 0.0 if t.min(initial=0.0) < 0.0 else 0.5
    return float(np.mean((y >= middle) == (t >= middle)))


def _r2(y: Array, t: Array) -> float:
    rest = float(((t - y) ** 2).sum())
    total = float(((t - t.mean(axis=0)) ** 2).sum())
    return 1.0 - rest / total if total else (1.0 if rest == 0.0 else 0.0)


METRICS: Table[Metric] = Table(
    "metric",
    Metric(
        "accuracy",
        QT_TRANSLATE_NOOP("Metric", "Accuracy"),
        QT_TRANSLATE_NOOP("Metric", "Share of examples put into the right class."),
        _accuracy,
        classes=True,
        larger_is_better=True,
    ),
    Metric(
        "mean_absolute_error",
        QT_TRANSLATE_NOOP("Metric", "Mean absolute error"),
        QT_TRANSLATE_NOOP("Metric", "How far predictions are off on average."),
        lambda y, t: float(np.abs(y - t).mean()),
    ),
    Metric(
        "root_mean_squared_error",
        QT_TRANSLATE_NOOP("Metric", "Root mean squared error"),
        QT_TRANSLATE_NOOP("Metric", "Typical size of an error, in units of the target."),
        lambda y, t: float(np.sqrt(((y - t) ** 2).mean())),
    ),
    Metric(
        "r2",
        QT_TRANSLATE_NOOP("Metric", "R²"),
        QT_TRANSLATE_NOOP("Metric", "Share of the target's variance that is explained."),
        _r2,
        larger_is_better=True,
    ),
)
