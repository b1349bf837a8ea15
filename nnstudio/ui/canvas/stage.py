"""What all items of one canvas share while drawing: the theme, live signals and their scale."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nnstudio.ui.canvas.items.pictures import Pictures
from nnstudio.ui.theme import Theme


class Stage:
    """Read by the items; written by the view (theme) and by the live signals."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.signals: Mapping[str, NDArray[np.floating]] = {}
        self.limits: dict[str, float] = {}
        self._means: dict[str, float] = {}  # mean size of the signals of a node
        self.turn = 0  # counts how often the signals changed
        self.pictures = Pictures()
        self.moving = False
        self.scale = 1.0  # how much larger than usual a talk draws

    def show(self, signals: Mapping[str, NDArray[np.floating]]) -> None:
        """Take over the signals of one example; scales only grow, so that colours are held."""
        self.signals = {id: np.asarray(values).reshape(-1) for id, values in signals.items()}
        self.turn += 1
        self._means = {}
        filled = [(id, values) for id, values in self.signals.items() if values.size]
        if not filled:
            return
        # all nodes at once: two calls per node were most of the work with hundreds of cards
        starts = np.cumsum([0] + [values.size for _, values in filled[:-1]])
        sizes = np.abs(np.concatenate([values for _, values in filled]))
        largest = np.maximum.reduceat(sizes, starts).tolist()
        totals = np.add.reduceat(sizes, starts).tolist()
        for (id, values), most, total in zip(filled, largest, totals, strict=True):
            self._means[id] = total / values.size
            if math.isfinite(most):
                self.limits[id] = max(self.limits.get(id, 0.0), most)

    def forget(self) -> None:
        """Drop signals and scales (another project, another structure)."""
        self.signals = {}
        self.limits = {}
        self._means = {}
        self.turn += 1
        self.pictures.clear()

    def strength(self, id: str) -> float:
        """Return the mean size of a node's signals, 0 to 1 on its held scale."""
        mean, limit = self._means.get(id, 0.0), self.limits.get(id, 0.0)
        if limit <= 0.0:
            return 0.0
        return min(1.0, mean / limit) if math.isfinite(mean) else 1.0
