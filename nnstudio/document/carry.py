"""Carries what was learned from one structure to another: overlapping blocks, columns by name."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.endings import texts_of
from nnstudio.document.project import Project, RunState
from nnstudio.engine.graph import Graph
from nnstudio.engine.initializers import initial_weights
from nnstudio.errors import StudioError

Array = NDArray[Any]
Keys = tuple[Hashable, ...]

NEW_PART = 0.1
"""New random entries start at this share of their usual size, so the output hardly changes."""

_PASSING = (
    *("activation", "dropout", "gaussian_noise"),
    *("batch_normalization", "layer_normalization"),
)


def carry(old: Project, new: Project) -> Project:
    """Return `new` with the weights and masks of `old` fitted to its graph.

    Arrays whose shape still fits are shared, not copied. Rows follow the feature they belong to
    (a column name, a neuron, a branch of Concatenate); other axes keep the overlapping block.
    New entries are initialised from the training seed, random ones near zero; new mask entries
    are connected and not frozen. Arrays of layers whose shape is unknown now are kept as they
    are; those of removed layers go. Optimiser slots are dropped when a shape changed.
    """
    if new.graph is old.graph and new.fitted is old.fitted:
        return new
    before, after = _Features(old), _Features(new)
    fresh = _Fresh(new)
    weights: dict[str, Array] = {}
    for name, array in new.weights.items():
        if name.partition("/")[0] in new.graph:
            weights[name] = _fit(name, array, before, after, fresh)
    masks: dict[str, Array] = {}
    for name, array in new.masks.items():
        if name.partition("/")[0] in new.graph:
            masks[name] = _fit(name, array, before, after, _flags)
    changed = weights.keys() != new.weights.keys() or any(
        weights[name] is not new.weights[name] for name in weights
    )
    run = new.run
    if changed and (run.slots or run.generator):
        run = RunState(run.epoch, run.iteration, curves=run.curves)
    if not changed and all(masks.get(name) is new.masks[name] for name in new.masks):
        return new.but(run=run)
    return new.but(weights=weights, masks=masks, run=run)


def _fit(
    name: str,
    array: Array,
    before: "_Features",
    after: "_Features",
    fresh: Callable[[str, tuple[int, ...]], Array],
) -> Array:
    """Return `array` in the shape its layer has now."""
    weight_name = name.partition(".")[0]
    weight = after.graph.weights.get(weight_name)
    if weight is None:
        return array
    rows = _row_sources(weight_name, array.shape, weight.shape, before, after)
    if rows is None and array.shape == weight.shape:
        return array
    if array.ndim != len(weight.shape):
        return fresh(name, weight.shape)
    if array.shape == (1,) and weight_name.endswith("/bias") and array.dtype != bool:
        return np.full(weight.shape, array[0], array.dtype)
    result = fresh(name, weight.shape).astype(array.dtype)
    overlap = tuple(
        slice(0, min(had, has)) for had, has in zip(array.shape, weight.shape, strict=True)
    )
    if rows is None:
        result[overlap] = array[overlap]
    else:
        to = np.flatnonzero(rows >= 0)
        columns = (slice(None), *overlap[1:])
        kept = result[columns]
        kept[to] = array[columns][rows[to]]
    return result


def _row_sources(
    name: str,
    had: tuple[int, ...],
    has: tuple[int, ...],
    before: "_Features",
    after: "_Features",
) -> NDArray[np.int64] | None:
    """Return for each new row the old one it comes from (-1: none); None for "as they stand"."""
    node = name.partition("/")[0]
    if node not in before.graph or not had or not has:
        return None
    old, new = before.arriving(node), after.arriving(node)
    if len(old) != had[0] or len(new) != has[0]:
        return None
    if len(had) == 1 and after.graph[node].layer.id not in _PASSING:
        return None
    if old == new:
        return None
    place = {key: row for row, key in enumerate(old)}
    rows = np.array([place.get(key, -1) for key in new], np.int64)
    return None if (rows < 0).all() or np.array_equal(rows, np.arange(len(old))) else rows


def _flags(name: str, shape: tuple[int, ...]) -> Array:
    return np.full(shape, name.endswith(".mask"))


class _Fresh:
    """Initial weights of a project, made when the first one is asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._made: Mapping[str, Array] | None = None

    def __call__(self, name: str, shape: tuple[int, ...]) -> Array:
        if self._made is None:
            self._made = initial_weights(
                self._project.graph, self._project.training.seed, np.float64
            )
        constant = self._project.graph.weights[name].init in ("zeros", "ones")
        return self._made[name] * (1.0 if constant else NEW_PART)


class _Features:
    """Names every feature (last axis) a node sends on, so that rows can follow it."""

    def __init__(self, project: Project) -> None:
        self.graph: Graph = project.graph
        self._project = project
        self._sent: dict[str, Keys] = {}
        for id in self.graph.order:
            if id in self.graph.shapes:
                self._sent[id] = self._keys(id)

    def arriving(self, id: str) -> Keys:
        """Return the names of the features at the inputs of a node, in order."""
        return tuple(
            key for wire in self.graph.incoming[id] for key in self._sent.get(wire.source, ())
        )

    def _keys(self, id: str) -> Keys:
        layer = self.graph[id].layer
        width = self.graph.shapes[id][-1]
        if layer.id == "input":
            return tuple((id, name) for name in self._columns(id, width))
        if layer.id in (*_PASSING, "concatenate") or (
            layer.id in ("flatten", "reshape") and len(self.graph.input_shapes(id)[0]) == 1
        ):
            keys = self.arriving(id)
            return keys if len(keys) == width else tuple((id, row) for row in range(width))
        return tuple((id, row) for row in range(width))

    def _columns(self, id: str, width: int) -> tuple[Hashable, ...]:
        columns = texts_of(self.graph[id].layer, "columns")
        names: tuple[Hashable, ...] = columns
        if self._project.fitted is not None and columns:
            try:
                names = self._project.fitted.feature_names(columns)
            except StudioError:  # nothing was fitted for a column the Input names now
                names = columns
        return names if len(names) == width and len(set(names)) == width else tuple(range(width))
