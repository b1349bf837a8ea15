"""Trainer: the only loop body; everything that trains a network goes through it."""

import math
import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nnstudio.engine import choices, examples, fitting, random_state
from nnstudio.engine.epoch import Epoch, Segment
from nnstudio.engine.evaluation import Evaluation
from nnstudio.engine.machine import LIMITS, Machine
from nnstudio.engine.metrics import Metric
from nnstudio.engine.network import Network
from nnstudio.engine.optimizers import Optimizer
from nnstudio.engine.order import Order
from nnstudio.engine.progress import Progress
from nnstudio.engine.rules import apply_rule
from nnstudio.engine.schedules import Course
from nnstudio.errors import StudioError
from nnstudio.i18n import translate


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
        self.metrics = tuple(choices.metric(metric) for metric in metrics)
        self.goals = apply_rule(rule, net.graph, net.goals(loss, loss_weights))
        self.drop_last = drop_last
        self._progress = Progress()
        self._batch_size = choices.batch_size(batch_size)
        self._course = Course(choices.schedule(schedule), schedule_steps, schedule_factor)
        self._order = Order(seed, shuffle)
        self._chance = np.random.default_rng([seed, 1])
        limits = dict(zip(LIMITS, (float(l1), float(l2), clip_norm), strict=True))
        how = choices.optimizer(optimizer), self._chance, limits
        self._machine = Machine(net, self.goals, *how)
        self._evaluation = Evaluation(net, self.goals, self.metrics)
        self._passes: Epoch | None = None
        self._started, self._pace = False, 1e-4

    def step(self, x: Any, y: Any) -> float:
        """Update once on this batch and return its loss before the update."""
        inputs, targets = self.network.checked(x, y, self.goals)
        self._prepare()
        count = len(next(iter(inputs.values())))
        feed: Any = self._machine.single(count)
        with np.errstate(all="ignore"):
            feed.load(feed.plan.arrange(inputs, targets), np.arange(count))
            self._machine.run(Segment(feed, 0, 1), self.learning_rate, self.iteration)
            self._progress.note(Segment(feed, 0, 1))
            return self._progress.last()

    def begin(self, x: Any, y: Any) -> None:
        """Set the training examples; the position in the epoch starts anew."""
        inputs, targets = self.network.checked(x, y, self.goals)
        count = len(next(iter(inputs.values())))
        self._prepare()
        if self._passes is not None and self._passes.count == count:
            self._passes.refill(inputs, targets)
        else:
            options = self._batch_size, self.drop_last, self._machine.plan
            self._passes = Epoch(inputs, targets, *options)
        self._progress.batch_in_epoch = 0
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
                goal, seconds = min(goal, max_steps), math.inf
            done = self._chunk(passes, goal, seconds)
            if self.batch_in_epoch >= passes.batches:
                self._progress.end_epoch()
                self._started = False
        return done

    def advance_epochs(self, epochs: int) -> list[float]:
        """Run up to `epochs` whole epochs as one chunk and return their mean losses.

        Return [] where it has to be one epoch at a time; only `fit` has a use for it.
        """
        if self._course.changes or self.optimizer.reset_each_epoch:
            return []
        passes = self._epoch()
        segment = passes.several(epochs, self._order.generator)
        if segment is None:
            return []
        with np.errstate(all="ignore"):
            self._machine.run(segment, self.learning_rate, self.iteration)
            return self._progress.ran_epochs(segment, passes.batches)

    @property
    def epoch(self) -> int:
        """Number of finished epochs."""
        return self._progress.epoch

    @epoch.setter
    def epoch(self, count: int) -> None:
        self._progress.epoch = count

    @property
    def iteration(self) -> int:
        """Number of updates so far."""
        return self._progress.iteration

    @iteration.setter
    def iteration(self, count: int) -> None:
        self._progress.iteration = count

    @property
    def batch_in_epoch(self) -> int:
        """Number of updates in the present epoch."""
        return self._progress.batch_in_epoch

    @property
    def optimizer(self) -> Optimizer:
        """The optimiser with its present settings."""
        return self._machine.optimizer

    @property
    def batches_per_epoch(self) -> int:
        """Number of updates in one epoch of the current examples."""
        return self._epoch().batches

    @property
    def epoch_loss(self) -> float:
        """Mean loss of the batches of this epoch so far, each before its update."""
        with np.errstate(all="ignore"):
            return self._progress.mean()

    @property
    def last_loss(self) -> float:
        """Loss of the last batch before its update."""
        with np.errstate(all="ignore"):
            return self._progress.last()

    @property
    def penalty(self) -> float:
        """What L1 and L2 add, Σ λ·|w| + λ/2·w²; shown beside the loss, not part of it."""
        return self._machine.penalty()

    @property
    def learning_rate(self) -> float:
        """The rate in force, schedule included."""
        return self.optimizer.learning_rate * self._course.multiplier(self.epoch)

    @property
    def batch_size(self) -> int:
        """Rows per update; 0 means all."""
        return self._batch_size

    def set(self, name: str, value: Any) -> None:
        """Change a setting while training: batch_size, l1, l2, clip_norm or one of the optimiser.

        The batch size takes effect with the next epoch, all others with the next step.
        """
        if name == "batch_size":
            self._batch_size = choices.batch_size(value)
        elif name in LIMITS:
            self._machine.set_limit(name, None if value is None else float(value))
        elif name in self.optimizer.settings:
            self._machine.set_optimizer(self.optimizer.replace(**{name: value}))
        else:
            raise examples.unknown_name(name, (*self.optimizer.settings, "batch_size", *LIMITS))

    def fit(
        self,
        x: Any,
        y: Any,
        epochs: int,
        validation: tuple[Any, Any] | None = None,
        on_epoch: fitting.OnEpoch | None = None,
        patience: int | None = None,
        restore_best: bool = True,
    ) -> dict[str, list[float]]:
        """Train for `epochs` and return what was measured after each, as lists by name.

        Names: `loss` (mean over the epoch's batches), the metrics on the training examples, and
        all of these with `validation_` before them. `on_epoch(epoch, values)` may return True
        to stop. With `patience` training stops after that many epochs without a better
        (validation) loss, and `restore_best` brings the best weights back.
        """
        return fitting.fit(self, x, y, epochs, validation, on_epoch, patience, restore_best)

    def evaluate(self, x: Any, y: Any) -> dict[str, float]:
        """Return loss and metrics of the network as it is, without training.

        With several outputs a metric is given for each it fits: the first by its plain name,
        others as `<output>.<metric>`.
        """
        return self._evaluation.measure(x, y)

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Return optimiser slots by name (`dense_1/weight.v`) and the rest as plain numbers.

        Together with the network's weights this is enough to go on exactly.
        """
        with np.errstate(all="ignore"):
            numbers = self._progress.numbers()
        return self._machine.slots_by_name(), {
            "order": self._order.dump(self._started),
            "chance": random_state.dump(self._chance.bit_generator.state),
            "rate": self._machine.rate,
            **numbers,
        }

    def restore(self, slots: Mapping[str, Any], generator: Mapping[str, Any]) -> None:
        """Go on from a `state`; call after `begin`. Slots of another optimiser are left out."""
        self._machine.set_slots(slots)
        if generator:
            self._order.load(generator["order"])
            random_state.load(self._chance, generator["chance"])
            self._machine.rate = float(generator["rate"])
            self._progress.restore(generator)
            self._started = False

    def _prepare(self) -> None:
        """Take over changes of masks, weights and settings; an epoch goes on where it was."""
        if self._machine.refresh() and (old := self._passes) is not None:
            self._progress.collect()
            self._passes = old.renewed(old.batch, self._machine.plan)

    def _epoch(self) -> Epoch:
        """Return the batches of the current examples; a new batch size waits for an epoch's end."""
        self._prepare()
        if self._passes is None:
            raise StudioError(
                translate("Engine", "Training has no examples yet."),
                translate("Engine", "Call begin(x, y) first."),
            )
        wanted = min(self._batch_size or self._passes.count, self._passes.count)
        if self._passes.batch != wanted and not (self.batch_in_epoch or self._started):
            self._passes = self._passes.renewed(wanted, self._machine.plan)
        return self._passes

    def _begin_chunk(self) -> Epoch:
        passes = self._epoch()
        if not self._started:
            self._started = True
            if self.batch_in_epoch >= passes.batches:
                self._progress.batch_in_epoch = 0
            if self.batch_in_epoch == 0:
                self._progress.start_epoch()
                if self.optimizer.reset_each_epoch:
                    self._machine.forget_inertia()
            passes.begin(self._order.begin())
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
            self._machine.run(segment, self.learning_rate, self.iteration)
            self._progress.ran(segment)
            now = time.perf_counter()
            self._pace, begun = (now - begun) / segment.steps, now
            done += segment.steps
        return done
