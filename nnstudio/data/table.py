"""A table of named columns: what a file or a built-in dataset becomes before any preparation."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.errors import StudioError
from nnstudio.i18n import translate

KINDS = ("number", "category", "date", "text", "tensor")

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_NO_WORDS = frozenset(
    ("no", "n", "false", "f", "off", "x", "아니오", "아니요", "거짓", "무", "불합격", "0")
)
_YES_WORDS = frozenset(("yes", "y", "true", "t", "on", "o", "예", "네", "참", "유", "합격", "1"))


@dataclass(frozen=True, eq=False)
class Column:
    """One column: `row_count` values of one kind, read-only.

    `values` holds float64 with NaN for "number"; objects (str or None) for "category" and
    "text"; datetime64[D] or [s] with NaT for "date"; floats of shape (row_count, *shape) for
    "tensor". `categories` lists the distinct values of a category (see `sort_categories`).
    `unit` is what the cells carried beside the number, such as "cm" or "%".
    """

    name: str
    kind: str
    values: NDArray[Any]
    shape: tuple[int, ...] = ()
    categories: tuple[str, ...] = ()
    unit: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"Unknown kind of column {self.kind!r}; known: {', '.join(KINDS)}")
        if self.values.flags.writeable:
            owned = self.values.copy()
            owned.setflags(write=False)
            object.__setattr__(self, "values", owned)

    def missing(self) -> NDArray[np.bool_]:
        """Return for each row whether its value is missing; shape (row_count,)."""
        absent: NDArray[np.bool_]
        if self.kind == "number":
            absent = np.isnan(self.values)
        elif self.kind == "date":
            absent = np.isnat(self.values)
        elif self.kind == "tensor":
            absent = np.isnan(self.values.reshape(len(self.values), -1)).any(axis=1)
        else:
            absent = np.array([value is None for value in self.values], bool)
        return absent

    def to_list(self) -> list[Any]:
        """Return Python values: float, str, date or datetime, nested lists; None where missing."""
        if self.kind == "number":
            return [None if math.isnan(value) else value for value in self.values.tolist()]
        return list(self.values.tolist())

    def rows(self, indices: Sequence[int] | NDArray[Any]) -> "Column":
        """Return this column with the rows at `indices` (integers or a boolean mask)."""
        return Column(
            self.name, self.kind, self.values[indices], self.shape, self.categories, self.unit
        )


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of equal length with unique names. `repairs` tells what the reader mended."""

    fields: tuple[Column, ...]
    name: str = ""
    repairs: tuple[str, ...] = ()
    _index: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        index = {column.name: place for place, column in enumerate(self.fields)}
        if len(index) != len(self.fields):
            raise ValueError(f"Column names are not unique: {[c.name for c in self.fields]}")
        if len({len(column.values) for column in self.fields}) > 1:
            raise ValueError("The columns of a table must have the same number of rows")
        object.__setattr__(self, "_index", index)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._index)

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return len(self.fields[0].values) if self.fields else 0

    def __contains__(self, name: object) -> bool:
        return name in self._index

    def column(self, name: str) -> Column:
        """Return the column called `name`; raise StudioError when there is none."""
        if name not in self._index:
            text = translate("Data", "The data has no column “{name}”.").format(name=name)
            hint = translate("Data", "Its columns are: {names}.").format(
                names=", ".join(self.columns)
            )
            raise StudioError(text, hint)
        return self.fields[self._index[name]]

    def kind(self, name: str) -> str:
        """Return the kind of column `name`, one of KINDS."""
        return self.column(name).kind

    def values(self, name: str) -> list[Any]:
        """Return the values of column `name` as Python values, None where missing."""
        return self.column(name).to_list()

    def rows(self, indices: Sequence[int] | NDArray[Any]) -> "Table":
        """Return a table with the rows at `indices` (integers or a boolean mask)."""
        chosen = np.asarray(indices)
        if chosen.dtype != bool:
            chosen = chosen.astype(np.intp)
        return Table(tuple(c.rows(chosen) for c in self.fields), self.name, self.repairs)


def number_column(name: str, values: Iterable[float | None], unit: str = "") -> Column:
    """Return a column of numbers; None and NaN are missing."""
    given = [math.nan if value is None else value for value in values]
    return Column(name, "number", np.array(given, np.float64), unit=unit)


def category_column(
    name: str, values: Iterable[str | None], categories: Sequence[str] | None = None
) -> Column:
    """Return a column of categories; `categories` fixes their order, else `sort_categories`."""
    array = object_array(values)
    if categories is None:
        categories = sort_categories(value for value in array if value is not None)
    return Column(name, "category", array, categories=tuple(categories))


def tensor_column(name: str, values: NDArray[Any]) -> Column:
    """Return a column whose every value is an array; `values` has shape (row_count, *shape)."""
    return Column(name, "tensor", np.asarray(values, np.float64), shape=values.shape[1:])


def object_array(values: Iterable[Any]) -> NDArray[Any]:
    """Return a one-dimensional array of objects, whatever the values are."""
    given = list(values)
    array = np.empty(len(given), object)
    array[:] = given
    return array


def sort_categories(values: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct `values` in the order used everywhere.

    Numbers by value, "no" before "yes" (so that yes is class 1), everything else by code
    point, which is dictionary order for Hangul. The order never depends on the order of rows.
    """
    distinct = set(values)
    if distinct and all(_NUMBER.fullmatch(value) for value in distinct):
        return tuple(sorted(distinct, key=lambda value: (float(value), value)))
    lowered = {value.casefold(): value for value in distinct}
    if len(distinct) == 2 and len(lowered) == 2:
        no = [lowered[word] for word in lowered if word in _NO_WORDS]
        yes = [lowered[word] for word in lowered if word in _YES_WORDS]
        if len(no) == 1 and len(yes) == 1:
            return (no[0], yes[0])
    return tuple(sorted(distinct))


def label_of(value: Any) -> str | None:
    """Return the class name of a raw value: "3" for 3.0, ISO for dates, None when missing."""
    if value is None:
        return None
    if isinstance(value, str):
        return value if value else None
    if isinstance(value, bool | np.bool_):
        return "1" if value else "0"
    if isinstance(value, int | float | np.integer | np.floating):
        number = float(value)
        if math.isnan(number):
            return None
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value)
    return str(value)
