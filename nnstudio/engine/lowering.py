"""Lowering: a whole graph as primitive operations, the way it predicts."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.graph import Graph
from nnstudio.ops import Program, ProgramBuilder

Array = NDArray[Any]


def lower(
    graph: Graph, weights: Mapping[str, Array], masks: Mapping[str, Array] | None = None
) -> Program:
    """Return the program that predicts: dropout left out, masks baked into the weights."""
    build = ProgramBuilder()
    values = lower_into(build, graph, weights, masks or {}, {})
    for sink in graph.sinks:
        name = build.emit("identity", values[sink], name=f"{sink}/answer")
        build.output(name, graph.shapes[sink])
    return build.build()


def lower_into(
    build: ProgramBuilder,
    graph: Graph,
    weights: Mapping[str, Array],
    masks: Mapping[str, Array],
    given: Mapping[str, str],
) -> dict[str, str]:
    """Emit every node into `build` and return the value of each by id.

    `given` maps an Input's id to a value that `build` already holds (preprocessed columns).
    """
    values: dict[str, str] = {}
    for id in graph.order:
        layer = graph[id].layer
        shapes = graph.input_shapes(id)
        constants = {
            weight.name: build.constant(
                f"{id}/{weight.name}", _masked(f"{id}/{weight.name}", weights, masks)
            )
            for weight in layer.weights(shapes)
        }
        arriving = tuple(values[wire.source] for wire in graph.incoming[id])
        if id in given:
            arriving = (given[id],)
        values[id] = layer.lower(build, id, arriving, shapes, constants)
    return values


def _masked(name: str, weights: Mapping[str, Array], masks: Mapping[str, Array]) -> Array:
    array = np.asarray(weights[name])
    mask = masks.get(f"{name}.mask")
    return array if mask is None else np.where(mask, array, np.zeros((), dtype=array.dtype))
