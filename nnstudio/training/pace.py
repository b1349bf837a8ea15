"""Paces: how fast a run may go so that eyes can follow it."""

from dataclasses import dataclass
from math import log


@dataclass(frozen=True)
class Easing:
    """Slow at first, then faster: the epochs a second double every `doubling` seconds.

    A small network learns in a tenth of a second; its first epochs are what a class wants to
    see, and the last thousand what nobody wants to wait for.
    """

    epochs_per_second: float = 30.0
    doubling: float = 1.5

    def epochs(self, seconds: float) -> int:
        """Return how many epochs may be done `seconds` after the start."""
        growth = 2.0 ** (min(seconds, 60.0) / self.doubling) - 1.0
        return int(self.epochs_per_second * self.doubling * growth / log(2.0)) + 1


Pace = float | Easing | None
"""Updates a second, slow at first, or (None) as fast as the machine can."""
