"""The explosion guard: keeps the last good state of a run and notices when the loss explodes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.training.runlog import RunLog

Array = NDArray[Any]
FACTOR = 10.0
LOOKS = 10
LASTING = 3
WORSE = 1.5
"""A mean loss above this many times another is much worse."""


@dataclass(frozen=True)
class Keepsake:
    """A state to go back to: weights and states, optimiser slots, generator, position."""

    weights: Mapping[str, Array]
    slots: Mapping[str, Array]
    generator: Mapping[str, Any]
    epoch: int
    iteration: int


class Guard:
    """Judges the mean losses of epochs.

    Exploded is a loss that is NaN or infinite, or above ten times the best so far and above the
    first one at three looks in a row: a single jump of a good run passes by itself. So is a run
    that was never better than its `start`, the loss before the first update, at its ten first
    looks, and much worse on average: the flat ends of sigmoid and tanh keep such a loss finite.
    """

    def __init__(self, start: float = math.inf) -> None:
        self.first: float | None = None
        self.best = math.inf
        self.keepsake: Keepsake | None = None
        self._start = start
        self._lost: list[float] = []
        self._high = 0

    def resume(self, log: RunLog) -> None:
        """Take over the losses of a run that goes on."""
        losses = log.column("loss")
        losses = losses[np.isfinite(losses)]
        if losses.size:
            self.first, self.best = float(losses[0]), float(losses.min())

    def exploded(self, loss: float) -> bool:
        """Tell whether `loss` is an explosion."""
        if not math.isfinite(loss):
            return True
        if not self._under_way(loss):
            return self._hopeless(loss)
        high = self.first is not None and loss > FACTOR * self.best and loss > self.first
        self._high = self._high + 1 if high else 0
        return self._high >= LASTING

    def keep(self, loss: float, keepsake: Keepsake) -> bool:
        """Remember a good state; False (the older one stays) when its weights aren't finite.

        The states of a run that hasn't found its way yet are passed over. `loss` NaN stands for
        a state whose loss isn't known.
        """
        if not all(np.isfinite(array).all() for array in keepsake.weights.values()):
            return False
        if math.isfinite(loss):
            self.first = loss if self.first is None else self.first
            self.best = min(self.best, loss)
        if self.keepsake is None or (self._under_way(loss) and not self._high):
            self.keepsake = keepsake
        return True

    def usual(self, loss: float) -> bool:
        """Tell whether `loss` is a number and not much above the best so far."""
        return math.isfinite(loss) and loss <= WORSE * self.best

    def worst(self, loss: float) -> float:
        """Return the largest loss that led to an explosion at `loss`."""
        return max([loss, *self._lost]) if math.isfinite(loss) else loss

    def _under_way(self, loss: float) -> bool:
        return min(self.best, loss) <= self._start

    def _hopeless(self, loss: float) -> bool:
        """Note a loss worse than the start; tell whether there have been too many."""
        self._lost.append(loss)
        if len(self._lost) < LOOKS:
            return loss > FACTOR * self._start
        if sum(self._lost) > WORSE * self._start * len(self._lost):
            return True
        self._start = math.inf
        return False
