"""Back-propagation: the gradient of the loss through every layer, with any optimiser."""

from typing import Any

from nnstudio.document.compile import losses_of
from nnstudio.document.names import layer_name
from nnstudio.document.project import Project
from nnstudio.engine.rules import warn_untrainable
from nnstudio.errors import StudioError
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.training.objective import OBJECTIVES, Objective, common_options


class Supervised(Objective):
    """Learning from right answers by gradient descent."""

    id = "supervised"
    label = QT_TRANSLATE_NOOP("Objective", "Back-propagation")
    help = QT_TRANSLATE_NOOP("Objective", "Sends the error back through every layer.")

    def check(self, project: Project) -> None:
        """Raise StudioError when a step function hides every slope."""
        node = warn_untrainable(project.graph)
        if node:
            raise StudioError(
                translate(
                    "Training", "{layer} is a step: it has no slope for back-propagation."
                ).format(layer=layer_name(project.graph, node)),
                translate("Training", "Choose the perceptron rule, or another activation."),
            )

    def losses(self, project: Project) -> dict[str, str]:
        """Return the losses the project's outputs name, or those that suit them."""
        return losses_of(project)

    def options(self, project: Project) -> dict[str, Any]:
        """Return optimiser, schedule and what every objective takes."""
        plan = project.training
        return {
            **common_options(project),
            "optimizer": plan.optimizer,
            "schedule": plan.schedule,
            "schedule_steps": plan.schedule_steps,
            "schedule_factor": plan.schedule_factor,
        }


OBJECTIVES.add(Supervised())
