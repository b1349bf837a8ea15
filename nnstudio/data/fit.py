"""Fits the code of one column on the rows it is given."""

from collections import Counter
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.codes import (
    MAX_WIDTH,
    CategoryCode,
    Code,
    NumberCode,
    TensorCode,
    as_numbers,
    labels_of,
)
from nnstudio.data.profile import classes_of
from nnstudio.data.spec import KIND_LABELS, ColumnSpec
from nnstudio.data.table import Column
from nnstudio.errors import StudioError
from nnstudio.i18n import translate


def fit(spec: ColumnSpec, column: Column, rows: NDArray[np.intp]) -> Code:
    """Return the code of `column` as `spec` treats it, with statistics of `rows` only.

    The list of categories is that of the whole column: it is vocabulary, and the number of
    inputs must not change with the split.
    """
    if spec.kind == "tensor" and column.kind == "tensor":
        return _fit_tensor(spec, column, rows)
    if spec.kind == "category" and column.kind != "tensor":
        return _fit_category(spec, column, rows)
    if spec.kind in ("number", "date") and column.kind in ("number", "date", "category"):
        return _fit_number(spec, as_numbers(column.name, column.values), column.unit, rows)
    text = translate("Data", "The column “{name}” can't be used as {kind}.")
    raise StudioError(
        text.format(name=column.name, kind=translate("Choice", dict(KIND_LABELS)[spec.kind])),
        translate("Data", "Choose another kind for it, or don't use the column."),
    )


def fit_numbers(name: str, values: NDArray[np.float64], scaling: str) -> NumberCode:
    """Return the code of a derived column whose training values are `values`, without gaps."""
    rows = np.arange(len(values), dtype=np.intp)
    return _fit_number(ColumnSpec(name, scaling=scaling), values, "", rows)


def _fit_number(
    spec: ColumnSpec, values: NDArray[np.float64], unit: str, rows: NDArray[np.intp]
) -> NumberCode:
    present = _present(values[rows])
    return NumberCode(
        name=spec.name,
        kind=spec.kind,
        **_scaling(spec, values[rows], present),
        median=float(np.median(present)),
        whole=bool(np.all(present == np.floor(present))),
        unit=unit,
    )


def _fit_tensor(spec: ColumnSpec, column: Column, rows: NDArray[np.intp]) -> TensorCode:
    seen = column.values[rows]
    return TensorCode(name=spec.name, shape=column.shape, **_scaling(spec, seen, _present(seen)))


class _Scaling(TypedDict):
    """The fields that NumberCode and TensorCode have in common."""

    offset: float
    scale: float
    threshold: float | None
    fill: float
    strict: bool
    minimum: float
    maximum: float


def _present(seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values that aren't missing; a single 0 where all are."""
    present = seen[~np.isnan(seen)]
    return present if len(present) else np.zeros(1)


def _scaling(spec: ColumnSpec, seen: NDArray[np.float64], present: NDArray[np.float64]) -> _Scaling:
    fill = _fill(present, spec.missing)
    offset, scale = _offset_and_scale(np.where(np.isnan(seen), fill, seen), spec.scaling)
    return {
        "offset": offset,
        "scale": scale,
        "threshold": float(spec.threshold) if spec.scaling == "binarise" else None,
        "fill": fill,
        "strict": spec.missing == "error",
        "minimum": float(present.min()),
        "maximum": float(present.max()),
    }


def _fill(present: NDArray[np.float64], missing: str) -> float:
    if missing == "mean":
        return float(present.mean())
    if missing == "most_frequent":
        values, counts = np.unique(present, return_counts=True)
        return float(values[counts.argmax()])
    return float(np.median(present))


def _offset_and_scale(values: NDArray[np.float64], scaling: str) -> tuple[float, float]:
    """Return (offset, scale): mean and deviation (over N), minimum and range, or (0, 1)."""
    if scaling == "standard" and values.size:
        offset, scale = float(values.mean()), float(values.std())
        # A constant column has a deviation of rounding errors only: it must not be blown up.
        negligible = 10 * np.finfo(np.float64).eps * max(abs(offset), 1e-300)
        return offset, scale if scale > negligible else 1.0
    if scaling == "minmax" and values.size:
        offset = float(values.min())
        return offset, (float(values.max()) - offset) or 1.0
    return 0.0, 1.0


def _fit_category(spec: ColumnSpec, column: Column, rows: NDArray[np.intp]) -> CategoryCode:
    categories = classes_of(column)
    if len(categories) > MAX_WIDTH:
        text = translate("Data", "“{name}” has {count} different values, too many for a category.")
        raise StudioError(
            text.format(name=spec.name, count=len(categories)),
            translate("Data", "Don't use this column, or make it a number."),
        )
    counts: Counter[Any] = Counter(labels_of(column.values[rows]))
    fill = max(categories, key=lambda name: counts[name], default="")
    return CategoryCode(spec.name, categories, fill, spec.missing == "error")
