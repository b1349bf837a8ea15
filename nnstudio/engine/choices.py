"""Choices: what a trainer is told by id or by object, checked and turned into the object."""

from collections.abc import Sequence
from typing import Any

from nnstudio.engine.examples import unknown_name
from nnstudio.engine.metrics import METRICS, Metric
from nnstudio.engine.optimizers import OPTIMIZERS, SGD, Optimizer
from nnstudio.engine.schedules import SCHEDULES, Schedule
from nnstudio.errors import StudioError
from nnstudio.i18n import translate


def optimizer(given: Optimizer | str | None) -> Optimizer:
    """Return the optimiser; None is plain gradient descent."""
    if isinstance(given, Optimizer):
        return given
    return SGD() if given is None else OPTIMIZERS[_known(given, OPTIMIZERS.ids())]()


def metric(given: Metric | str) -> Metric:
    """Return the metric."""
    return given if isinstance(given, Metric) else METRICS[_known(given, METRICS.ids())]


def schedule(given: str | None) -> Schedule:
    """Return the schedule; None is a constant rate."""
    return SCHEDULES[_known(given or "constant", SCHEDULES.ids())]


def batch_size(given: Any) -> int:
    """Return the rows per update; None is 0, which means all."""
    if given is None:
        return 0
    if isinstance(given, bool) or int(given) != given or given < 0:
        raise StudioError(
            translate("Engine", "The batch size can't be {value}.").format(value=given),
            translate("Engine", "Use a whole number; 0 uses all rows."),
        )
    return int(given)


def _known(id: str, ids: Sequence[str]) -> str:
    if id not in ids:
        raise unknown_name(str(id), ids)
    return id
