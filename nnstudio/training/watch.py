"""Watch: looks at a run at fixed places, measures it, keeps its last good state, ends it."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data import Examples
from nnstudio.document.project import Project
from nnstudio.engine import Trainer
from nnstudio.i18n import translate
from nnstudio.training.cadence import Cadence
from nnstudio.training.diagnosis import diagnose
from nnstudio.training.guard import Guard, Keepsake
from nnstudio.training.objective import Objective
from nnstudio.training.outcome import Diverged, Finished, Outcome
from nnstudio.training.patience import Patience
from nnstudio.training.reading import Reading
from nnstudio.training.runlog import RunLog, Scores
from nnstudio.training.snapshot import SETS

Array = NDArray[Any]
MEASURED_ROWS = 2000
"""Training rows whose metrics are measured during a run; standing still, all of them are."""
ERRORS = ("mean_absolute_error", "root_mean_squared_error")
MARK = 1000
"""Updates between two looks at the loss inside a long epoch."""


class Watch:
    """Stands beside a trainer. Every look is at a place that only counting decides."""

    def __init__(
        self,
        project: Project,
        reading: Reading,
        trainer: Trainer,
        objective: Objective,
        log: RunLog,
    ) -> None:
        self._project = project
        self._reading = reading
        self._trainer = trainer
        self._objective = objective
        self._log = log
        self._guard = Guard(self._loss_before())
        self._guard.resume(log)
        self._patience = Patience(project.training.patience)
        self._patience.resume(log)
        batches = trainer.batches_per_epoch
        self._cadence = Cadence.of(
            trainer.network.parameter_count,
            len(reading.prepared.train) + len(reading.prepared.validation),
            batches,
            every=bool(project.training.patience) or objective.every_epoch,
        )
        self._long = batches > MARK
        self._scores: tuple[tuple[int, int], Scores] | None = None
        self.epoch = self._cadence.next(trainer.epoch)
        self.iteration = trainer.iteration + MARK
        self.remember()

    def adopt(self, project: Project) -> None:
        """Go by the settings of `project`, the same network; new ones start from a good state."""
        if project.training != self._project.training and self._guard.usual(
            self._trainer.epoch_loss
        ):
            self.remember()
        self._project = project

    def due(self) -> bool:
        """Tell whether the run has come to a place to look at."""
        return self._trainer.epoch >= self.epoch or (
            self._long and self._trainer.iteration >= self.iteration
        )

    def limit(self, steps: int) -> int | None:
        """Return how many updates a chunk of about `steps` may do; None is no limit."""
        if not self._long:
            return None
        return max(1, min(steps, self.iteration - self._trainer.iteration))

    def remember(self, loss: float = math.nan) -> bool:
        """Keep the present state as a good one; False when its weights aren't finite."""
        trainer = self._trainer
        slots, generator = trainer.state()
        keepsake = Keepsake(
            trainer.network.weights, slots, generator, trainer.epoch, trainer.iteration
        )
        return self._guard.keep(loss, keepsake)

    def look(self) -> Outcome | None:
        """Judge the run where it stands; return its outcome when it has to end."""
        trainer = self._trainer
        loss = trainer.epoch_loss
        self.iteration = trainer.iteration + MARK
        guarded = self._project.training.explosion_guard
        if not math.isfinite(loss) or (guarded and self._guard.exploded(loss)):
            return self.explode(loss)
        if trainer.epoch < self.epoch:
            return None if self.remember() else self.explode(math.nan)
        if not self.remember(loss):
            return self.explode(math.nan)
        self.epoch = self._cadence.next(trainer.epoch)
        row = self.measure(loss)
        if self._objective.finished(loss):
            return Finished(
                trainer.epoch,
                translate("Training", "Every answer is right: nothing is left to learn."),
            )
        watched = row.get("validation_loss", loss)
        if self._patience.exhausted(trainer.epoch, watched, trainer.network):
            return self._stop_early()
        return None

    def measure(self, loss: float) -> dict[str, float]:
        """Write the present epoch into the log, unless it is there; return the row."""
        trainer, prepared = self._trainer, self._reading.prepared
        if self._log.last("epoch") == trainer.epoch:
            return self._log.last_row()
        row = {
            "epoch": float(trainer.epoch),
            "iteration": float(trainer.iteration),
            "loss": loss,
        }
        if trainer.metrics:
            measured = self.evaluate(prepared.train, MEASURED_ROWS)
            row |= {name: value for name, value in measured.items() if name != "loss"}
        if len(prepared.validation):
            measured = self.evaluate(prepared.validation)
            row |= {f"validation_{name}": value for name, value in measured.items()}
        self._log.append(row)
        return row

    def scores(self) -> Scores:
        """Return loss and metrics on all of training, validation and test; {} for an empty part."""
        moment = (self._trainer.iteration, self._trainer.network.version)
        if self._scores is None or self._scores[0] != moment:
            prepared = self._reading.prepared
            parts = (prepared.train, prepared.validation, prepared.test)
            found = {
                name: self.evaluate(part) if len(part) else {}
                for name, part in zip(SETS, parts, strict=True)
            }
            self._scores = (moment, found)
        return self._scores[1]

    def evaluate(self, examples: Examples, rows: int | None = None) -> dict[str, float]:
        """Return loss and metrics on examples, at most the first `rows`.

        Errors are in the unit of the target; the loss is what is minimised, on scaled targets.
        """
        found = self._trainer.evaluate(
            {node: array[:rows] for node, array in examples.inputs.items()},
            {node: array[:rows] for node, array in examples.targets.items()},
        )
        unit = self._reading.error_unit()
        return {name: value * unit if name in ERRORS else value for name, value in found.items()}

    def explode(self, loss: float) -> Diverged:
        """Go back to the last good state; return why."""
        trainer, kept = self._trainer, self._guard.keepsake
        assert kept is not None
        bad, position = trainer.network.weights, (trainer.epoch, trainer.iteration)
        trainer.network.set_weights(kept.weights)
        trainer.restore(kept.slots, kept.generator)
        self._log.truncate(kept.epoch)
        self.epoch = self._cadence.next(kept.epoch)
        self.iteration = kept.iteration + MARK
        scale = largest_input(self._reading)
        loss = self._guard.worst(loss)
        return diagnose(self._project, loss, kept.weights, bad, scale, position)

    def _loss_before(self) -> float:
        """Return the loss before the first update; infinite for a run that goes on."""
        if self._trainer.iteration or not self._objective.descends:
            return math.inf
        return self.evaluate(self._reading.prepared.train, MEASURED_ROWS)["loss"]

    def _stop_early(self) -> Finished:
        best, trainer = self._patience, self._trainer
        if self._project.training.restore_best and best.best_weights is not None:
            trainer.network.set_weights(best.best_weights)
            text = translate("Training", "Stopped early with the weights of epoch {epoch}.")
        else:
            text = translate("Training", "Stopped early; epoch {epoch} was the best.")
        return Finished(trainer.epoch, text.format(epoch=best.best_epoch))


def largest_input(reading: Reading) -> float:
    """Return the largest absolute value the network gets from the training rows."""
    arrays = reading.prepared.train.inputs.values()
    return max((float(np.abs(array).max(initial=0.0)) for array in arrays), default=0.0)
