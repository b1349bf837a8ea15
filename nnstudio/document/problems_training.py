"""Problems of learning: activations, losses and settings that don't go together."""

from collections.abc import Iterator

import numpy as np

from nnstudio.document.compile import live_graph
from nnstudio.document.endings import last_activation, loss_of, target_kind
from nnstudio.document.names import layer_name, spoken
from nnstudio.document.problem import Problem
from nnstudio.document.project import Project
from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.graph import Graph
from nnstudio.engine.losses import LOSSES
from nnstudio.i18n import translate

RATE_LIMITS = {
    "sgd": 3.0,
    "momentum": 3.0,
    "nesterov": 3.0,
    "adagrad": 3.0,
    "rmsprop": 0.3,
    "adam": 0.3,
    "adamw": 0.3,
}
SANE_RATES = {"sgd": 0.1, "momentum": 0.1, "nesterov": 0.1, "adagrad": 0.1}


def activation_of(graph: Graph, id: str) -> str:
    """Return the activation a layer applies, or ""."""
    layer = graph[id].layer
    name = {"dense": "activation", "activation": "function"}.get(layer.id)
    return str(layer.settings[name]) if name else ""


def _setting_of(graph: Graph, id: str) -> str:
    return "function" if graph[id].layer.id == "activation" else "activation"


def softmax_inside(project: Project) -> Iterator[Problem]:
    """Softmax anywhere but at the end."""
    live = live_graph(project.graph)
    last = {last_activation(live, node.id)[0] for node in live.of_kind("output")}
    for node in live.nodes:
        if activation_of(live, node.id) == "softmax" and node.id not in last:
            yield Problem(
                node.id,
                "softmax_inside",
                translate("Problem", "Softmax belongs to the last layer."),
                translate("Problem", "Inside the network it lets only one neuron speak."),
                "set_setting",
                {"node": node.id, "name": _setting_of(live, node.id), "value": "relu"},
                severity="warning",
            )


def step_activation(project: Project) -> Iterator[Problem]:
    """The step function has no slope, so back-propagation can't train it."""
    if project.training.objective != "supervised":
        return
    live = live_graph(project.graph)
    dense = [node for node in live.nodes if node.layer.id == "dense"]
    for node in live.nodes:
        if activation_of(live, node.id) == "step":
            single = len(dense) == 1
            yield Problem(
                node.id,
                "step_activation",
                translate("Problem", "The step function has no slope, so nothing can be learned."),
                translate("Problem", "Use sigmoid, or the perceptron rule for a single layer."),
                "set_training" if single else "set_setting",
                {"name": "objective", "value": "perceptron"}
                if single
                else {"node": node.id, "name": _setting_of(live, node.id), "value": "sigmoid"},
                severity="error",
            )


def objective(project: Project) -> Iterator[Problem]:
    """The perceptron rule and the delta rule train one layer."""
    chosen = project.training.objective
    if chosen == "supervised":
        return
    live = live_graph(project.graph)
    dense = [node for node in live.nodes if node.layer.id == "dense"]
    if len(dense) > 1:
        yield Problem(
            dense[0].id,
            "objective",
            translate("Problem", "{rule}: it trains a network with one Dense layer only.").format(
                rule=spoken(project.training.parameters(), "objective", chosen)
            ),
            translate("Problem", "Use back-propagation, or remove the hidden layers."),
            "set_training",
            {"name": "objective", "value": "supervised"},
        )


def losses(project: Project) -> Iterator[Problem]:
    """Losses that don't suit the last activation or the target."""
    if project.training.objective != "supervised":
        return
    live = live_graph(project.graph)
    for node in live.of_kind("output"):
        if node.id not in live.shapes or not live.incoming[node.id]:
            continue
        loss = loss_of(project, node.id)
        entry = LOSSES.get(loss)
        if entry is None:
            continue
        activation, kind = last_activation(live, node.id)[1], target_kind(project, node.id)
        if entry.fused and activation and activation != entry.fused:
            yield Problem(
                node.id,
                "loss_activation",
                translate("Problem", "{loss} needs {function} at the end.").format(
                    loss=translate("Loss", entry.label),
                    function=translate("Activation", ACTIVATIONS[entry.fused].label),
                ),
                translate("Problem", "Otherwise the outputs are no probabilities."),
                "set_last_activation",
                {"output": node.id, "function": entry.fused},
                severity="warning",
            )
        elif kind == "numbers" and entry.classes:
            yield Problem(
                node.id,
                "loss_target",
                translate("Problem", "{loss} is for classes, but the target is a number.").format(
                    loss=translate("Loss", entry.label)
                ),
                translate("Problem", "Let the program choose the loss."),
                "set_setting",
                {"node": node.id, "name": "loss", "value": "mean_squared_error"},
                severity="warning",
            )
        elif kind == "numbers" and activation == "softmax":
            yield Problem(
                node.id,
                "activation_target",
                translate("Problem", "Softmax gives shares, but the target is a number."),
                translate("Problem", "Use no activation at the end."),
                "set_last_activation",
                {"output": node.id, "function": "identity"},
                severity="warning",
            )
        elif kind == "classes" and not entry.classes and activation == "identity":
            yield Problem(
                node.id,
                "activation_target",
                translate("Problem", "The target is a class, but the end has no softmax."),
                translate("Problem", "Softmax turns the outputs into percentages."),
                "set_last_activation",
                {"output": node.id, "function": "softmax"},
                severity="warning",
            )


def linear_stack(project: Project) -> Iterator[Problem]:
    """Dense layers without an activation between them are one Dense layer."""
    live = live_graph(project.graph)
    for node in live.nodes:
        if node.layer.id != "dense" or activation_of(live, node.id) != "identity":
            continue
        onward = live.outgoing[node.id]
        if onward and all(live[wire.target].layer.id == "dense" for wire in onward):
            yield Problem(
                node.id,
                "linear_stack",
                translate("Problem", "Without an activation, {name} adds nothing.").format(
                    name=layer_name(project.graph, node.id)
                ),
                translate("Problem", "Two linear layers in a row are one linear layer."),
                "set_setting",
                {"node": node.id, "name": "activation", "value": "tanh"},
                severity="warning",
            )


def same_start(project: Project) -> Iterator[Problem]:
    """Hidden neurons that start equal stay equal."""
    live = live_graph(project.graph)
    for node in live.nodes:
        layer = node.layer
        if layer.id != "dense" or layer.settings["initializer"] != "zeros":
            continue
        hidden = any(live[wire.target].layer.id != "output" for wire in live.outgoing[node.id])
        if hidden and layer.settings["units"] != 1 and f"{node.id}/weight" not in project.weights:
            yield Problem(
                node.id,
                "same_start",
                translate("Problem", "All neurons of {name} start equal and stay equal.").format(
                    name=layer_name(project.graph, node.id)
                ),
                translate("Problem", "Start from random weights."),
                "set_setting",
                {"node": node.id, "name": "initializer", "value": "glorot_uniform"},
                severity="warning",
            )


def learning_rate(project: Project) -> Iterator[Problem]:
    """A learning rate far outside what the optimiser bears."""
    plan = project.training
    limit = RATE_LIMITS.get(plan.optimizer.id, 3.0)
    sane = SANE_RATES.get(plan.optimizer.id, 0.01)
    if not project.graph.nodes or plan.objective != "supervised":
        return
    if plan.learning_rate <= limit:
        return
    text = translate("Problem", "A learning rate of {rate} is large; the loss may explode.")
    yield Problem(
        "",
        "learning_rate",
        text.format(rate=f"{plan.learning_rate:g}"),
        translate("Problem", "{rate} is a good start.").format(rate=f"{sane:g}"),
        "set_training",
        {"name": "learning_rate", "value": sane},
        severity="warning",
    )


def lonely_batch(project: Project) -> Iterator[Problem]:
    """Batch normalisation needs more than one row per batch."""
    if project.training.batch_size != 1:
        return
    for node in live_graph(project.graph).of_kind("batch_normalization"):
        yield Problem(
            node.id,
            "lonely_batch",
            translate("Problem", "Batch normalisation can't work on batches of one row."),
            translate("Problem", "Use a larger batch."),
            "set_training",
            {"name": "batch_size", "value": 10},
            severity="warning",
        )


def all_frozen(project: Project) -> Iterator[Problem]:
    """Every weight is locked or cut."""
    live = live_graph(project.graph)
    trained = {name: w for name, w in live.weights.items() if w.role == "parameter"}
    if not trained or not project.masks:
        return
    for name, weight in trained.items():
        free = np.ones(weight.shape, bool)
        for kind, wanted in (("mask", True), ("frozen", False)):
            flags = project.masks.get(f"{name}.{kind}")
            if flags is not None and flags.shape == free.shape:
                free &= flags == wanted
        if free.any():
            return
    yield Problem(
        "",
        "all_frozen",
        translate("Problem", "Every weight is locked or cut, so nothing can be learned."),
        translate("Problem", "Unlock some of them."),
        severity="warning",
    )


def not_finite(project: Project) -> Iterator[Problem]:
    """Weights that are no numbers any more, after an explosion."""
    for name, array in project.weights.items():
        if array.dtype.kind == "f" and not np.isfinite(array.sum(dtype=np.float64)):
            yield Problem(
                name.partition("/")[0] if name.partition("/")[0] in project.graph else "",
                "not_finite",
                translate("Problem", "Some weights are no numbers any more."),
                translate("Problem", "Undo, or reset the weights."),
                "reset_weights",
            )
            return


RULES = (
    objective,
    step_activation,
    softmax_inside,
    losses,
    linear_stack,
    same_start,
    learning_rate,
    lonely_batch,
    all_frozen,
    not_finite,
)
