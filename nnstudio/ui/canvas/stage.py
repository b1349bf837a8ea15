"""What all items of one canvas share while drawing: the theme, live signals and their scale."""

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
        self.turn = 0  # counts how often the signals changed
        self.pictures = Pictures()
        self.moving = False
        self.scale = 1.0  # how much larger than usual a talk draws

    def show(self, signals: Mapping[str, NDArray[np.floating]]) -> None:
        """Take over the signals of one example; scales only grow, so that colours are held."""
        self.signals = {id: np.asarray(values).reshape(-1) for id, values in signals.items()}
        self.turn += 1
        for id, values in self.signals.items():
            largest = float(np.max(np.abs(values), initial=0.0))
            if np.isfinite(largest):
                self.limits[id] = max(self.limits.get(id, 0.0), largest)

    def forget(self) -> None:
        """Drop signals and scales (another project, another structure)."""
        self.signals = {}
        self.limits = {}
        self.turn += 1
        self.pictures.clear()

    def strength(self, id: str) -> float:
        """Return the mean size of a node's signals, 0 to 1 on its held scale."""
        values = self.signals.get(id)
        limit = self.limits.get(id, 0.0)
        if values is None or not values.size or limit <= 0.0:
            return 0.0
        mean = float(np.mean(np.abs(values)))
        return min(1.0, mean / limit) if np.isfinite(mean) else 1.0
