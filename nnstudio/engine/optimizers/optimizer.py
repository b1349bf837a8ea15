"""Optimizer: the update rule of the weights, written once as a formula."""

from abc import ABC
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnstudio.configured import Configured
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Float
from nnstudio.registry import Registry

Steps = float | NDArray[np.float64]


class Optimizer(Configured, ABC):
    """Settings and rule of one optimiser.

    `rule` is a formula on the weight p, its gradient g and the arrays named in `slots`, which
    start at 0. Its numbers come from `numbers`; those named in `varying` change at every step.
    Slots named in `scaled` hold values times the learning rate and follow when it changes.
    """

    rule: ClassVar[tuple[str, ...]]
    slots: ClassVar[tuple[str, ...]] = ()
    varying: ClassVar[tuple[str, ...]] = ()
    scaled: ClassVar[tuple[str, ...]] = ()
    learning_rate: float
    reset_each_epoch: bool = False

    def numbers(self, rate: float, step: Steps) -> dict[str, Steps]:
        """Return the rule's numbers for the scheduled `rate` at update number `step`, from 1.

        `step` may be an array of update numbers; the varying numbers are then arrays as well.
        """
        return {"rate": rate}


def rate_row(default: float) -> Float:
    """Return the learning rate's row, the first setting of every optimiser."""
    return Float(
        name="learning_rate",
        label=QT_TRANSLATE_NOOP("Parameter", "Learning rate"),
        help=QT_TRANSLATE_NOOP("Parameter", "How far each update goes along the gradient."),
        default=default,
        minimum=1e-10,
        maximum=1000.0,
        logarithmic=True,
    )


def epsilon_row(default: float) -> Float:
    """Return the row of the number that keeps divisions away from 0."""
    return Float(
        name="epsilon",
        label=QT_TRANSLATE_NOOP("Parameter", "Epsilon"),
        help=QT_TRANSLATE_NOOP("Parameter", "Keeps divisions away from 0."),
        default=default,
        minimum=0.0,
        maximum=1.0,
        logarithmic=True,
        advanced=True,
    )


def share_row(name: str, label: str, help: str, default: float) -> Float:
    """Return the row of a memory factor from 0 to below 1."""
    return Float(
        name=name,
        label=label,
        help=help,
        default=default,
        minimum=0.0,
        maximum=0.99999,
        step=0.01,
    )


OPTIMIZERS: Registry[type[Optimizer]] = Registry("optimizer", "nnstudio.engine.optimizers")
