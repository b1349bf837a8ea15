"""Epoch: the order in which examples are used, cut into batches and served from feeds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.plans.feed import Feed
from nnstudio.engine.plans.scalar_plan import ScalarFeed, ScalarPlan
from nnstudio.engine.plans.step_plan import StepPlan
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

Array = NDArray[Any]
Plan = StepPlan | ScalarPlan
PlanFor = Callable[[int, bool], Plan]

BLOCK_BYTES = 4_000_000  # examples copied at a time; larger blocks leave the cache
STEPS_AHEAD = 1024  # batches of further epochs that are laid out together


@dataclass(frozen=True)
class Segment:
    """Steps [start, stop) of a feed, ready to run."""

    feed: Feed | ScalarFeed
    start: int
    stop: int

    @property
    def steps(self) -> int:
        """How many steps they are."""
        return self.stop - self.start


class Epoch:
    """Serves the batches of one pass after another over fixed examples.

    `plan_for(batch, arrays)` gives the plan for a batch size, one that works on arrays if asked;
    the last, smaller batch has its own, or is left out with `drop_last`. `inputs` and `targets`
    are checked arrays by node. Raise StudioError when there is no example.
    """

    def __init__(
        self,
        inputs: dict[str, Array],
        targets: dict[str, Array],
        batch: int,
        drop_last: bool,
        plan_for: PlanFor,
    ) -> None:
        self.count = len(next(iter(inputs.values())))
        if not self.count:
            raise StudioError(
                translate("Engine", "There are no training examples."),
                translate("Engine", "Give at least one row."),
            )
        self.batch = min(batch, self.count) if batch else self.count
        self.drop_last = drop_last
        self._plan = plan_for(self.batch, False)
        self._whole = self.count // self.batch
        self._rest = 0 if drop_last else self.count % self.batch
        self.batches = self._whole + bool(self._rest)
        size = sum(array[:1].nbytes for array in (*inputs.values(), *targets.values()))
        self._room = max(1, BLOCK_BYTES // max(1, size * self.batch))
        self._main = self._plan.feed(min(self._whole, self._room))
        self._tail = plan_for(self._rest, True).feed(1) if self._rest else None
        self._ahead = self._main
        self._order = np.arange(self.count)
        self._loaded = (0, 0)
        self._tail_loaded = False
        self.refill(inputs, targets)

    def refill(self, inputs: dict[str, Array], targets: dict[str, Array]) -> None:
        """Serve other examples of the same number and shapes."""
        self._data = inputs, targets
        self._arranged: Any = self._plan.arrange(inputs, targets)
        self._forget()

    def renewed(self, batch: int, plan_for: PlanFor) -> "Epoch":
        """Return a pass over the same examples, in the same order, served to newly made plans."""
        found = Epoch(*self._data, batch, self.drop_last, plan_for)
        found._order = self._order
        return found

    def begin(self, generator: np.random.Generator | None) -> None:
        """Start a pass, in a new random order if there is a generator."""
        if generator is not None:
            self._order = generator.permutation(self.count)
            self._forget()

    def segment(self, position: int, limit: int) -> Segment:
        """Return up to `limit` steps from batch number `position` of the pass on."""
        if position >= self._whole:
            assert self._tail is not None
            if not self._tail_loaded:
                self._tail.load(self._arranged, self._order[-self._rest :])
                self._tail_loaded = True
            return Segment(self._tail, 0, 1)
        first, last = self._loaded
        if not first <= position < last:
            first, last = position, min(self._whole, position + self._main.capacity)
            self._main.load(self._arranged, self._order[first * self.batch : last * self.batch])
            self._loaded = (first, last)
        return Segment(self._main, position - first, min(last, position + limit) - first)

    def several(self, epochs: int, generator: np.random.Generator | None) -> Segment | None:
        """Return the steps of up to `epochs` whole passes at once; None where that can't be."""
        most = min(self._room, STEPS_AHEAD) // self._whole if self._whole else 0
        epochs = min(epochs, most)
        if self._rest or epochs < 1:
            return None
        if self._ahead.capacity < epochs * self._whole:
            self._ahead = self._plan.feed(epochs * self._whole)
        used = self._whole * self.batch
        orders = np.tile(np.arange(self.count), (epochs, 1))
        if generator is not None:  # row after row, as one permutation after another
            generator.permuted(orders, axis=1, out=orders)
        self._ahead.load(self._arranged, orders[:, :used].ravel())
        self._forget()
        return Segment(self._ahead, 0, epochs * self._whole)

    def _forget(self) -> None:
        self._loaded = (0, 0)
        self._tail_loaded = False
