"""Checks of what comes in: inputs, targets, weights and masks, refused in words when wrong."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.layer import Shape
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

Array = NDArray[Any]


def by_name(given: Any, ids: Sequence[str], what: str) -> dict[str, Any]:
    """Return one entry per id from a mapping, or from a single array where there is one id."""
    if isinstance(given, Mapping):
        for id in given:
            if id not in ids:
                raise unknown_name(str(id), ids)
        missing = [id for id in ids if id not in given]
        if missing:
            raise StudioError(
                translate("Engine", "{what} for {names} are missing.").format(
                    what=what, names=", ".join(missing)
                ),
                translate("Engine", "Give one array for each of: {names}.").format(
                    names=", ".join(ids)
                ),
            )
        return {id: given[id] for id in ids}
    if len(ids) != 1:
        raise StudioError(
            translate("Engine", "One array came, but the network has {count}: {names}.").format(
                count=len(ids), names=", ".join(ids)
            ),
            translate("Engine", "Give a mapping from each of these names to its array."),
        )
    return {ids[0]: given}


def numbers(given: Any, what: str, finite: bool = True) -> Array:
    """Return `given` as an array of numbers; raise StudioError when it is anything else."""
    try:
        array = np.asarray(given)
        if array.dtype.kind not in "fiub" and array.ndim:
            array = array.astype(np.float64)
        if array.dtype.kind not in "fiub":
            raise TypeError
    except (TypeError, ValueError):
        raise StudioError(
            translate("Engine", "{what} must be numbers. Received: {kind}.").format(
                what=what, kind=_kind(given)
            ),
            translate("Engine", "Use an array or nested lists of numbers, all rows equally long."),
        ) from None
    if not finite or array.dtype.kind != "f" or _surely_finite(array):
        return array
    if not np.isfinite(array).all():
        bad = np.argwhere(~np.isfinite(array))
        raise StudioError(
            translate(
                "Engine", "{what} contain {count} values that are not finite, the first at {place}."
            ).format(what=what, count=len(bad), place=tuple(int(i) for i in bad[0])),
            translate("Engine", "Fill or remove missing values first."),
        )
    return array


def _surely_finite(array: Array) -> bool:
    """Tell by one sum, which any infinity or NaN would spoil; False may be an overflow."""
    with np.errstate(all="ignore"):
        return bool(np.isfinite(array.sum()))


def inputs(given: Any, shapes: Mapping[str, Shape]) -> dict[str, Array]:
    """Return checked inputs by id, each (N, *shape), all with the same N, in their own type."""
    what = translate("Engine", "Inputs")
    found: dict[str, Array] = {}
    for id, value in by_name(given, tuple(shapes), what).items():
        array, shape = numbers(value, what), shapes[id]
        if array.ndim == 1 and shape == (1,):
            array = array[:, None]
        if array.shape[1:] != shape or array.ndim != len(shape) + 1:
            raise StudioError(
                translate("Engine", "{name} takes {fits}. Received: {shape}.").format(
                    name=id, fits=_shape(("N", *shape)), shape=_shape(array.shape)
                ),
                translate("Engine", "The first axis counts examples; the others must fit."),
            )
        found[id] = array
    _same_length({id: len(array) for id, array in found.items()})
    return found


def targets(
    given: Any, shapes: Mapping[str, Shape], losses: Mapping[str, Any], count: int, dtype: Any
) -> dict[str, Array]:
    """Return checked targets by sink, each (N, outputs); class numbers become one-hot rows."""
    what = translate("Engine", "Targets")
    found: dict[str, Array] = {}
    for id, value in by_name(given, tuple(shapes), what).items():
        array = numbers(value, what)
        found[id] = _target(id, array, shapes[id], losses[id]).astype(dtype, copy=False)
        if len(array) != count:
            raise StudioError(
                translate("Engine", "{count} inputs came with {targets} targets.").format(
                    count=count, targets=len(array)
                ),
                translate("Engine", "Give one target for each example."),
            )
    return found


def _target(id: str, array: Array, shape: Shape, loss: Any) -> Array:
    outputs = prod(shape)
    positions, classes = shape[:-1], shape[-1]
    indices = array.dtype.kind in "iub" or bool(loss.classes and np.all(array == np.round(array)))
    if array.shape[1:] == positions and classes > 1 and indices:
        found = _one_hot(id, array, classes).reshape(len(array), outputs)
    elif array.ndim >= 1 and array.shape[1:] == shape:
        found = array.reshape(len(array), outputs)
    elif array.ndim == 1 and outputs == 1:
        found = array[:, None]
    elif array.ndim == 2 and array.shape[1] == 1 and outputs > 1 and indices and not positions:
        found = _one_hot(id, array[:, 0], classes)
    else:
        raise StudioError(
            translate("Engine", "{name} gives {fits}. Received targets: {shape}.").format(
                name=id, fits=_shape(("N", *shape)), shape=_shape(array.shape)
            ),
            translate("Engine", "Use class numbers (N) or one value per output."),
        )
    return _in_range(id, found, loss)


def _in_range(id: str, found: Array, loss: Any) -> Array:
    """Return targets the loss can take; raise StudioError for others."""
    if loss.signed:
        return np.where(found <= 0, -1.0, 1.0)
    if loss.classes and found.size and (found.min() < 0.0 or found.max() > 1.0):
        raise StudioError(
            translate("Engine", "The loss of {name} takes targets from 0 to 1.").format(name=id)
            + " "
            + translate("Engine", "Received: {low} to {high}.").format(
                low=f"{found.min():g}", high=f"{found.max():g}"
            ),
            translate("Engine", "Use class numbers or shares, or choose a loss for numbers."),
        )
    return found


def _one_hot(id: str, array: Array, classes: int) -> Array:
    numbers = array.astype(np.int64)
    if numbers.size and (numbers.min() < 0 or numbers.max() >= classes):
        raise StudioError(
            translate(
                "Engine", "{name} knows classes 0 to {last}. Received: {low} to {high}."
            ).format(name=id, last=classes - 1, low=numbers.min(), high=numbers.max()),
            translate("Engine", "Count classes from 0, or give the last layer more neurons."),
        )
    return np.asarray(np.eye(classes)[numbers])


def unknown_name(name: str, known: Sequence[str]) -> StudioError:
    """Return the error for a name nobody has."""
    return StudioError(
        translate("Engine", "There is nothing called {name}.").format(name=name),
        translate("Engine", "Use one of: {names}.").format(names=", ".join(known)),
    )


def _same_length(lengths: Mapping[str, int]) -> None:
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{id}: {length}" for id, length in lengths.items())
        raise StudioError(
            translate("Engine", "The inputs have different numbers of examples ({listed}).").format(
                listed=listed
            ),
            translate("Engine", "Give every input the same number of examples."),
        )


def _shape(shape: Sequence[object]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _kind(given: Any) -> str:
    if isinstance(given, np.ndarray):
        return str(given.dtype)
    if isinstance(given, list | tuple) and given:
        return f"{type(given).__name__}({type(given[0]).__name__})"
    return type(given).__name__
