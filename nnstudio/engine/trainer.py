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
from nnstudio.engine.evaluation import Evaluation
from nnstudio.engine.history import History
from nnstudio.engine.machine import Machine
from nnstudio.engine.metrics import METRICS, Metric
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import OPTIMIZERS, SGD, Optimizer
from nnstudio.engine.rules import apply_rule
from nnstudio.engine.schedules import SCHEDULES
from nnstudio.engine.threads import blas_threads
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

Array = NDArray[Any]
OnEpoch = Callable[[int, Mapping[str, float]], Any]
LIMITS = ("l1", "l2", "clip_norm")


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
        self.metrics = tuple(_metric(metric) for metric in metrics)
        self.goals = apply_rule(rule, net.graph, net.goals(loss, loss_weights))
        self.shuffle = shuffle
        self.drop_last = drop_last
        self.epoch = 0
        self.iteration = 0
        self.batch_in_epoch = 0
        self._batch_size = _batch_size(batch_size)
        self._schedule = SCHEDULES[_known(schedule or "constant", SCHEDULES.ids())]
        self._schedule_steps = max(1, int(schedule_steps))
        self._schedule_factor = float(schedule_factor)
        self._order = np.random.default_rng([seed, 0])
        self._chance = np.random.default_rng([seed, 1])
        self._order_before: Any = self._order.bit_generator.state
        limits = {"l1": float(l1), "l2": float(l2), "clip_norm": clip_norm}
        self._machine = Machine(net, self.goals, _optimizer(optimizer), self._chance, limits)
        self._evaluation = Evaluation(net, self.goals, self.metrics)
        self._passes: Epoch | None = None
        self._started = False
        self._pending: list[Segment] = []
        self._last: Segment | None = None
        self._loss_sum, self._loss_count = 0.0, 0
        self._pace = 1e-4

    # one step -----------------------------------------------------------------------------

    def step(self, x: Any, y: Any) -> float:
        """Update once on this batch and return its loss before the update."""
        inputs, targets = self.network.checked(x, y, self.goals)
        self._prepare()
        count = len(next(iter(inputs.values())))
        feed: Any = self._machine.single(count)
        with np.errstate(all="ignore"):
            feed.load(feed.plan.arrange(inputs, targets), np.arange(count))
            self._run(Segment(feed, 0, 1))
            return self.last_loss

    # a session ----------------------------------------------------------------------------

    def begin(self, x: Any, y: Any) -> None:
        """Set the training examples; the position in the epoch starts anew."""
        inputs, targets = self.network.checked(x, y, self.goals)
        count = len(next(iter(inputs.values())))
        if not count:
            raise StudioError(
                translate("Engine", "There are no training examples."),
                translate("Engine", "Give at least one row."),
            )
        self._prepare()
        if self._passes is not None and self._passes.count == count:
            self._passes.refill(inputs, targets)
        else:
            plan_for = self._machine.plan
            self._passes = Epoch(inputs, targets, self._batch_size, self.drop_last, plan_for)
        self.batch_in_epoch = 0
        self._started = False

    def advance(self, max_steps: int | None = None, seconds: float = 0.002) -> int:
        """Run steps inside the current epoch and return how many.

        Exactly `max_steps` if given, else as many as fit `seconds`, at least one; both stop at
        the end of the epoch. Raise StudioError when `begin` wasn't called.
        """
        with np.errstate(all="ignore"):
            passes = self._begin_chunk()
            goal = passes.batches - self.batch_in_epoch
            if max_steps is not None:
                goal = min(goal, max_steps)
            done = self._chunk(passes, goal, math.inf if max_steps is not None else seconds)
            if self.batch_in_epoch >= passes.batches:
                self._collect()
                self.batch_in_epoch = 0
                self._started = False
                self.epoch += 1
        return done

    @property
    def optimizer(self) -> Optimizer:
        """The optimiser with its present settings."""
        return self._machine.optimizer

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
        if self._last is None:
            return math.nan
        with np.errstate(all="ignore"):
            return self._last.feed.total(self._last.stop - 1, self._last.stop)

    @property
    def learning_rate(self) -> float:
        """The rate in force, schedule included."""
        return self.optimizer.learning_rate * self._schedule.multiplier(
            self.epoch, self._schedule_steps, self._schedule_factor
        )

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
        elif name in LIMITS:
            self._machine.set_limit(name, None if value is None else float(value))
        elif name in self.optimizer.settings:
            self._machine.set_optimizer(self.optimizer.replace(**{name: value}))
        else:
            raise examples.unknown_name(name, (*self.optimizer.settings, "batch_size", *LIMITS))

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
        watched = "loss" if validation is None else "validation_loss"
        history = History(self.network, watched, patience, restore_best)
        free = not (self.metrics or validation or on_epoch or patience)
        goal = self.epoch + epochs
        with blas_threads(1):
            while self.epoch < goal:
                if free and (losses := self._several(goal - self.epoch)):
                    history.extend("loss", losses)
                    continue
                self.advance(max_steps=sys.maxsize)
                values = self._measure(x, y, validation)
                stop = history.add(values)
                if (on_epoch is not None and on_epoch(self.epoch, values)) or stop:
                    break
        return history.finish()

    def evaluate(self, x: Any, y: Any) -> dict[str, float]:
        """Return loss and metrics of the network as it is, without training.

        With several outputs a metric is given for each it fits: the first by its plain name,
        others as `<output>.<metric>`.
        """
        return self._evaluation.measure(x, y)

    # state --------------------------------------------------------------------------------

    def state(self) -> tuple[dict[str, Array], dict[str, Any]]:
        """Return optimiser slots by name (`dense_1/weight.v`) and the rest as plain numbers.

        Together with the network's weights this is enough to go on exactly.
        """
        with np.errstate(all="ignore"):
            self._collect()
        store = self.network.body.store
        slots = {
            f"{weight}.{slot}": store.read(vector, weight)
            for slot, vector in self._machine.slots.items()
            for weight in store.names
        }
        order = self._order_before if self._started else self._order.bit_generator.state
        generator = {
            "order": random_state.dump(order),
            "chance": random_state.dump(self._chance.bit_generator.state),
            "rate": self._machine.rate,
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
        for slot, vector in self._machine.slots.items():
            for weight in store.names:
                value = slots.get(f"{weight}.{slot}")
                fits = self.network.graph.weights[weight].shape
                if value is not None and np.shape(value) == fits:
                    store.write(vector, weight, value)
        if generator:
            random_state.load(self._order, generator["order"])
            random_state.load(self._chance, generator["chance"])
            self._machine.rate = float(generator["rate"])
            self.epoch = int(generator["epoch"])
            self.iteration = int(generator["iteration"])
            self._loss_sum = float(generator["loss_sum"])
            self._loss_count = int(generator["loss_count"])
            self.batch_in_epoch = int(generator["batch_in_epoch"])
            self._started = False

    # inside -------------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Take over changes of masks, weights and settings; an epoch goes on where it was."""
        if self._machine.refresh() and self._passes is not None:
            self._collect()
            self._passes = self._passes.renewed(self._passes.batch, self._machine.plan)

    def _epoch(self) -> Epoch:
        """Return the batches of the current examples; a new batch size waits for an epoch's end."""
        if self._passes is None:
            raise StudioError(
                translate("Engine", "Training has no examples yet."),
                translate("Engine", "Call begin(x, y) first."),
            )
        wanted = min(self._batch_size or self._passes.count, self._passes.count)
        if self._passes.batch != wanted and self.batch_in_epoch == 0 and not self._started:
            self._passes = self._passes.renewed(wanted, self._machine.plan)
        return self._passes

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
                    self._machine.forget_inertia()
            if self.shuffle:
                self._order_before = self._order.bit_generator.state
            passes.begin(self._order if self.shuffle else None)
        return passes

    def _chunk(self, passes: Epoch, goal: int, seconds: float) -> int:
        """Run up to `goal` steps, at least one, stopping when `seconds` are used up."""
        begun = time.perf_counter()
        deadline, done = begun + seconds, 0
        while done < goal:
            left = deadline - begun
            if done and left < self._pace:
                break
            limit = max(1, int(min(goal - done, left / self._pace)))
            segment = passes.segment(self.batch_in_epoch, limit)
            self._run(segment)
            now = time.perf_counter()
            self._pace, begun = (now - begun) / segment.steps, now
            self._pending.append(segment)
            self.batch_in_epoch += segment.steps
            done += segment.steps
            if segment.stop == segment.feed.capacity:
                self._collect()
        return done

    def _run(self, segment: Segment) -> None:
        self._machine.run(segment, self.learning_rate, self.iteration)
        self.iteration += segment.steps
        self._last = segment

    def _collect(self) -> None:
        """Add the losses of finished steps one by one: chunks of any length give the same sum."""
        for segment in self._pending:
            batch = segment.feed.batch
            for loss in segment.feed.totals(segment.start, segment.stop).tolist():
                self._loss_sum += loss * batch
            self._loss_count += batch * segment.steps
        self._pending.clear()

    def _several(self, epochs: int) -> list[float]:
        """Run several whole epochs as one chunk where nothing happens between them.

        Return their mean losses, or [] where it has to be one epoch at a time.
        """
        if self._schedule.id != "constant" or self.optimizer.reset_each_epoch:
            return []
        self._prepare()
        passes = self._epoch()
        segment = passes.several(epochs, self._order if self.shuffle else None)
        if segment is None:
            return []
        with np.errstate(all="ignore"):
            self._run(segment)
            losses = segment.feed.totals(segment.start, segment.stop)
        weighted = np.cumsum(losses.reshape(-1, passes.batches) * passes.batch, axis=1)[:, -1]
        self._loss_count = passes.batches * passes.batch
        self._loss_sum = float(weighted[-1])
        self.epoch += len(weighted)
        found: list[float] = (weighted / self._loss_count).tolist()
        return found

    def _measure(self, x: Any, y: Any, validation: tuple[Any, Any] | None) -> dict[str, float]:
        values = {"loss": self.epoch_loss}
        if self.metrics:
            values = {**self.evaluate(x, y), **values}
        if validation is not None:
            for name, value in self.evaluate(*validation).items():
                values[f"validation_{name}"] = value
        return values


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
