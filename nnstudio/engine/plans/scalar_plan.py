"""ScalarPlan: batches of one for tiny networks, as generated Python arithmetic.

A NumPy call costs as much as a dozen multiplications of Python floats, so that networks of a few
dozen weights run several times faster this way. Only float64: Python knows no other.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.formula import has_scalar_code
from nnstudio.engine.plans.assembly import Body
from nnstudio.engine.plans.chain import Link, chain_of
from nnstudio.engine.plans.head import Goal
from nnstudio.engine.plans.scalar_writer import ScalarWriter
from nnstudio.engine.plans.update import Update

Array = NDArray[Any]
Rows = list[tuple[float, ...]]
Arranged = tuple[Array, Array]

LARGEST = 80  # weights; from about 150 on arrays are faster


def scalar_links(body: Body, goals: Sequence[Goal], update: Update) -> tuple[Link, ...]:
    """Return the chain a scalar plan can run, or () when arrays have to do it."""
    settings = update.optimizer.settings
    formulas = (*update.rule(), *goals[0].loss.residual, *goals[0].loss.gradient)
    if (
        body.store.size > LARGEST
        or body.store.dtype != np.float64
        or update.clip_norm is not None
        or settings.get("epsilon") == 0.0
        or not has_scalar_code(formulas)
    ):
        return ()
    return chain_of(body.graph, goals)


class ScalarPlan:
    """One training step on one example for a chain of Dense layers.

    `careful` gives the StepPlan for one example, for examples whose numbers overflow on the way.
    """

    batch = 1

    def __init__(
        self,
        body: Body,
        goal: Goal,
        links: Sequence[Link],
        update: Update,
        careful: Callable[[], Any],
    ) -> None:
        self.goal = goal
        self.outputs = links[-1].units
        self.share = goal.weight / goal.loss.divisor(1, self.outputs)
        self.fused = goal.loss.fused == links[-1].activation.id
        self.careful = careful
        self._update = update
        self._numbers = [update.number(name) for name in update.optimizer.numbers(1.0, 1)]
        scale = self.share * goal.loss.factor
        self.source = ScalarWriter(body, goal, links, update, self.fused, scale).source()
        space: dict[str, Any] = {name: getattr(math, name) for name in _FUNCTIONS}
        exec(compile(self.source, "<plan>", "exec"), space)
        self._run: Callable[..., None] = space.pop("run")

    def run(self, rows: Rows, rates: Sequence[Any], kept: list[float]) -> None:
        """Do one step per row until one overflows; what each step remembers goes to `kept`."""
        numbers = [number.item() for number in self._numbers]
        slots = list(self._update.slots.values())
        self._run(rows, rates, kept.append, numbers, self._update.weights, slots)

    def arrange(self, inputs: Mapping[str, Array], targets: Mapping[str, Array]) -> Arranged:
        """Return the examples as tuples, inputs first, and the targets (N, outputs)."""
        (x,) = inputs.values()
        goals = targets[self.goal.sink]
        rows = np.empty(len(x), dtype=object)
        rows[:] = list(map(tuple, np.hstack([x, goals]).tolist()))
        return rows, goals

    def feed(self, capacity: int) -> "ScalarFeed":
        """Return room for `capacity` examples."""
        return ScalarFeed(self, capacity)


class ScalarFeed:
    """The examples of a scalar plan in the order they are used; see Feed."""

    batch = 1

    def __init__(self, plan: ScalarPlan, capacity: int) -> None:
        self.plan = plan
        self.capacity = capacity
        self._rows: Rows = []
        self._targets = np.empty((0, plan.outputs))
        self._kept: list[float] = []

    def load(self, arranged: Arranged, rows: Array) -> None:
        """Take over the examples `rows`."""
        examples, targets = arranged
        self._rows = examples.take(rows).tolist()
        self._targets = targets.take(rows, 0)
        self._kept = []

    def run(self, start: int, stop: int, rates: Sequence[Any]) -> None:
        """Do the steps [start, stop)."""
        outputs = self.plan.outputs
        del self._kept[start * outputs :]
        while start < stop:
            rows = self._rows if stop - start == len(self._rows) else self._rows[start:stop]
            self.plan.run(rows, rates, self._kept)
            done = len(self._kept) // outputs - start
            start += done
            if start < stop:
                rates = rates[done:]
                self._kept[start * outputs :] = self._careful_step(start, rates[:1])
                start, rates = start + 1, rates[1:]

    def totals(self, start: int, stop: int) -> Array:
        """Return the loss of each of the steps [start, stop)."""
        plan, count = self.plan, self.plan.outputs
        slots = np.array(self._kept[start * count : stop * count]).reshape(-1, count, 1)
        loss = plan.goal.loss
        total = loss.totals if loss.logit_totals is None or not plan.fused else loss.logit_totals
        return total(slots, self._targets[start:stop, :, None]) * plan.share

    def total(self, start: int, stop: int) -> float:
        """Return the mean loss of the steps [start, stop)."""
        return float(self.totals(start, stop).mean())

    def _careful_step(self, index: int, rates: Sequence[Any]) -> list[float]:
        """Do one step with arrays and return what it remembers."""
        plan = self.plan.careful()
        feed = plan.feed(1)
        split = len(self._rows[index]) - self.plan.outputs
        row = np.array([self._rows[index]])
        (source,) = plan.inputs
        block = np.ones((1, split + source.augmented))
        block[:, :split] = row[:, :split]
        feed.load(([block], [row[:, split:]]), np.zeros(1, dtype=np.int64))
        feed.run(0, 1, rates)
        remembered: list[float] = feed.slots[0].ravel().tolist()
        return remembered


_FUNCTIONS = ("exp", "expm1", "tanh", "sqrt")
