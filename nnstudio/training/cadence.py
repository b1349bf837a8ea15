"""When a run measures itself: often where it is cheap, by rules that no clock can change."""

from dataclasses import dataclass
from math import ceil, floor, log2

CALL = 250e-6
"""Seconds that one measurement takes however small the network is (rough)."""
STEP = 8e-6
"""Seconds that one update takes however small it is (rough)."""
RATE = 4e10
"""Floating-point operations per second (rough)."""
SHARE = 0.05
"""Part of the time that measuring may take."""
LONGEST = 0.5
"""Seconds (rough) after which a curve gets its next point, whatever it costs."""
ROWS = 1000
DENSE = 100
"""Epochs whose distance on the curve is doubled: 2 from 200 on, 4 from 400 on."""


@dataclass(frozen=True)
class Cadence:
    """The epochs after which a run measures metrics and keeps its last good state.

    Every one of the first 200, where curves bend, then every second, fourth ... up to every
    `base` epochs; the distance doubles again whenever about a thousand rows more have come
    together, so that a night of training still fits a file.
    """

    base: int = 1

    @classmethod
    def of(cls, parameters: int, rows: int, batches: int, every: bool = False) -> "Cadence":
        """Return the cadence for a network and data of this size, judged by counting only.

        `every` asks for each epoch, as early stopping needs.
        """
        work = rows * parameters / RATE
        epoch = batches * STEP + 6 * work
        if every:
            return cls(1)
        cheap = ceil((CALL + 8 * work) / (SHARE * epoch))
        return cls(max(1, min(cheap, int(LONGEST / epoch))))

    def next(self, epoch: int) -> int:
        """Return the first epoch after `epoch` at which to measure."""
        distance = 1 if epoch < 2 * DENSE else 2 ** floor(log2(epoch / DENSE))
        if distance < self.base:
            return (epoch // distance + 1) * distance
        distance = self.base
        if epoch > ROWS * self.base:
            distance *= 2 ** floor(log2(epoch / (ROWS * self.base)) + 1)
        return (epoch // distance + 1) * distance
