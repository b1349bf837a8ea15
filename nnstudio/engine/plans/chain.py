"""Chain: a network of Dense layers one behind another, as the scalar plan wants it."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnstudio.engine.activations import ACTIVATIONS, Activation
from nnstudio.engine.formula import has_scalar_code
from nnstudio.engine.graph import Graph
from nnstudio.engine.plans.head import Goal


@dataclass(frozen=True)
class Link:
    """One Dense layer of a chain: `inputs` → `units`, its activation and how it is biased."""

    node: str
    inputs: int
    units: int
    activation: Activation
    numbers: dict[str, float]
    bias: str


def chain_of(graph: Graph, goals: Sequence[Goal]) -> tuple[Link, ...]:
    """Return the Dense layers in order, or () when the graph is anything but such a chain."""
    if len(goals) != 1 or len(list(graph.of_kind("input"))) != 1:
        return ()
    if any(len(graph.outgoing[id]) > 1 for id in graph.order):
        return ()
    found: list[Link] = []
    for id in graph.order:
        layer = graph[id].layer
        if layer.id in ("input", "output"):
            continue
        if layer.id != "dense":
            return ()
        settings = layer.settings
        activation = ACTIVATIONS[str(settings["activation"])]
        if activation.id == "softmax":
            return ()
        formulas = (*activation.forward, *activation.backward)
        if len(activation.backward) > 1 or not has_scalar_code(formulas):
            return ()
        numbers = {name: float(settings[name]) for name in activation.settings}  # type: ignore[arg-type]
        inputs = graph.input_shapes(id)[0][0]
        units = graph.shapes[id][0]
        found.append(Link(id, inputs, units, activation, numbers, str(settings["bias"])))
    return tuple(found)
