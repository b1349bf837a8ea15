"""Where an axis is marked: easy numbers, as many as can be read beside each other."""

import math

LADDER = (1.0, 2.0, 2.5, 4.0, 5.0, 10.0)
EASY = (1.0, 2.0, 5.0, 10.0)


def linear_ticks(low: float, high: float, most: int) -> list[float]:
    """Return evenly spaced easy numbers in [low, high], at most about `most`.

    The upper end is among them when a step up to twice as long as needed meets it.
    """
    span = high - low
    if not (span > 0 and math.isfinite(span)):
        return []
    rough = span / max(1, most)
    power = 10.0 ** math.floor(math.log10(rough))
    steps = [each * scale for scale in (power, 10 * power) for each in LADDER]
    fitting = [step for step in steps if rough * (1 - 1e-9) <= step <= 2 * rough]
    step = next((each for each in fitting if _meets(high, each)), 0.0)
    if not step:
        step = next(each * power for each in EASY if each * power >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [0.0 if place == 0 else place * step for place in range(first, last + 1)]


def _meets(end: float, step: float) -> bool:
    return end != 0 and abs(end / step - round(end / step)) < 1e-6


def logarithmic_ticks(low: float, high: float, most: int) -> list[float]:
    """Return exponents in [low, high]: powers of ten, between them 2 and 5 where there is room."""
    first, last = math.floor(low), math.ceil(high)
    if last - first <= max(1, most) / 3:
        fine = (0.0, math.log10(2), math.log10(5))
        places = [exponent + part for exponent in range(first, last + 1) for part in fine]
    else:
        step = max(1, math.ceil((last - first) / max(1, most)))
        places = [float(exponent) for exponent in range(first, last + 1, step)]
    return [place for place in places if low - 1e-9 <= place <= high + 1e-9]
