"""Edits of numbers: type a weight, cut, join, freeze, reset, take over a training run."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.prepare import Fitted
from nnstudio.document.project import Project, RunState
from nnstudio.document.size import check_size, parameter_counts
from nnstudio.engine.graph import Graph
from nnstudio.engine.initializers import initial_weights
from nnstudio.engine.layer import Weight
from nnstudio.errors import Refused
from nnstudio.i18n import translate

Array = NDArray[Any]
Index = int | slice | Array | tuple[int | slice | Array, ...]

AUTOMATIC_LIMIT = 10_000
"""Networks up to this many parameters are kept and trained in 64 bit (decisions.md)."""


def dtype_of(project: Project) -> type[np.floating[Any]]:
    """Return the number type the project's weights have: by its setting, else by its size."""
    if project.training.precision != "auto":
        return np.float64 if project.training.precision == "float64" else np.float32
    count = sum(parameter_counts(project.graph).values())
    return np.float64 if count <= AUTOMATIC_LIMIT else np.float32


def complete_weights(project: Project) -> Project:
    """Return the project with every known array present; missing ones come from the seed.

    Raise Refused when they are too large for the memory.
    """
    missing = [name for name in project.graph.weights if name not in project.weights]
    if not missing:
        return project
    check_size(project.graph)
    fresh = initial_weights(project.graph, project.training.seed, dtype_of(project))
    for array in fresh.values():
        array.flags.writeable = False
    return project.but(weights={**project.weights, **{name: fresh[name] for name in missing}})


def set_weight(project: Project, name: str, index: Index, value: float) -> Project:
    """Type one entry (or a slice) of a weight array, such as ("dense_1/weight", (0, 2), 0.5)."""
    weight = _known_weight(project.graph, name)
    _check_index(weight, name, index)
    project = complete_weights(project)
    array = np.array(project.weights[name])
    if not abs(float(value)) <= float(np.finfo(array.dtype).max):
        raise Refused(
            translate("Edit", "{value} is not a number a weight can have.").format(value=value),
            translate("Edit", "Type a finite number."),
        )
    array[index] = float(value)
    array.flags.writeable = False
    return project.but(weights={**project.weights, name: array})


def set_weights(
    project: Project,
    weights: Mapping[str, Array],
    run: RunState | None = None,
    fitted: Fitted | None = None,
) -> Project:
    """Take over arrays by name (a training run); others stay. Raise Refused on a wrong shape."""
    taken: dict[str, Array] = {}
    for name, array in weights.items():
        weight = _known_weight(project.graph, name)
        if np.shape(array) != weight.shape:
            raise Refused(
                translate("Edit", "{name} has the shape {received}, but {needed} fits.").format(
                    name=name, received=_sizes(np.shape(array)), needed=_sizes(weight.shape)
                ),
                translate("Edit", "Give every array the shape of its layer."),
            )
        taken[name] = np.asarray(array)
    return project.but(
        weights={**project.weights, **taken},
        run=project.run if run is None else run,
        fitted=project.fitted if fitted is None else fitted,
    )


def reset_weights(project: Project, seed: int | None = None) -> Project:
    """Forget what was learned; weights start from the training seed (or a new `seed`) again.

    Frozen entries keep their values.
    """
    training = project.training if seed is None else project.training.with_setting("seed", seed)
    emptied = project.but(weights={}, run=RunState(), training=training)
    frozen = [name for name in project.weights if f"{name}.frozen" in project.masks]
    if not frozen:
        return emptied
    fresh = complete_weights(emptied)
    kept = {}
    for name in frozen:
        held, array = project.masks[f"{name}.frozen"], project.weights[name]
        if name in fresh.weights and fresh.weights[name].shape == array.shape == held.shape:
            kept[name] = np.where(held, array, fresh.weights[name]).astype(array.dtype)
        else:
            kept[name] = array
    return emptied.but(weights=kept)


def cut(project: Project, name: str, index: Index) -> Project:
    """Cut connections: their weights count as 0 and don't learn; `join` brings them back."""
    return _flag(project, name, "mask", index, False)


def join(project: Project, name: str, index: Index) -> Project:
    """Wire connections that were cut; each has the weight it had before."""
    return _flag(project, name, "mask", index, True)


def freeze_entries(project: Project, name: str, index: Index | None, flag: bool) -> Project:
    """Lock (`flag` True) or unlock entries of a weight array; `index` None means all of it.

    Locked entries keep their present numbers, so missing weights are drawn first.
    """
    whole: Index = () if index is None else index
    return _flag(complete_weights(project), name, "frozen", whole, flag)


def _flag(project: Project, name: str, kind: str, index: Index, flag: bool) -> Project:
    """Set entries of a boolean array beside a weight; an array that says nothing is dropped."""
    weight = _known_weight(project.graph, name)
    if kind == "mask" and not weight.maskable:
        raise Refused(
            translate("Edit", "{name} has no connections to cut.").format(name=name),
            translate("Edit", "Cut connections between neurons."),
        )
    if weight.role != "parameter":
        raise Refused(
            translate("Edit", "{name} is measured, not learned, so it can't be locked.").format(
                name=name
            ),
            translate("Edit", "Lock weights or biases."),
        )
    _check_index(weight, name, index)
    neutral = kind == "mask"
    key = f"{name}.{kind}"
    array = np.array(project.masks.get(key, np.full(weight.shape, neutral)))
    array[index] = flag
    masks = {other: mask for other, mask in project.masks.items() if other != key}
    if not (array == neutral).all():
        masks[key] = array
    return project.but(masks=masks)


def _known_weight(graph: Graph, name: str) -> Weight:
    weight = graph.weights.get(name)
    if weight is None:
        raise Refused(
            translate("Edit", "There is no weight {name}.").format(name=name),
            translate("Edit", "Wire the layer first, so that its size is known."),
        )
    return weight


def _check_index(weight: Weight, name: str, index: Index) -> None:
    try:
        np.empty(weight.shape, bool)[index]
    except (IndexError, TypeError, ValueError):
        raise Refused(
            translate("Edit", "{name} has the shape {needed}; there is no entry {index}.").format(
                name=name, needed=_sizes(weight.shape), index=index
            ),
            translate("Edit", "Choose an entry inside it."),
        ) from None


def _sizes(shape: tuple[int, ...]) -> str:
    return " × ".join(str(size) for size in shape) or "1"
