"""Progress: where a training stands, and the losses of the epoch so far."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.epoch import Segment

Array = NDArray[Any]


class Progress:
    """Counts epochs, updates and batches; sums losses lazily, when somebody wants to know them."""

    def __init__(self) -> None:
        self.epoch = 0
        self.iteration = 0
        self.batch_in_epoch = 0
        self._sum, self._count = 0.0, 0
        self._pending: list[Segment] = []
        self._last: Segment | None = None

    def start_epoch(self) -> None:
        """Forget the losses of the epoch before."""
        self._pending.clear()
        self._sum, self._count = 0.0, 0

    def ran(self, segment: Segment) -> None:
        """Note steps of one epoch that are done."""
        self._pending.append(segment)
        self.batch_in_epoch += segment.steps
        self.note(segment)
        if segment.stop == segment.feed.capacity:
            self.collect()

    def note(self, segment: Segment) -> None:
        """Count the updates of a segment and remember its last loss."""
        self.iteration += segment.steps
        self._last = segment

    def end_epoch(self) -> None:
        """Count an epoch."""
        self.collect()
        self.batch_in_epoch = 0
        self.epoch += 1

    def ran_epochs(self, segment: Segment, batches: int) -> list[float]:
        """Note a segment of whole epochs and return the mean loss of each."""
        self.note(segment)
        batch = segment.feed.batch
        losses = segment.feed.totals(segment.start, segment.stop).reshape(-1, batches) * batch
        sums = np.cumsum(losses, axis=1)[:, -1]
        self._sum, self._count = float(sums[-1]), batches * batch
        self.epoch += len(sums)
        means: list[float] = (sums / self._count).tolist()
        return means

    def collect(self) -> None:
        """Add the losses of finished steps one by one: chunks of any length give the same sum."""
        for segment in self._pending:
            batch = segment.feed.batch
            for loss in segment.feed.totals(segment.start, segment.stop).tolist():
                self._sum += loss * batch
            self._count += batch * segment.steps
        self._pending.clear()

    def mean(self) -> float:
        """Return the mean loss of the epoch's batches so far."""
        self.collect()
        return self._sum / self._count if self._count else math.nan

    def last(self) -> float:
        """Return the loss of the last batch."""
        if self._last is None:
            return math.nan
        return self._last.feed.total(self._last.stop - 1, self._last.stop)

    def numbers(self) -> dict[str, float]:
        """Return everything as plain numbers."""
        self.collect()
        return {
            "epoch": self.epoch,
            "iteration": self.iteration,
            "batch_in_epoch": self.batch_in_epoch,
            "loss_sum": self._sum,
            "loss_count": self._count,
        }

    def restore(self, numbers: Mapping[str, Any]) -> None:
        """Go on from `numbers`."""
        self._pending.clear()
        self.epoch = int(numbers["epoch"])
        self.iteration = int(numbers["iteration"])
        self.batch_in_epoch = int(numbers["batch_in_epoch"])
        self._sum = float(numbers["loss_sum"])
        self._count = int(numbers["loss_count"])
