"""An axis that writes numbers as the user wants to read them, and only as many as fit."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QFontMetrics

from nnstudio.ui.plots.ticks import linear_ticks, logarithmic_ticks
from nnstudio.ui.theme import ThemeManager

SMALL = 0.9
SPREAD = 1.25  # line heights from one number of an upright axis to the next
MOST = 8


class Axis(pg.AxisItem):
    """With `dates` the numbers are days since 1970."""

    def __init__(self, side: str, themes: ThemeManager) -> None:
        super().__init__(side, maxTickLength=-4)
        self._themes = themes
        self.dates = False
        self.enableAutoSIPrefix(False)

    @property
    def upright(self) -> bool:
        """Whether it is the left axis."""
        return bool(self.orientation == "left")

    @property
    def named(self) -> bool:
        """Whether the axis carries its name now."""
        return bool(self.labelText) and self.label.isVisible()

    def tickValues(
        self, minVal: float, maxVal: float, size: float
    ) -> list[tuple[float, list[float]]]:
        """Return the places of the numbers for an axis of `size` pixels."""
        choose = logarithmic_ticks if self.logMode else linear_ticks
        for most in range(MOST, 0, -1):
            values = choose(minVal, maxVal, most)
            if self._readable(values, size / max(maxVal - minVal, 1e-300)):
                break
        step = values[1] - values[0] if len(values) > 1 else maxVal - minVal
        return [(step, values)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the text of each tick."""
        if self.dates:
            return [str(np.datetime64(round(value), "D")) for value in values]
        if self.logMode:
            values = [10.0**value for value in values]
        return [self._themes.number(value * scale, 4) for value in values]

    def breadth(self, low: float, high: float, size: float) -> int:
        """Return how many pixels the numbers and the name beside the axis take."""
        metrics = self._metrics()
        name = metrics.height() if self.named else 0
        if not self.upright:
            return metrics.height() + 4 + name
        texts = self.tickStrings(self.tickValues(low, high, size)[0][1], 1.0, 1.0)
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return max(widest, metrics.horizontalAdvance("0.0")) + 8 + name

    def dress(self) -> None:
        """Take the theme's colours and type."""
        theme, font = self._themes.theme, self._themes.font(SMALL)
        self.setTickFont(font)
        self.label.setFont(font)
        self.setPen(theme.border)
        self.setTickPen(theme.border)
        self.setTextPen(theme.muted)
        self.setStyle(tickTextOffset=4 if self.upright else 2, hideOverlappingLabels=False)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._themes.font(SMALL))

    def _readable(self, values: list[float], pixels: float) -> bool:
        """Tell whether the numbers stand clear of each other; `pixels` are those of one unit."""
        metrics = self._metrics()
        gaps = [pixels * (after - before) for before, after in pairwise(values)]
        if self.upright:
            return min(gaps, default=math.inf) >= SPREAD * metrics.height()
        texts = self.tickStrings(values, 1.0, 1.0)
        widths = [metrics.horizontalAdvance(text) + metrics.averageCharWidth() for text in texts]
        needed = [(one + two) / 2 for one, two in pairwise(widths)]
        return all(gap >= need for gap, need in zip(gaps, needed, strict=True))
