"""Epoch: the order in which examples are used, cut into batches and served from feeds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.plans.feed import Feed
from nnstudio.engine.plans.step_plan import StepPlan

Array = NDArray[Any]

BLOCK_BYTES = 4_000_000  # examples copied at a time; larger blocks leave the cache


@dataclass(frozen=True)
class Segment:
    """Steps [start, stop) of a feed, ready to run."""

    feed: Feed
    start: int
    stop: int


class Epoch:
    """Serves the batches of one pass after another over fixed examples.

    `plan_for(batch)` gives the plan for a batch size; the last, smaller batch has its own, or
    is left out with `drop_last`.
    """

    def __init__(
        self,
        inputs: Sequence[Array],
        targets: Sequence[Array],
        batch: int,
        drop_last: bool,
        plan_for: Callable[[int], StepPlan],
    ) -> None:
        self._inputs = inputs
        self._targets = targets
        self.count = len(inputs[0])
        self.batch = min(batch, self.count) if batch else self.count
        self._whole = self.count // self.batch
        self._rest = 0 if drop_last else self.count % self.batch
        self.batches = self._whole + bool(self._rest)
        width = sum(array.shape[1] * array.itemsize for array in (*inputs, *targets))
        room = max(1, BLOCK_BYTES // max(1, width * self.batch))
        self._main = Feed(plan_for(self.batch), min(self._whole, room))
        self._tail = Feed(plan_for(self._rest), 1) if self._rest else None
        self._drop_last = drop_last
        self._order = np.arange(self.count)
        self._loaded = (0, 0)
        self._tail_loaded = False

    def renewed(self, plan_for: Callable[[int], StepPlan]) -> "Epoch":
        """Return the same pass, in the same order, served to newly made plans."""
        found = Epoch(self._inputs, self._targets, self.batch, self._drop_last, plan_for)
        found._order = self._order
        return found

    def refill(self, inputs: Sequence[Array], targets: Sequence[Array]) -> None:
        """Serve other examples of the same number and shapes."""
        self._inputs, self._targets = inputs, targets
        self._loaded = (0, 0)
        self._tail_loaded = False

    def begin(self, generator: np.random.Generator | None) -> None:
        """Start a pass, in a new random order if there is a generator."""
        if generator is None:
            return
        self._order = generator.permutation(self.count)
        self._loaded = (0, 0)
        self._tail_loaded = False

    def segment(self, position: int, limit: int) -> Segment:
        """Return up to `limit` steps from batch number `position` on."""
        if position >= self._whole:
            assert self._tail is not None
            if not self._tail_loaded:
                self._tail.load(self._inputs, self._targets, self._order[-self._rest :])
                self._tail_loaded = True
            return Segment(self._tail, 0, 1)
        first, last = self._loaded
        if not first <= position < last:
            first, last = position, min(self._whole, position + self._main.capacity)
            rows = self._order[first * self.batch : last * self.batch]
            self._main.load(self._inputs, self._targets, rows)
            self._loaded = (first, last)
        return Segment(self._main, position - first, min(last, position + limit) - first)
