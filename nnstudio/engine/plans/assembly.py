"""Assembly: the kernels and signals of a graph, made for one batch size."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.graph import Graph
from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.plans.signal import InputSignal, Signal
from nnstudio.engine.store import WeightStore

Array = NDArray[Any]


@dataclass(frozen=True)
class Body:
    """What plans are made from: the graph, its weights and states, shared by all plans."""

    graph: Graph
    store: WeightStore
    weights: Array
    states: Mapping[str, Array]


@dataclass(frozen=True)
class Mode:
    """How a plan runs the graph: training or predicting, and what dropout does."""

    training: bool = False
    update_states: bool = False
    generator: np.random.Generator | None = None
    injected: Mapping[str, Array] = field(default_factory=dict)


@dataclass
class Assembly:
    """Kernels in order, the signal of every node, and the inputs."""

    kernels: dict[str, Kernel] = field(default_factory=dict)
    signals: dict[str, Signal] = field(default_factory=dict)
    inputs: dict[str, InputSignal] = field(default_factory=dict)


def assemble(
    body: Body, batch: int, mode: Mode, gradient: Array | None, factor: Array | None = None
) -> Assembly:
    """Make the kernels of `body` for `batch` examples; `gradient` is the flat gradient vector.

    Kernels multiply what they write there by the number `factor`, if there is one.
    """
    made = Assembly()
    graph, store = body.graph, body.store
    for id in graph.order:
        layer = graph[id].layer
        sources = tuple(made.signals[wire.source] for wire in graph.incoming[id])
        if layer.id == "input":
            signal = InputSignal(len(made.inputs), graph.shapes[id], batch, store.dtype)
            made.inputs[id] = signal
            sources = (signal,)
        site = KernelSite(
            node=id,
            inputs=sources,
            shape=graph.shapes[id],
            batch=batch,
            dtype=store.dtype,
            training=mode.training,
            weights=store.blocks(body.weights, id),
            gradients={} if gradient is None else store.blocks(gradient, id),
            states={
                name.removeprefix(f"{id}/"): array
                for name, array in body.states.items()
                if name.startswith(f"{id}/")
            },
            update_states=mode.update_states,
            generator=mode.generator,
            injected=mode.injected.get(id),
            factor=factor,
        )
        kernel = layer.kernel(site)
        made.kernels[id] = kernel
        made.signals[id] = kernel.output
    return made
