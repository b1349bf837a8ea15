"""How one column becomes numbers: fitted on training rows, applied to any, lowered for exports."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.table import label_of, object_array
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

Array = NDArray[np.float64]
MAX_WIDTH = 1000


class Scaled:
    """What codes of numbers share: (value − offset) / scale, or value >= threshold if given."""

    name: str
    offset: float
    scale: float
    threshold: float | None
    fill: float
    strict: bool

    def without_gaps(self, values: Array) -> Array:
        """Return `values` (rows first) with `fill` for NaN; raise StudioError when `strict`."""
        gaps = np.isnan(values)
        if not gaps.any():
            return values
        if self.strict:
            raise _gap(self.name, int(np.argwhere(gaps)[0][0]))
        return np.where(gaps, self.fill, values)

    def scaled(self, values: Array) -> Array:
        """Return `values` (any shape, no gaps) scaled or compared with the threshold."""
        if self.threshold is not None:
            return (values >= self.threshold).astype(np.float64)
        return (values - self.offset) / self.scale

    def decode(self, values: Array) -> Array:
        """Return scaled `values` (any shape) in the column's unit; 0/1 stays as it is."""
        return values if self.threshold is not None else values * self.scale + self.offset


@dataclass(frozen=True)
class NumberCode(Scaled):
    """A number or date column: (value − offset) / scale, or value >= threshold when it is given.

    A missing value is replaced by `fill` first. Dates count as days since 1970-01-01.
    `minimum`, `maximum`, `median` are those of the training rows, in the column's unit.
    """

    name: str
    kind: str = "number"
    offset: float = 0.0
    scale: float = 1.0
    threshold: float | None = None
    fill: float = 0.0
    strict: bool = False
    minimum: float = 0.0
    maximum: float = 1.0
    median: float = 0.0
    whole: bool = False
    unit: str = ""

    @property
    def width(self) -> int:
        """The number of inputs this column becomes."""
        return 1

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one encoded value."""
        return (1,)

    def names(self) -> tuple[str, ...]:
        """Return a name for every input."""
        return (self.name,)

    def filled(self, raw: Sequence[Any] | NDArray[Any]) -> Array:
        """Return numbers in the column's unit without gaps; shape (N,)."""
        return self.without_gaps(as_numbers(self.name, raw))

    def encode(self, raw: Sequence[Any] | NDArray[Any]) -> Array:
        """Return scaled numbers of shape (N, 1)."""
        return self.scaled(self.filled(raw))[:, None]


@dataclass(frozen=True)
class CategoryCode:
    """A category column: one input per category, 1 for the one that is there (one-hot).

    A missing value counts as `fill`. A category that was never declared gives all zeros as an
    input, because the network has no weight for it, and is refused as a target.
    """

    name: str
    categories: tuple[str, ...] = ()
    fill: str = ""
    strict: bool = False

    @property
    def width(self) -> int:
        """The number of inputs this column becomes."""
        return len(self.categories)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one encoded value."""
        return (len(self.categories),)

    def names(self) -> tuple[str, ...]:
        """Return a name for every input, such as "sex=male"."""
        return tuple(f"{self.name}={category}" for category in self.categories)

    def codes(self, raw: Sequence[Any] | NDArray[Any]) -> NDArray[np.intp]:
        """Return the index of each value's category, −1 for an unknown one; shape (N,)."""
        known: dict[Any, int] = {name: place for place, name in enumerate(self.categories)}
        fill = known.get(self.fill, -1)
        found = np.empty(len(raw), np.intp)
        for row, value in enumerate(raw):
            label = label_of(value)
            if label is None and self.strict:
                raise _gap(self.name, row)
            found[row] = fill if label is None else known.get(label, -1)
        return found

    def encode(self, raw: Sequence[Any] | NDArray[Any]) -> Array:
        """Return one-hot rows of shape (N, categories)."""
        return one_hot(self.codes(raw), len(self.categories))


@dataclass(frozen=True)
class TensorCode(Scaled):
    """A column of arrays, such as pictures: (value − offset) / scale, one pair for all cells."""

    name: str
    shape: tuple[int, ...] = (1,)
    offset: float = 0.0
    scale: float = 1.0
    threshold: float | None = None
    fill: float = 0.0
    strict: bool = False
    minimum: float = 0.0
    maximum: float = 1.0

    @property
    def width(self) -> int:
        """The number of inputs this column becomes when it is flattened."""
        return math.prod(self.shape)

    def names(self) -> tuple[str, ...]:
        """Return a name for every cell, counted from 1; a single channel isn't counted."""
        axes = self.shape[:-1] if len(self.shape) > 1 and self.shape[-1] == 1 else self.shape
        return tuple(
            f"{self.name} {','.join(str(place + 1) for place in index)}"
            for index in np.ndindex(*axes)
        )

    def encode(self, raw: Sequence[Any] | NDArray[Any]) -> Array:
        """Return scaled arrays of shape (N, *shape)."""
        return self.scaled(self.without_gaps(as_tensors(self.name, raw, self.shape)))


Code = NumberCode | CategoryCode | TensorCode


def one_hot(codes: NDArray[np.intp], width: int) -> Array:
    """Return rows with a 1 at each code and zeros elsewhere; −1 gives a row of zeros."""
    rows = np.zeros((len(codes), width))
    known = np.flatnonzero(codes >= 0)
    rows[known, codes[known]] = 1.0
    return rows


def as_numbers(name: str, raw: Sequence[Any] | NDArray[Any]) -> Array:
    """Return `raw` as float64 with NaN for None, "" and NaT; dates as days since 1970.

    Raise StudioError naming the first value that isn't a number.
    """
    if isinstance(raw, np.ndarray) and raw.dtype.kind in "fiub":
        return raw.astype(np.float64)
    if isinstance(raw, np.ndarray) and raw.dtype.kind == "M":
        days = raw.astype("datetime64[s]").astype(np.int64) / 86400.0
        return np.where(np.isnat(raw), np.nan, days)
    return np.array([_number(name, row, value) for row, value in enumerate(raw)], np.float64)


def _number(name: str, row: int, value: Any) -> float:
    if value is None or (isinstance(value, str) and not value.strip()):
        return math.nan
    if isinstance(value, datetime | date | np.datetime64):
        moment = np.array(value, "datetime64[s]")
        return math.nan if np.isnat(moment) else int(moment.astype(np.int64)) / 86400.0
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = _iso_day(value)
    if math.isinf(number):
        number = math.nan
    elif math.isnan(number) and isinstance(value, str) and value.strip().casefold() != "nan":
        text = translate("Data", "“{value}” in row {row} of “{name}” is not a number.")
        raise StudioError(
            text.format(value=value, row=row + 1, name=name),
            translate("Data", "Type a number there, or leave it empty."),
        )
    return number


def _iso_day(value: Any) -> float:
    try:
        return int(np.datetime64(str(value).strip(), "s").astype(np.int64)) / 86400.0
    except ValueError:
        return math.nan


def as_tensors(name: str, raw: Sequence[Any] | NDArray[Any], shape: tuple[int, ...]) -> Array:
    """Return `raw` as float64 of shape (N, *shape); None becomes NaN.

    Arrays of (N, cells) with the right number of cells are reshaped. Raise StudioError else.
    """
    try:
        if isinstance(raw, np.ndarray) and raw.dtype != object:
            values = raw.astype(np.float64)
        else:
            blank = np.full(shape, np.nan)
            rows = [blank if each is None else np.asarray(each, np.float64) for each in raw]
            values = np.array(rows, np.float64) if rows else np.zeros((0, *shape))
        return values.reshape(len(values), *shape)
    except (TypeError, ValueError):
        text = translate("Data", "The values of “{name}” don't have the shape {shape}.")
        sizes = "×".join(map(str, shape))
        raise StudioError(
            text.format(name=name, shape=sizes),
            translate("Data", "Give {count} numbers per row.").format(count=math.prod(shape)),
        ) from None


def labels_of(raw: Sequence[Any] | NDArray[Any]) -> NDArray[Any]:
    """Return the class names of raw values as objects, None where missing."""
    return object_array(label_of(value) for value in raw)


def _gap(name: str, row: int) -> StudioError:
    text = translate("Data", "A value of “{name}” is missing in row {row}.")
    return StudioError(
        text.format(name=name, row=row + 1),
        translate("Data", "Fill it in, or choose how missing values are treated."),
    )
