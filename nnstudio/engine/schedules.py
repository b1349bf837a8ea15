"""Schedules: how the learning rate changes with the epochs."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from nnstudio.engine.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Schedule:
    """One schedule: `multiplier(epoch, steps, factor)` of the rate; epochs count from 0."""

    id: str
    label: str
    help: str
    multiplier: Callable[[int, int, float], float] = field(compare=False)


def _step(epoch: int, steps: int, factor: float) -> float:
    return float(factor ** (epoch // steps))


def _exponential(epoch: int, steps: int, factor: float) -> float:
    return float(factor ** (epoch / steps))


def _cosine(epoch: int, steps: int, factor: float) -> float:
    return 0.5 * (1.0 + math.cos(math.pi * min(epoch, steps) / steps))


SCHEDULES: Table[Schedule] = Table(
    "schedule",
    Schedule(
        "constant",
        QT_TRANSLATE_NOOP("Schedule", "Constant"),
        QT_TRANSLATE_NOOP("Schedule", "The rate stays as it is."),
        lambda epoch, steps, factor: 1.0,
    ),
    Schedule(
        "step",
        QT_TRANSLATE_NOOP("Schedule", "Steps"),
        QT_TRANSLATE_NOOP("Schedule", "The rate is multiplied by the factor every few epochs."),
        _step,
    ),
    Schedule(
        "exponential",
        QT_TRANSLATE_NOOP("Schedule", "Exponential"),
        QT_TRANSLATE_NOOP("Schedule", "The rate falls smoothly by the factor every few epochs."),
        _exponential,
    ),
    Schedule(
        "cosine",
        QT_TRANSLATE_NOOP("Schedule", "Cosine"),
        QT_TRANSLATE_NOOP("Schedule", "The rate falls to 0 along half a cosine wave."),
        _cosine,
    ),
)


@dataclass(frozen=True)
class Course:
    """A schedule with its numbers: `steps` epochs, `factor` per step."""

    schedule: Schedule
    steps: int
    factor: float

    @property
    def changes(self) -> bool:
        """Tell whether the rate ever changes."""
        return self.schedule.id != "constant"

    def multiplier(self, epoch: int) -> float:
        """Return what the learning rate is multiplied with in this epoch, from 0."""
        return self.schedule.multiplier(epoch, max(1, self.steps), self.factor)
