"""The rows of the data as points of a plot: where they lie, which class, which part."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data import Table
from nnstudio.data.codes import as_numbers
from nnstudio.engine.metrics import class_of
from nnstudio.training.reading import Reading

Array = NDArray[Any]
MOST = 2000
PARTS = ("training", "validation", "test")


@dataclass(frozen=True, eq=False)
class Points:
    """Rows of one part: table rows (n,), raw coordinates (n,) each, class index or target (n,).

    `index` is the place among the examples of the part.
    """

    part: str
    rows: Array
    index: Array
    x: Array
    y: Array
    target: Array


def plane_points(reading: Reading, columns: tuple[str, str]) -> tuple[Points, ...]:
    """Return the rows of each part over the plane of two raw columns, at most MOST of each."""
    node, names = next(iter(reading.outputs.items()))
    classes = reading.fitted.classes(names)
    found = []
    for part, examples in parts(reading):
        index = spread(len(examples))
        rows = examples.rows[index]
        target = examples.targets[node][index].reshape(len(index), -1)
        marks = class_of(target) if classes else target[:, 0]
        x, y = (raw_numbers(reading.table, column, rows) for column in columns)
        found.append(Points(part, rows, index, x, y, marks))
    return tuple(found)


def curve_points(reading: Reading, column: str) -> tuple[Points, ...]:
    """Return the rows of each part over one raw column: y and target in the target's unit."""
    node, names = next(iter(reading.outputs.items()))
    classes = reading.fitted.classes(names)
    found = []
    for part, examples in parts(reading):
        index = spread(len(examples))
        target = examples.targets[node][index].reshape(len(index), -1)
        if classes:
            y = class_of(target).astype(np.float64)
        else:
            y = np.asarray(reading.fitted.decode_target(names, target))[:, 0]
        x = raw_numbers(reading.table, column, examples.rows[index])
        found.append(Points(part, examples.rows[index], index, x, y, y))
    return tuple(found)


def parts(reading: Reading) -> list[tuple[str, Any]]:
    """Return the parts of the data that hold rows."""
    prepared = reading.prepared
    examples = (prepared.train, prepared.validation, prepared.test)
    return [(part, found) for part, found in zip(PARTS, examples, strict=True) if len(found)]


def spread(count: int, most: int = MOST) -> Array:
    """Return the places of at most `most` of `count` rows, evenly spread."""
    if count <= most:
        return np.arange(count)
    return np.linspace(0, count - 1, most).round().astype(np.intp)


def raw_numbers(table: Table, column: str, rows: Array) -> Array:
    """Return raw values of a number or date column; dates as days since 1970."""
    return as_numbers(column, table.column(column).values[rows])


def raw_number(column: str, value: Any) -> float | None:
    """Return one raw value as a number; None when it is missing or no number."""
    if value is None or isinstance(value, str):
        return None
    number = float(as_numbers(column, [value])[0])
    return number if np.isfinite(number) else None


def nearest(points: tuple[Points, ...], distance: Any, reach: float) -> tuple[Points, int] | None:
    """Return the point closest by `distance(x, y) -> (n,)` and its place, if within `reach`."""
    best: tuple[float, Points, int] | None = None
    for found in points:
        if len(found.rows):
            far = distance(found.x, found.y)
            place = int(np.nanargmin(far)) if not np.isnan(far).all() else 0
            if far[place] <= reach and (best is None or far[place] < best[0]):
                best = (float(far[place]), found, place)
    return None if best is None else best[1:]
