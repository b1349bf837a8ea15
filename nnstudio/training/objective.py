"""Objective: one way of learning, as what it asks of a project and what it gives the trainer."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from nnstudio.document.compile import metric_names
from nnstudio.document.project import Project
from nnstudio.engine import Network, Trainer
from nnstudio.engine.optimizers import SGD
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.registry import Registry
from nnstudio.training.reading import Reading


class Objective(ABC):
    """A way of learning. It holds no state: what a run remembers is in its trainer."""

    id: ClassVar[str]
    label: ClassVar[str]
    help: ClassVar[str]
    every_epoch: ClassVar[bool] = False
    """Whether `finished` has to be asked after every epoch."""
    descends: ClassVar[bool] = True
    """Whether a loss that stays above its start shows that something is wrong."""

    @abstractmethod
    def check(self, project: Project) -> None:
        """Raise StudioError when the network can't learn this way."""

    @abstractmethod
    def losses(self, project: Project) -> dict[str, str]:
        """Return the id of each output's loss by node."""

    @abstractmethod
    def options(self, project: Project) -> dict[str, Any]:
        """Return what the Trainer gets besides losses and metrics."""

    def missing(self) -> str:
        """Return why it can't be used now; "" when it can."""
        return ""

    def finished(self, loss: float) -> bool:
        """Tell whether an epoch of this mean loss shows that nothing is left to learn."""
        return False


OBJECTIVES: Registry[Objective] = Registry("objective", "nnstudio.training.objectives")


class OneLayerRule(Objective):
    """A rule older than back-propagation: one trained layer, plain steps of the learning rate."""

    def check(self, project: Project) -> None:
        """Raise StudioError when more than one Dense layer would have to learn."""
        dense = [node.id for node in project.graph.of_kind("dense")]
        if len(dense) > 1:
            raise StudioError(
                translate(
                    "Training", "This rule trains one layer, but the network has {count}."
                ).format(count=len(dense)),
                translate("Training", "Remove the hidden layers, or choose back-propagation."),
            )

    def losses(self, project: Project) -> dict[str, str]:
        """Return ½Σe² for every output: what both rules make small."""
        return {node.id: "half_squared_error" for node in project.graph.of_kind("output")}

    def options(self, project: Project) -> dict[str, Any]:
        """Return the rule's name and plain SGD at the plan's learning rate."""
        rate = project.training.learning_rate
        return {**common_options(project), "optimizer": SGD(learning_rate=rate), "rule": self.id}


def common_options(project: Project) -> dict[str, Any]:
    """Return the trainer's options that every objective takes from the plan."""
    plan = project.training
    return {
        "batch_size": plan.batch_size,
        "shuffle": plan.shuffle,
        "drop_last": plan.drop_last,
        "seed": plan.seed,
        "l1": plan.l1,
        "l2": plan.l2,
        "clip_norm": plan.clip_norm or None,
    }


def trainer_of(
    project: Project, objective: Objective, network: Network, reading: Reading | None
) -> Trainer:
    """Return the trainer of a network on its data; raise StudioError why there is none."""
    if reading is None:
        raise StudioError(
            translate("Training", "There is no data to learn from."),
            translate("Training", "Choose a dataset, or drop a table on the window."),
        )
    if not reading.outputs:
        raise StudioError(
            translate("Training", "The network has no output."),
            translate("Training", "Add an Output and wire it."),
        )
    objective.check(project)
    trainer = Trainer(
        network,
        loss=objective.losses(project),
        metrics=metrics(project),
        **objective.options(project),
    )
    train = reading.prepared.train
    trainer.begin(train.inputs, train.targets)
    return trainer


def metrics(project: Project) -> tuple[str, ...]:
    """Return the metrics measured: accuracy for classes, MAE, RMSE and R² for numbers."""
    names = metric_names(project)
    if "r2" in names and "root_mean_squared_error" not in names:
        return (*names[: names.index("r2")], "root_mean_squared_error", *names[names.index("r2") :])
    return names
