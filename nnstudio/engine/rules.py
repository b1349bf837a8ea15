"""Learning rules older than back-propagation, for networks of a single trained layer.

Perceptron rule (Rosenblatt 1958): w ← w + η·e·x with e = d − y, whatever the activation.
Delta rule (Widrow and Hoff 1960): w ← w + η·φ′(v)·e·x. Over a batch both take the mean.
"""

from collections.abc import Sequence
from dataclasses import replace

from nnstudio.engine.examples import unknown_name
from nnstudio.engine.graph import Graph
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.plans.head import Goal
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

RULES = ("gradient", "perceptron", "delta")


def apply_rule(rule: str, graph: Graph, goals: Sequence[Goal]) -> list[Goal]:
    """Return the goals as the rule learns them; raise StudioError where the rule can't work."""
    if rule == "gradient":
        return list(goals)
    if rule not in RULES:
        raise unknown_name(rule, RULES)
    trained = [id for id in graph.order if graph[id].layer.weights(graph.input_shapes(id))]
    if len(trained) != 1:
        raise StudioError(
            translate("Engine", "This rule trains one layer, but the network has {count}.").format(
                count=len(trained)
            ),
            translate("Engine", "Use back-propagation, or a network without hidden layers."),
        )
    loss = LOSSES["half_squared_error"]
    return [replace(goal, loss=loss, straight_through=rule == "perceptron") for goal in goals]


def warn_untrainable(graph: Graph) -> str:
    """Return the id of a layer whose step activation stops gradients, or ""."""
    for id in graph.order:
        settings = graph[id].layer.settings
        if "step" in (settings.get("activation"), settings.get("function")):
            return id
    return ""
