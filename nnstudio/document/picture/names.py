"""What neurons, connections and biases are called: x₁, h₂, w₁₂⁽¹⁾, class names."""

import re
from math import isqrt

from nnstudio.data.labels import shown_name
from nnstudio.document.project import Project

_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SCHOOL = re.compile(r"^[a-z]\d{1,3}$")
_NUMBERED = re.compile(r"^(\D*)(\d+)(?:\D(\d+))?\D?$")

SMALLEST_PICTURE = 5


def subscript(number: int) -> str:
    """Return a number as low digits: 12 -> ₁₂."""
    return str(number).translate(_LOW)


def weight_name(row: int, column: int, layer: int) -> str:
    """Return the school name of the connection from neuron `row` to `column` (both from 0)."""
    low = f"{subscript(row + 1)}{'' if max(row, column) < 9 else '﹐'}{subscript(column + 1)}"
    return f"w{low}⁽{str(layer).translate(_HIGH)}⁾"


def bias_name(column: int | None, layer: int) -> str:
    """Return the school name of a bias; `column` None means the one all neurons share."""
    low = "" if column is None else subscript(column + 1)
    return f"b{low}⁽{str(layer).translate(_HIGH)}⁾"


def neuron_names(
    project: Project, id: str, size: int, outputs: tuple[str, ...], layer_number: int = 0
) -> tuple[str, ...]:
    """Return a name for each neuron: feature names, class or target names, else x₁, h₁, y₁.

    `layer_number` tells hidden layers apart, h₁⁽²⁾; 0 when there is only one.
    """
    layer = project.graph[id].layer
    if layer.id == "input":
        found = _feature_names(project, id)
        found = _shown(project, found)
        return tuple(map(_pretty, found)) if len(found) == size else _counted("x", size)
    for output in outputs:
        found = _target_names(project, output, size)
        if len(found) == size:
            return found
    return _counted("y", size) if outputs else _counted("h", size, layer_number)


def _counted(letter: str, size: int, layer: int = 0) -> tuple[str, ...]:
    high = f"⁽{str(layer).translate(_HIGH)}⁾" if layer else ""
    return tuple(f"{letter}{subscript(i + 1)}{high}" for i in range(size))


def _pretty(name: str) -> str:
    """Return a school name with a low number, x1 -> x₁; other names stay."""
    return f"{name[0]}{name[1:].translate(_LOW)}" if _SCHOOL.match(name) else name


def _feature_names(project: Project, id: str) -> tuple[str, ...]:
    columns = _texts(project, id, "columns")
    known = set(project.fitted.features) if project.fitted is not None else set()
    if project.fitted is not None and columns and set(columns) <= known:
        return project.fitted.feature_names(columns)
    return columns


def _target_names(project: Project, output: str, size: int) -> tuple[str, ...]:
    columns = _shown(project, _texts(project, output, "columns"))
    classes = _shown(project, _texts(project, output, "classes"))
    if len(classes) == 2 and size == 1:
        return (f"{_pretty(columns[0])} = {classes[1]}",) if columns else (classes[1],)
    return classes or tuple(map(_pretty, columns))


def _shown(project: Project, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names as they are displayed: those of shipped data in the user's language."""
    if project.data is None:
        return names
    return tuple(shown_name(project.data.source, name) for name in names)


def _texts(project: Project, id: str, setting: str) -> tuple[str, ...]:
    found = project.graph[id].layer.settings.get(setting)
    return tuple(str(name) for name in found) if isinstance(found, tuple) else ()


def picture_grid(shape: tuple[int, ...], names: tuple[str, ...]) -> tuple[int, int] | None:
    """Return (rows, columns) when the features are pixels of a picture, else None.

    A flat input counts as a picture when its size is a square and its columns are merely
    numbered ("p1", "pixel_0_3"), not named.
    """
    if len(shape) == 2 or (len(shape) == 3 and shape[2] == 1):
        return shape[0], shape[1]
    side = isqrt(len(names))
    if len(shape) != 1 or side * side != len(names) or side < SMALLEST_PICTURE:
        return None
    found = [_NUMBERED.match(name) for name in names]
    stems = {match.group(1) if match else None for match in found}
    return (side, side) if len(stems) == 1 and None not in stems else None
