"""Machine: the compiled side of a trainer; plans, gradient and optimiser slots of one network."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.epoch import Plan, Segment
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import Optimizer
from nnstudio.engine.plans.assembly import Mode
from nnstudio.engine.plans.feed import Feed
from nnstudio.engine.plans.head import Goal
from nnstudio.engine.plans.scalar_plan import ScalarFeed, ScalarPlan, scalar_links
from nnstudio.engine.plans.step_plan import StepPlan
from nnstudio.engine.plans.update import Update

Array = NDArray[Any]
LIMITS = ("l1", "l2", "clip_norm")


class Machine:
    """Makes plans for any batch size that share one update, and runs them.

    `chance` draws dropout masks. `refresh` must be called before use: it makes everything anew
    when the network's masks or weights were set from outside, or a setting asks for it.
    """

    def __init__(
        self,
        network: Network,
        goals: Sequence[Goal],
        optimizer: Optimizer,
        chance: np.random.Generator,
        limits: Mapping[str, float | None],
    ) -> None:
        self.network = network
        self.goals = goals
        self.limits = dict(limits)
        self.optimizer = optimizer
        self.slots = {name: np.zeros_like(network.body.weights) for name in optimizer.slots}
        self._gradient = np.zeros_like(network.body.weights)
        self._chance = chance
        self._plans: dict[tuple[int, bool], Plan] = {}
        self._singles: dict[int, Feed | ScalarFeed] = {}
        self._version = -1
        self._update = self._make_update(0.0)

    def refresh(self) -> bool:
        """Bring the update up to date; True when all plans had to be forgotten."""
        if self._version == self.network.version:
            return False
        self._update = self._make_update(self._update.rate)
        self._cut_slots()
        self._plans.clear()
        self._singles.clear()
        self._version = self.network.version
        return True

    def set_limit(self, name: str, value: float | None) -> None:
        """Change l1, l2 or clip_norm."""
        self.limits[name] = value
        self._version = -1

    def set_optimizer(self, optimizer: Optimizer) -> None:
        """Go on with other settings of the same optimiser."""
        self.optimizer = optimizer
        self._update.set_optimizer(optimizer)

    def plan(self, batch: int, arrays: bool) -> Plan:
        """Return the plan for a batch size; with `arrays` never the one on plain numbers."""
        key = (batch, arrays)
        if key not in self._plans:
            scalar = None if arrays else self._scalar_plan(batch)
            self._plans[key] = scalar or self._step_plan(batch)
        return self._plans[key]

    def single(self, batch: int) -> Feed | ScalarFeed:
        """Return room for one batch of this size, kept for the next time."""
        if batch not in self._singles:
            self._singles[batch] = self.plan(batch, False).feed(1)
        return self._singles[batch]

    def run(self, segment: Segment, rate: float, done: int) -> None:
        """Do the steps of a segment at the scheduled `rate`, after `done` earlier ones."""
        rates = self._update.rates(rate, done, segment.steps)
        segment.feed.run(segment.start, segment.stop, rates)

    def slots_by_name(self) -> dict[str, Array]:
        """Return the optimiser's slots in conventional layout, `dense_1/weight.v`."""
        store = self.network.body.store
        return {
            f"{weight}.{slot}": store.read(vector, weight)
            for slot, vector in self.slots.items()
            for weight in store.names
        }

    def set_slots(self, values: Mapping[str, Any]) -> None:
        """Take over slots by name where they fit; others stay."""
        store, weights = self.network.body.store, self.network.graph.weights
        for slot, vector in self.slots.items():
            for weight in store.names:
                value = values.get(f"{weight}.{slot}")
                if value is not None and np.shape(value) == weights[weight].shape:
                    store.write(vector, weight, value)
        self._cut_slots()

    def penalty(self) -> float:
        """Return what L1 and L2 would add to the loss now."""
        weights = self.network.body.weights.astype(np.float64)
        found = 0.0
        if (decay := self._penalty("l2")) is not None:
            found += float(decay @ weights**2) / 2.0
        if (lasso := self._penalty("l1")) is not None:
            found += float(lasso @ np.abs(weights))
        return found

    def forget_inertia(self) -> None:
        """Set all optimiser slots to 0."""
        for vector in self.slots.values():
            vector[...] = 0.0

    @property
    def rate(self) -> float:
        """The rate the slots were last used with."""
        return self._update.rate

    @rate.setter
    def rate(self, rate: float) -> None:
        self._update.rate = rate
        self._update.set_optimizer(self.optimizer)

    def _make_update(self, rate: float) -> Update:
        net = self.network
        return Update(
            optimizer=self.optimizer,
            weights=net.body.weights,
            gradient=self._gradient,
            slots=self.slots,
            mask=net.mask,
            frozen=net.frozen,
            kept=None if net.frozen is None else net.body.weights.copy(),
            clip_norm=self.limits["clip_norm"] or None,
            shares=net.body.store.shares(),
            decay=self._penalty("l2"),
            lasso=self._penalty("l1"),
            rate=rate,
        )

    def _cut_slots(self) -> None:
        """Set the slots of cut weights to 0, or they would move on by inertia."""
        if self.network.mask is not None:
            for vector in self.slots.values():
                vector *= self.network.mask

    def _penalty(self, kind: str) -> Array | None:
        """Return the flat vector of λ per weight, or None where all are 0."""
        graph, store = self.network.graph, self.network.body.store
        rates: dict[str, float] = {}
        for name in store.names:
            id, _, short = name.rpartition("/")
            own: Any = graph[id].layer.settings.get(kind, -1.0)
            if short == "weight":
                rates[name] = own if own >= 0.0 else float(self.limits[kind] or 0.0)
        return store.vector(rates, 0.0) if any(rates.values()) else None

    def _scalar_plan(self, batch: int) -> ScalarPlan | None:
        body = self.network.body
        if batch != 1:
            return None
        links = scalar_links(body, self.goals, self._update)
        if not links:
            return None
        return ScalarPlan(body, self.goals[0], links, self._update, lambda: self.plan(1, True))

    def _step_plan(self, batch: int) -> StepPlan:
        mode = Mode(training=True, update_states=True, generator=self._chance)
        return StepPlan(self.network.body, batch, self.goals, self._gradient, mode, self._update)
