"""History: what was measured after each epoch of a fit, and the best weights so far."""

import math
from collections.abc import Mapping, Sequence

from nnstudio.engine.network import Network


class History:
    """Lists by name; with `patience` it says when to stop and can bring the best weights back."""

    def __init__(
        self, network: Network, watched: str, patience: int | None, restore_best: bool
    ) -> None:
        self._network = network
        self._watched = watched
        self._patience = patience
        self._restore = bool(patience) and restore_best
        self._lists: dict[str, list[float]] = {}
        self._best, self._waited = math.inf, 0
        self._weights = network.weights if self._restore else {}

    def extend(self, name: str, values: Sequence[float]) -> None:
        """Add the values of several epochs."""
        self._lists.setdefault(name, []).extend(values)

    def add(self, values: Mapping[str, float]) -> bool:
        """Add one epoch; True when patience is at its end."""
        for name, value in values.items():
            self._lists.setdefault(name, []).append(value)
        if not self._patience:
            return False
        if values[self._watched] < self._best:
            self._best, self._waited = values[self._watched], 0
            if self._restore:
                self._weights = self._network.weights
            return False
        self._waited += 1
        return self._waited >= self._patience

    def finish(self) -> dict[str, list[float]]:
        """Return all lists, after bringing back the best weights where that was asked for."""
        if self._restore and self._best < math.inf:
            self._network.set_weights(self._weights)
        return self._lists
