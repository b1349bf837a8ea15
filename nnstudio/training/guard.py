"""The explosion guard: keeps the last good state of a run and notices when the loss explodes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
FACTOR = 10.0


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
    first one.
    """

    def __init__(self) -> None:
        self.first: float | None = None
        self.best = math.inf
        self.keepsake: Keepsake | None = None

    def exploded(self, loss: float) -> bool:
        """Tell whether `loss` is an explosion."""
        if not math.isfinite(loss):
            return True
        return self.first is not None and loss > FACTOR * self.best and loss > self.first

    def keep(self, loss: float, keepsake: Keepsake) -> bool:
        """Remember a good state; False (the older one stays) when its weights aren't finite."""
        if not all(np.isfinite(array).all() for array in keepsake.weights.values()):
            return False
        if math.isfinite(loss):
            self.first = loss if self.first is None else self.first
            self.best = min(self.best, loss)
        self.keepsake = keepsake
        return True
