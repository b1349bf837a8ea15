"""Session: one run without threads; same seed, same numbers, whoever drives it."""

import math
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from nnstudio.data import Prepared
from nnstudio.document.compile import network_of
from nnstudio.document.project import Project, RunState
from nnstudio.document.training import TrainingPlan
from nnstudio.engine import Trainer
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.training.absorb import Harvest, absorb, with_cuts
from nnstudio.training.carried import carried, go_on, restarted
from nnstudio.training.objective import OBJECTIVES, trainer_of
from nnstudio.training.outcome import Finished, Outcome, Stopped
from nnstudio.training.probe import Probe
from nnstudio.training.reading import Reading
from nnstudio.training.retune import retuned
from nnstudio.training.runlog import RunLog, Scores
from nnstudio.training.snapshot import SETS, Snapshot, Wants
from nnstudio.training.watch import Watch

CHUNK = 0.002


class Session:
    """A project in training: its network, data, trainer and curves.

    `trainer` is None while it can't train, and `reason` says why (no data, a rule that doesn't
    fit); weights and signals can be looked at nevertheless. `outcome` is set when a run has
    ended, `goal` is the epoch it runs to. Raise StudioError when the network can't be compiled
    or the data can't be read.
    """

    def __init__(
        self, project: Project, folder: Path | None = None, log: RunLog | None = None
    ) -> None:
        self.folder = folder
        self.log = log if log is not None else RunLog()
        self.log.load(project.run.curves)
        self._changed = False
        self._build(project, Reading.of(project, folder))
        self._plan_goal()

    def _build(self, project: Project, reading: Reading | None) -> None:
        """Compile everything anew; nothing has changed when it raises."""
        network = network_of(project)
        objective = OBJECTIVES[project.training.objective]
        self.trainer: Trainer | None = None
        self.reason: StudioError | None = None
        self._watch: Watch | None = None
        try:
            trainer = trainer_of(project, objective, network, reading)
            go_on(trainer, project.run)
            self.trainer = trainer
        except StudioError as error:
            self.reason = error
        self.project, self.reading, self.network = project, reading, network
        self._standing = project.run
        self.outcome: Outcome | None = None
        losses = objective.losses(project) if self.trainer else {}
        self.probe = Probe(network, reading, losses)
        self._sample = 0
        self._pace = math.inf
        self._strolling = False
        if self.trainer is not None and reading is not None:
            self._watch = Watch(project, reading, self.trainer, objective, self.log)

    # ---- what it is

    @property
    def prepared(self) -> Prepared | None:
        """The data, split and encoded; None when none is bound."""
        return self.reading.prepared if self.reading else None

    @property
    def plan(self) -> TrainingPlan:
        """The settings of the run."""
        return self.project.training

    @property
    def epoch(self) -> int:
        """Finished epochs since the weights were drawn."""
        return (self.trainer or self._standing).epoch

    @property
    def iteration(self) -> int:
        """Updates since the weights were drawn."""
        return (self.trainer or self._standing).iteration

    @property
    def loss(self) -> float | None:
        """Mean loss of the running epoch so far, else of the last one; None before the first."""
        loss = self.trainer.epoch_loss if self.trainer else math.nan
        return loss if math.isfinite(loss) else self.log.last("loss")

    @property
    def changed(self) -> bool:
        """Whether the document doesn't have the newest weights yet."""
        return self._changed

    def require_trainable(self) -> tuple[Trainer, Watch]:
        """Return trainer and watch; raise StudioError with the reason when there are none."""
        if self.trainer is None or self._watch is None:
            assert self.reason is not None
            raise self.reason
        return self.trainer, self._watch

    # ---- running

    def prolong(self, epochs: int = 0) -> None:
        """Set the goal of a run that starts: the planned epochs, as many again when they are done.

        `epochs` asks for exactly so many further ones.
        """
        self.require_trainable()
        self.outcome = None
        if epochs:
            self.goal = self.epoch + epochs
        elif self.epoch >= self.goal:
            self.goal = self.epoch + self.plan.epochs

    def train(self, epochs: int = 0, watch: Callable[["Session"], object] | None = None) -> Outcome:
        """Train to the end, for scripts: `epochs` further ones, by default those of the plan.

        `watch(session)` is called about 20 times a second and may return True to stop.
        """
        self.prolong(epochs)
        while self.outcome is None:
            self.chunk(0.05)
            if watch is not None and watch(self) is True and self.outcome is None:
                self.outcome = Stopped(self.epoch, self.iteration)
        return self.outcome

    def chunk(self, seconds: float = CHUNK, until: int | None = None) -> int:
        """Train for about `seconds`, one update at least, and return the updates done.

        It ends early when the run ends, or after the epoch `until`.
        """
        trainer, watch = self.require_trainable()
        begun = perf_counter()
        left, done, self._changed = seconds, 0, True
        goal = self.goal if until is None else min(until, self.goal)
        while True:
            leapt = self._leap(trainer, min(watch.epoch, goal), left)
            done += leapt or trainer.advance(watch.limit(int(left / self._pace)), left)
            if watch.due():
                self.outcome = watch.look()
            spent = perf_counter() - begun
            left = seconds - spent
            if trainer.epoch >= goal or left <= 0 or self.outcome is not None:
                break
        if trainer.epoch >= goal and self.outcome is None:
            self._arrive(trainer, watch)
        self._pace = spent / done
        self._check_finite(trainer, watch)
        return done

    def _leap(self, trainer: Trainer, epoch: int, seconds: float) -> int:
        """Run whole short epochs as one, up to `epoch`; 0 where it has to be one by one."""
        if self._strolling or trainer.batch_in_epoch:
            return 0
        fitting = int(seconds / (self._pace * trainer.batches_per_epoch))
        epochs = min(epoch - trainer.epoch, fitting)
        if epochs < 2:
            return 0
        before = trainer.iteration
        self._strolling = not trainer.advance_epochs(epochs)
        return trainer.iteration - before

    def step(self, kind: str = "batch") -> None:
        """Train on one "sample", one "batch", or to the end of the "epoch"."""
        trainer, watch = self.require_trainable()
        self.outcome = None
        self._changed = True
        if kind == "epoch":
            trainer.advance(None, math.inf)
        elif kind == "sample":
            self._step_sample(trainer)
        else:
            trainer.advance(1)
        if watch.due():
            self.outcome = watch.look()
        self._check_finite(trainer, watch)

    def _step_sample(self, trainer: Trainer) -> None:
        """Update once on the next training row alone."""
        assert self.reading is not None
        rows = self.reading.prepared.train
        place = self._sample % len(rows)
        one = slice(place, place + 1)
        self._sample += 1
        trainer.step(
            {node: array[one] for node, array in rows.inputs.items()},
            {node: array[one] for node, array in rows.targets.items()},
        )

    def _check_finite(self, trainer: Trainer, watch: Watch) -> None:
        if self.outcome is None and not math.isfinite(trainer.last_loss):
            self.outcome = watch.explode(trainer.last_loss)

    def _arrive(self, trainer: Trainer, watch: Watch) -> None:
        """Measure the last epoch of a run; it is finished when it reached the goal."""
        loss = trainer.epoch_loss
        if not math.isfinite(loss):
            self.outcome = watch.explode(loss)
            return
        watch.measure(loss)
        if trainer.epoch >= self.goal:
            self.outcome = Finished(trainer.epoch, translate("Training", "All epochs are done."))

    # ---- looking

    def evaluate(self) -> Scores:
        """Return loss and metrics on "training", "validation" and "test"; {} for an empty part."""
        return {name: {} for name in SETS} if self._watch is None else self._watch.scores()

    def snapshot(self, wants: Wants, exact: bool = True) -> Snapshot:
        """Return this moment with the wanted parts.

        `exact` measures loss and metrics now; else they are those of the running epoch and of
        the log's last row.
        """
        scores = self.evaluate() if exact else self.log.scores()
        training = scores["training"]
        return Snapshot(
            parts=wants.parts,
            graph=self.project.graph,
            epoch=self.epoch,
            iteration=self.iteration,
            goal=self.goal,
            loss=training.get("loss") if exact else self.loss,
            metrics=training,
            validation=scores["validation"],
            test=scores["test"],
            **self.probe.parts(wants),
        )

    # ---- giving back and changing

    def harvest(self) -> Harvest:
        """Return weights, position and preparation for the document."""
        run = self._standing
        if self.trainer is not None:
            slots, generator = self.trainer.state()
            run = RunState(self.epoch, self.iteration, slots, generator, self.log.curves())
        fitted = self.reading.fitted if self.reading else self.project.fitted
        return Harvest(with_cuts(self.project, self.network.weights), run, fitted)

    def result(self, project: Project) -> Project:
        """Return `project` with weights, position and preparation as they are now."""
        return absorb(project, self.harvest())

    def set(self, name: str, value: Any) -> None:
        """Change one training setting; what was learned stays."""
        self.restructure(self.project.but(training=self.plan.with_setting(name, value)))

    def adopt(self, project: Project) -> None:
        """Take over a project that differs in nothing a run is concerned with."""
        self.project = project
        self._changed = self._changed and (self.epoch, self.iteration) != (
            project.run.epoch,
            project.run.iteration,
        )

    def restructure(self, project: Project) -> None:
        """Take an edited project over.

        A run that the document doesn't know yet goes on with what it learned: weights by name
        and column, overlapping blocks. Raise StudioError when the new network can't be
        compiled; the session is as before then.
        """
        old, target, weights = self.project, project, self.project.weights
        fresh = restarted(old, project)
        if self._changed and not fresh:
            harvest = self.harvest()
            target, weights = carried(old, project, harvest.weights, harvest.run), harvest.weights
        reading = self.reading
        if reading is None or not reading.fits(old, target):
            reading = Reading.of(target, self.folder)
        same = reading is self.reading and project.run is old.run
        if same and self._watch and retuned(self.require_trainable(), old, target, weights):
            self._strolling = False
        else:
            if fresh:
                self.log.load(project.run.curves)
            self._build(target, reading)
            self._changed = self._changed and not fresh
        self.project = project
        if fresh or project.training.epochs != old.training.epochs:
            self._plan_goal()

    def _plan_goal(self) -> None:
        self.goal = max(self.plan.epochs, self.epoch)
