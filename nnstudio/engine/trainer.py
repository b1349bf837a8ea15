"""Trainer: the only loop body; everything that trains a network goes through it."""

import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine import examples, random_state
from nnstudio.engine.epoch import Epoch, Segment
from nnstudio.engine.metrics import METRICS, Metric
from nnstudio.engine.network import Network, arranged
from nnstudio.engine.optimizers import OPTIMIZERS, SGD, Optimizer
from nnstudio.engine.plans.assembly import Mode
from nnstudio.engine.plans.feed import Feed
from nnstudio.engine.plans.step_plan import StepPlan
from nnstudio.engine.plans.update import Update
from nnstudio.engine.rules import apply_rule
from nnstudio.engine.schedules import SCHEDULES
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

Array = NDArray[Any]
OnEpoch = Callable[[int, Mapping[str, float]], Any]

EVALUATED_AT_ONCE = 256


class Trainer:
    """Trains one network with one optimiser.

    `loss` is an id, a Loss, or a mapping of these by output id; None takes what each Output
    says. `batch_size` 0 or None uses all rows. `l1` and `l2` regularise weights only (λ·|w|,
    λ/2·w²) and are not part of the loss shown. `rule` "perceptron" or "delta" replaces
    back-propagation. `schedule` with `schedule_steps` and `schedule_factor` changes the rate
    with the epochs. Raise StudioError when something is unknown or doesn't fit.
    """

    def __init__(
        self,
        net: Network,
        loss: Any = None,
        optimizer: Optimizer | str | None = None,
        batch_size: int | None = 32,
        shuffle: bool = True,
        drop_last: bool = False,
        seed: int = 0,
        l1: float = 0.0,
        l2: float = 0.0,
        clip_norm: float | None = None,
        metrics: Sequence[str | Metric] = (),
        schedule: str | None = None,
        schedule_steps: int = 100,
        schedule_factor: float = 0.5,
        loss_weights: Mapping[str, float] | None = None,
        rule: str = "gradient",
    ) -> None:
        self.network = net
        self.optimizer = _optimizer(optimizer)
        self.metrics = tuple(_metric(metric) for metric in metrics)
        self.goals = apply_rule(rule, net.graph, net.goals(loss, loss_weights))
        self.epoch = 0
        self.iteration = 0
        self.batch_in_epoch = 0
        self.shuffle = shuffle
        self.drop_last = drop_last
        self._live = {"l1": float(l1), "l2": float(l2), "clip_norm": clip_norm}
        self._batch_size = _batch_size(batch_size)
        self._schedule = SCHEDULES[_known(schedule or "constant", SCHEDULES.ids())]
        self._schedule_steps = max(1, int(schedule_steps))
        self._schedule_factor = float(schedule_factor)
        self._order = np.random.default_rng([seed, 0])
        self._chance = np.random.default_rng([seed, 1])
        self._order_before: Any = self._order.bit_generator.state
        self._slots = {name: np.zeros_like(net.body.weights) for name in self.optimizer.slots}
        self._gradient = np.zeros_like(net.body.weights)
        self._plans: dict[int, StepPlan] = {}
        self._single: dict[int, Feed] = {}
        self._evaluators: dict[int, Feed] = {}
        self._data: tuple[dict[str, Array], dict[str, Array]] | None = None
        self._passes: Epoch | None = None
        self._update: Update | None = None
        self._version = -1
        self._started = False
        self._pending: list[Segment] = []
        self._loss_sum, self._loss_count = 0.0, 0
        self._last_segment: Segment | None = None
        self._pace = 1e-4

    # one step -----------------------------------------------------------------------------

    def step(self, x: Any, y: Any) -> float:
        """Update once on this batch and return its loss before the update."""
        inputs, targets = self.network.checked(x, y, self.goals)
        self._prepare()
        count = len(next(iter(inputs.values())))
        if count not in self._single:
            self._single[count] = Feed(self._plan(count), 1)
        feed = self._single[count]
        feed.load(*arranged(feed.plan, inputs, targets), np.arange(count))
        self._last_segment = Segment(feed, 0, 1)
        with np.errstate(all="ignore"):
            self._run(self._last_segment)
            return feed.total(0, 1)

    # a session ----------------------------------------------------------------------------

    def begin(self, x: Any, y: Any) -> None:
        """Set the training examples; the position in the epoch starts anew."""
        self._data = self.network.checked(x, y, self.goals)
        if not len(next(iter(self._data[0].values()))):
            raise StudioError(
                translate("Engine", "There are no training examples."),
                translate("Engine", "Give at least one row."),
            )
        if self._passes is not None and self._passes.count == len(
            next(iter(self._data[0].values()))
        ):
            self._passes.refill(*arranged(self._plan(self._passes.batch), *self._data))
        else:
            self._passes = None
        self.batch_in_epoch = 0
        self._started = False

    def advance(self, max_steps: int | None = None, seconds: float = 0.002) -> int:
        """Run steps inside the current epoch and return how many.

        Exactly `max_steps` if given, else as many as fit `seconds`, at least one; both stop at
        the end of the epoch. Raise StudioError when `begin` wasn't called.
        """
        with np.errstate(all="ignore"):
            return self._advance(self._begin_chunk(), max_steps, seconds)

    def _advance(self, passes: Epoch, max_steps: int | None, seconds: float) -> int:
        goal = passes.batches - self.batch_in_epoch
        if max_steps is not None:
            goal = min(goal, max_steps)
        begun = time.perf_counter()
        deadline, done = begun + seconds, 0
        while done < goal:
            limit = goal - done
            if max_steps is None:
                if done and deadline - begun < self._pace:
                    break
                limit = max(1, int(min(limit, (deadline - begun) / self._pace)))
            segment = passes.segment(self.batch_in_epoch, limit)
            self._run(segment)
            steps = segment.stop - segment.start
            now = time.perf_counter()
            self._pace, begun = (now - begun) / steps, now
            self._pending.append(segment)
            self._last_segment = segment
            self.batch_in_epoch += steps
            done += steps
            if segment.stop == segment.feed.capacity:
                self._collect()
        if self.batch_in_epoch >= passes.batches:
            self._collect()
            self.batch_in_epoch = 0
            self._started = False
            self.epoch += 1
        return done

    @property
    def batches_per_epoch(self) -> int:
        """Number of updates in one epoch of the current examples."""
        self._prepare()
        return self._epoch().batches

    @property
    def epoch_loss(self) -> float:
        """Mean loss of the batches of this epoch so far, each before its update."""
        with np.errstate(all="ignore"):
            self._collect()
        return self._loss_sum / self._loss_count if self._loss_count else math.nan

    @property
    def last_loss(self) -> float:
        """Loss of the last batch before its update."""
        if self._last_segment is None:
            return math.nan
        with np.errstate(all="ignore"):
            return self._last_segment.feed.total(
                self._last_segment.stop - 1, self._last_segment.stop
            )

    @property
    def learning_rate(self) -> float:
        """The rate in force, schedule included."""
        multiplier = self._schedule.multiplier(
            self.epoch, self._schedule_steps, self._schedule_factor
        )
        return self.optimizer.learning_rate * multiplier

    @property
    def batch_size(self) -> int:
        """Rows per update; 0 means all."""
        return self._batch_size

    def set(self, name: str, value: Any) -> None:
        """Change a setting while training: batch_size, l1, l2, clip_norm or one of the optimiser.

        The batch size takes effect with the next epoch, all others with the next step.
        """
        if name == "batch_size":
            self._batch_size = _batch_size(value)
            if not self._started:
                self._passes = None
        elif name in self._live:
            self._live[name] = None if value is None else float(value)
            self._version = -1
        elif name in self.optimizer.settings:
            self.optimizer = self.optimizer.replace(**{name: value})
            if self._update is not None:
                self._update.set_optimizer(self.optimizer)
        else:
            known = (*self.optimizer.settings, "batch_size", *self._live)
            raise examples.unknown_name(name, known)

    # many epochs --------------------------------------------------------------------------

    def fit(
        self,
        x: Any,
        y: Any,
        epochs: int,
        validation: tuple[Any, Any] | None = None,
        on_epoch: OnEpoch | None = None,
        patience: int | None = None,
        restore_best: bool = True,
    ) -> dict[str, list[float]]:
        """Train for `epochs` and return what was measured after each, as lists by name.

        Names: `loss` (mean over the epoch's batches), the metrics on the training examples, and
        all of these with `validation_` before them. `on_epoch(epoch, values)` may return True
        to stop. With `patience` training stops after that many epochs without a better
        (validation) loss, and `restore_best` brings the best weights back.
        """
        self.begin(x, y)
        history: dict[str, list[float]] = {}
        best, waited, kept = math.inf, 0, self.network.weights if patience else {}
        for _ in range(epochs):
            self.advance(max_steps=sys.maxsize)
            values = self._measure(x, y, validation)
            for name, value in values.items():
                history.setdefault(name, []).append(value)
            if on_epoch is not None and on_epoch(self.epoch, values):
                break
            if patience:
                watched = values["loss" if validation is None else "validation_loss"]
                if watched < best:
                    best, waited, kept = watched, 0, self.network.weights
                else:
                    waited += 1
                    if waited >= patience:
                        break
        if patience and restore_best and best < math.inf:
            self.network.set_weights(kept)
        return history

    def evaluate(self, x: Any, y: Any) -> dict[str, float]:
        """Return loss and metrics of the network as it is, without training."""
        inputs, targets = self.network.checked(x, y, self.goals)
        count = len(next(iter(inputs.values())))
        found = {"loss": self._loss_of(inputs, targets, count)}
        if self.metrics:
            answers = examples.by_name(self.network.predict(x), self.network.sinks, "")
            first = self.network.sinks[0]
            for metric in self.metrics:
                found[metric.id] = metric(answers[first], targets[first])
                for sink in self.network.sinks[1:]:
                    found[f"{sink}.{metric.id}"] = metric(answers[sink], targets[sink])
        return found

    # state --------------------------------------------------------------------------------

    def state(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """Return optimiser slots by name (`dense_1/weight.v`) and the rest as plain numbers.

        Together with the network's weights this is enough to go on exactly.
        """
        self._collect()
        store = self.network.body.store
        slots = {
            f"{weight}.{slot}": store.read(vector, weight)
            for slot, vector in self._slots.items()
            for weight in store.names
        }
        generator = {
            "order": random_state.dump(
                self._order_before if self._started else self._order.bit_generator.state
            ),
            "chance": random_state.dump(self._chance.bit_generator.state),
            "epoch": self.epoch,
            "iteration": self.iteration,
            "batch_in_epoch": self.batch_in_epoch,
            "loss_sum": self._loss_sum,
            "loss_count": self._loss_count,
        }
        return slots, generator

    def restore(self, slots: Mapping[str, Any], generator: Mapping[str, Any]) -> None:
        """Go on from a `state`; call after `begin`. Slots of another optimiser are left out."""
        store = self.network.body.store
        for slot, vector in self._slots.items():
            for weight in store.names:
                value = slots.get(f"{weight}.{slot}")
                if (
                    value is not None
                    and np.shape(value) == self.network.graph.weights[weight].shape
                ):
                    store.write(vector, weight, value)
        if generator:
            random_state.load(self._order, generator["order"])
            random_state.load(self._chance, generator["chance"])
            self.epoch = int(generator["epoch"])
            self.iteration = int(generator["iteration"])
            self._loss_sum = float(generator["loss_sum"])
            self._loss_count = int(generator["loss_count"])
            self.batch_in_epoch = int(generator["batch_in_epoch"])
            self._started = False

    # inside -------------------------------------------------------------------------------

    def _begin_chunk(self) -> Epoch:
        self._prepare()
        passes = self._epoch()
        if not self._started:
            self._started = True
            if self.batch_in_epoch >= passes.batches:
                self.batch_in_epoch = 0
            if self.batch_in_epoch == 0:
                self._loss_sum, self._loss_count = 0.0, 0
                if self.optimizer.reset_each_epoch:
                    for vector in self._slots.values():
                        vector[...] = 0.0
            if self.shuffle:
                self._order_before = self._order.bit_generator.state
            passes.begin(self._order if self.shuffle else None)
        return passes

    def _epoch(self) -> Epoch:
        """Return the batches of the current examples, made anew after a change."""
        if self._data is None:
            raise StudioError(
                translate("Engine", "Training has no examples yet."),
                translate("Engine", "Call begin(x, y) first."),
            )
        changed = self._passes is not None and not self._started and self._passes_outdated()
        if self._passes is None or changed:
            inputs, targets = self._data
            count = len(next(iter(inputs.values())))
            batch = min(self._batch_size or count, count)
            rows, goals = arranged(self._plan(batch), inputs, targets)
            self._passes = Epoch(rows, goals, batch, self.drop_last, self._plan)
        return self._passes

    def _passes_outdated(self) -> bool:
        assert self._passes is not None
        wanted = min(self._batch_size or self._passes.count, self._passes.count)
        return self._passes.batch != wanted

    def _prepare(self) -> None:
        """Make the update and forget the plans if network or settings have changed."""
        if self._version == self.network.version and self._update is not None:
            return
        self._collect()
        net = self.network
        self._update = Update(
            optimizer=self.optimizer,
            weights=net.body.weights,
            gradient=self._gradient,
            slots=self._slots,
            mask=net.mask,
            frozen=net.frozen,
            kept=None if net.frozen is None else net.body.weights.copy(),
            clip_norm=self._live["clip_norm"] or None,
            shares=net.body.store.shares(),
            decay=self._penalty("l2"),
            lasso=self._penalty("l1"),
        )
        self._plans.clear()
        self._single.clear()
        if self._passes is not None:
            self._passes = self._passes.renewed(self._plan)
        self._version = net.version

    def _penalty(self, kind: str) -> Array | None:
        """Return the flat vector of λ per weight, or None where all are 0."""
        graph = self.network.graph
        rates: dict[str, float] = {}
        for name in self.network.body.store.names:
            id, _, short = name.rpartition("/")
            own = float(graph[id].layer.settings.get(kind, -1.0))  # type: ignore[arg-type]
            if short != "bias" and graph[id].layer.id == "dense":
                rates[name] = own if own >= 0.0 else float(self._live[kind] or 0.0)
        if not any(rates.values()):
            return None
        return self.network.body.store.vector(rates, 0.0)

    def _plan(self, batch: int) -> StepPlan:
        if batch not in self._plans:
            mode = Mode(training=True, update_states=True, generator=self._chance)
            body = self.network.body
            self._plans[batch] = StepPlan(
                body, batch, self.goals, self._gradient, mode, self._update
            )
        return self._plans[batch]

    def _run(self, segment: Segment) -> None:
        assert self._update is not None
        steps = segment.stop - segment.start
        rates = self._update.rates(self.learning_rate, self.iteration, steps)
        segment.feed.plan.run(segment.feed.batches[segment.start : segment.stop], rates)
        self.iteration += steps

    def _collect(self) -> None:
        """Turn what finished steps remember into losses."""
        for segment in self._pending:
            batch = segment.feed.plan.batch
            losses = segment.feed.totals(segment.start, segment.stop).tolist()
            for loss in losses:  # one by one: chunks of any length give the same sum
                self._loss_sum += loss * batch
            self._loss_count += batch * len(losses)
        self._pending.clear()

    def _measure(self, x: Any, y: Any, validation: tuple[Any, Any] | None) -> dict[str, float]:
        values = {"loss": self.epoch_loss}
        if self.metrics:
            measured = self.evaluate(x, y)
            values.update((name, value) for name, value in measured.items() if name != "loss")
        if validation is not None:
            for name, value in self.evaluate(*validation).items():
                values[f"validation_{name}"] = value
        return values

    def _loss_of(
        self, inputs: Mapping[str, Array], targets: Mapping[str, Array], count: int
    ) -> float:
        parts = dict.fromkeys((goal.sink for goal in self.goals), 0.0)
        rows: tuple[list[Array], list[Array]] | None = None
        for start in range(0, count, EVALUATED_AT_ONCE):
            stop = min(start + EVALUATED_AT_ONCE, count)
            feed = self._evaluator(stop - start)
            rows = rows or arranged(feed.plan, inputs, targets)
            feed.load(*rows, np.arange(start, stop))
            feed.plan.run(feed.batches)
            for sink, part in feed.parts().items():
                parts[sink] += part
        return sum(
            goal.weight
            * parts[goal.sink]
            / goal.loss.divisor(max(count, 1), math.prod(self.network.graph.shapes[goal.sink]))
            for goal in self.goals
        )

    def _evaluator(self, batch: int) -> Feed:
        if batch not in self._evaluators:
            plan = StepPlan(self.network.body, batch, self.goals, None, Mode())
            self._evaluators[batch] = Feed(plan, 1)
        return self._evaluators[batch]


def _optimizer(given: Optimizer | str | None) -> Optimizer:
    if isinstance(given, Optimizer):
        return given
    if given is None:
        return SGD()
    return OPTIMIZERS[_known(given, OPTIMIZERS.ids())]()


def _metric(given: str | Metric) -> Metric:
    return given if isinstance(given, Metric) else METRICS[_known(given, METRICS.ids())]


def _known(id: str, ids: Sequence[str]) -> str:
    if id not in ids:
        raise examples.unknown_name(str(id), ids)
    return id


def _batch_size(value: int | None) -> int:
    if value is None:
        return 0
    if isinstance(value, bool) or int(value) != value or value < 0:
        raise StudioError(
            translate("Engine", "The batch size can't be {value}.").format(value=value),
            translate("Engine", "Use a whole number; 0 uses all rows."),
        )
    return int(value)
