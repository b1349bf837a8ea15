"""Ranges that hold while training: they only ever grow, in steps people read easily."""

import math

STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
FIRST_EPOCHS = 10.0


def round_up(value: float) -> float:
    """Return the next easy number at or above a positive `value`: 0.83 -> 1, 130 -> 150."""
    if not value > 0 or not math.isfinite(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in STEPS if step * power >= value * (1 - 1e-9))


class Held:
    """A range [low, high] that grows with what it is told and is never drawn tighter."""

    def __init__(self) -> None:
        self.low = self.high = 0.0
        self.forget()

    def forget(self) -> None:
        """Start anew."""
        self.low, self.high = math.inf, -math.inf

    def include(self, low: float, high: float) -> None:
        """Make room for values from `low` to `high`."""
        self.low, self.high = min(self.low, low), max(self.high, high)

    def linear(self, floor: float | None = 0.0) -> tuple[float, float]:
        """Return an easy range; it starts at `floor` unless values lie below."""
        if not self.low <= self.high:
            return 0.0, 1.0
        low = self.low if floor is None else min(self.low, floor)
        if low < 0:
            low = -round_up(-low)
        high = round_up(self.high) if self.high > 0 else 0.0
        return (low, high) if low < high else (low, low + 1.0)

    def logarithmic(self) -> tuple[float, float]:
        """Return the exponents of whole powers of ten (halves below two of them) around it."""
        if not (self.high > 0 and math.isfinite(self.high)):
            return -1.0, 0.0
        smallest = self.low if self.low > 0 else self.high * 1e-6
        low, high = math.log10(smallest), math.log10(self.high)
        step = 1.0 if high - low > 2 else 0.5
        low, high = math.floor(low / step) * step, math.ceil(high / step) * step
        return (low, high) if low < high else (low - step, high)


def padded(low: float, high: float, share: float = 0.05) -> tuple[float, float]:
    """Return [low, high] with a margin of `share` of its length at both ends."""
    margin = share * (high - low) or 0.5 * abs(high) or 1.0
    return low - margin, high + margin
