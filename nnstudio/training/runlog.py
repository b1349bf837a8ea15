"""The curves of a run: append-only columns that the worker writes and any thread may read."""

import math
import threading
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Scores = dict[str, dict[str, float]]
"""Metrics by name, for "training", "validation" and "test"."""


class RunLog:
    """Rows of numbers, one per measured epoch; every column has the same length.

    The columns are `epoch`, `iteration`, `loss`, then one per metric and
    `validation_loss`, `validation_<metric>`. NaN stands where a value wasn't measured. A reader
    gets read-only views that stay valid while the writer goes on.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._columns: dict[str, NDArray[np.float64]] = {}
        self._length = 0
        self._generation = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns in the order they came."""
        return tuple(self._columns)

    @property
    def length(self) -> int:
        """Number of rows."""
        return self._length

    @property
    def generation(self) -> int:
        """Changes whenever rows were taken away (reset, load, going back): read anew then."""
        return self._generation

    def column(self, name: str) -> NDArray[np.float64]:
        """Return one column as a read-only view (length,); empty when there is none."""
        with self._lock:
            buffer = self._columns.get(name)
            view = np.empty(0) if buffer is None else buffer[: self._length]
        view.flags.writeable = False
        return view

    def last(self, name: str) -> float | None:
        """Return the newest measured value of a column, or None."""
        values = self.column(name)
        measured = values[~np.isnan(values)]
        return float(measured[-1]) if measured.size else None

    def last_row(self) -> dict[str, float]:
        """Return the newest row, without what wasn't measured; empty before the first."""
        with self._lock:
            if not self._length:
                return {}
            row = {name: float(buffer[self._length - 1]) for name, buffer in self._columns.items()}
        return {name: value for name, value in row.items() if not math.isnan(value)}

    def scores(self) -> Scores:
        """Return the newest row's metrics by part of the data, as `Session.evaluate` does."""
        row, prefix = self.last_row(), "validation_"
        training = {
            name: value
            for name, value in row.items()
            if not name.startswith(prefix) and name not in ("epoch", "iteration")
        }
        validation = {
            name.removeprefix(prefix): value
            for name, value in row.items()
            if name.startswith(prefix)
        }
        return {"training": training, "validation": validation, "test": {}}

    def append(self, row: Mapping[str, float]) -> None:
        """Add one row; a new name starts a column with NaN before it."""
        with self._lock:
            at, capacity = self._length, max(map(len, self._columns.values()), default=64)
            if at == capacity:
                capacity *= 2
                for name, buffer in self._columns.items():
                    self._columns[name] = _grown(buffer, capacity)
            for name in row:
                if name not in self._columns:
                    self._columns[name] = np.full(capacity, np.nan)
            for name, value in row.items():
                self._columns[name][at] = value
            self._length = at + 1

    def truncate(self, epoch: int) -> None:
        """Take away the rows after `epoch`."""
        with self._lock:
            epochs = self._columns.get("epoch", np.empty(0))[: self._length]
            kept = int(np.searchsorted(epochs, epoch, side="right"))
            if kept < self._length:
                self._columns = {
                    name: np.concatenate([buffer[:kept], np.full(len(buffer) - kept, np.nan)])
                    for name, buffer in self._columns.items()
                }
                self._length = kept
                self._generation += 1

    def load(self, curves: Mapping[str, Sequence[float]]) -> None:
        """Replace everything by the curves of a saved run (columns of equal length)."""
        length = min(map(len, curves.values()), default=0)
        columns = {
            name: _grown(np.array(values[:length], float), max(64, length))
            for name, values in curves.items()
        }
        with self._lock:
            if length or self._length:
                self._columns = columns
                self._length = length
                self._generation += 1

    def curves(self) -> dict[str, tuple[float, ...]]:
        """Return every column as plain numbers, as a project keeps them."""
        if not self._length:
            return {}
        return {name: tuple(self.column(name).tolist()) for name in self.names}


def _grown(buffer: NDArray[np.float64], capacity: int) -> NDArray[np.float64]:
    """Return a copy of `buffer` with room for `capacity` values."""
    larger = np.full(max(capacity, len(buffer)), np.nan)
    larger[: len(buffer)] = buffer
    return larger
