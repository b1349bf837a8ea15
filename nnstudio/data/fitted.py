"""Everything learned from the training rows that must travel with a trained network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.codes import CategoryCode, Code, NumberCode, TensorCode
from nnstudio.data.fitted_json import from_plain, to_plain
from nnstudio.data.lowering import feed, lower_inputs, lower_numbers
from nnstudio.data.spec import FeatureStep
from nnstudio.data.steps import Raw, apply_step
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.ops import ProgramBuilder

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Range:
    """What a raw column may hold, for sliders and lists; numbers in the column's unit."""

    name: str
    kind: str
    minimum: float = 0.0
    maximum: float = 1.0
    median: float = 0.0
    whole: bool = False
    unit: str = ""
    categories: tuple[str, ...] = ()
    usual: str = ""
    shape: tuple[int, ...] = ()


@dataclass(frozen=True)
class Fitted:
    """Codes of every used column, fitted on training rows only; small, immutable, exact in JSON.

    `columns` arguments name features or targets; () means all of `features`, or all of
    `targets` in the methods about targets.
    """

    codes: tuple[Code, ...] = ()
    steps: tuple[FeatureStep, ...] = ()
    features: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, Code]:
        return {code.name: code for code in self.codes}

    @cached_property
    def _steps_by_name(self) -> dict[str, FeatureStep]:
        return {step.name: step for step in self.steps}

    def code(self, name: str) -> Code:
        """Return the code of a column; raise StudioError when nothing was fitted for it."""
        if name not in self._by_name:
            text = translate("Data", "The column “{name}” is not prepared.").format(name=name)
            raise StudioError(
                text, translate("Data", "Make it an input or a target of the data first.")
            )
        return self._by_name[name]

    # ---- inputs

    def shape(self, columns: Sequence[str] = ()) -> tuple[int, ...]:
        """Return the shape of one encoded example: (inputs,), or that of a single array column."""
        codes = self._inputs(columns)
        if len(codes) == 1 and isinstance(codes[0], TensorCode):
            return codes[0].shape
        return (sum(code.width for code in codes),)

    def feature_names(self, columns: Sequence[str] = ()) -> tuple[str, ...]:
        """Return one name per input value: "petal length", "sex=male", "pixels 1,2"."""
        return tuple(name for code in self._inputs(columns) for name in code.names())

    def raw_columns(self, columns: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the columns a user must give: derived ones are replaced by their sources."""
        found: dict[str, None] = {}
        for name in columns or self.features:
            step = self._steps_by_name.get(name)
            found.update(dict.fromkeys(step.columns if step else (name,)))
        return tuple(found)

    def encode(self, columns: Sequence[str], raw: Mapping[str, Raw]) -> Array:
        """Return encoded examples (N, *shape(columns)) from raw values by column name.

        Missing values (None, NaN, "") are filled, numbers scaled, categories one-hot; an
        unknown category is all zeros. Raise StudioError for a missing column, or a missing
        value where the project says that there are none.
        """
        codes = self._inputs(columns)
        parts = [self._encode_one(code, raw) for code in codes]
        if len(parts) == 1:
            return parts[0]
        flat = [
            part.reshape(len(part), code.width) for part, code in zip(parts, codes, strict=True)
        ]
        return np.concatenate(flat, axis=1)

    def _encode_one(self, code: Code, raw: Mapping[str, Raw]) -> Array:
        step = self._steps_by_name.get(code.name)
        if step is None:
            return code.encode(_column(raw, code.name))
        assert isinstance(code, NumberCode)
        return code.encode(apply_step(step, [self._filled(raw, name) for name in step.columns]))

    def _filled(self, raw: Mapping[str, Raw], name: str) -> Array:
        code = self.code(name)
        assert isinstance(code, NumberCode)
        return code.filled(_column(raw, name))

    # ---- targets

    def target_kind(self, columns: Sequence[str] = ()) -> str:
        """Return "binary" (two classes), "classes", "numbers" or "tensor"."""
        codes = self._targets(columns)
        if isinstance(codes[0], CategoryCode):
            return "binary" if codes[0].width == 2 else "classes"
        return "tensor" if isinstance(codes[0], TensorCode) else "numbers"

    def target_shape(self, columns: Sequence[str] = ()) -> tuple[int, ...]:
        """Return the shape one output must have: (1,) for two classes and for one number."""
        codes = self._targets(columns)
        if self.target_kind(columns) == "binary":
            return (1,)
        return codes[0].shape if len(codes) == 1 else (len(codes),)

    def classes(self, columns: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the class names of a category target in their order; () for numbers."""
        code = self._targets(columns)[0]
        return code.categories if isinstance(code, CategoryCode) else ()

    def encode_target(self, columns: Sequence[str], raw: Mapping[str, Raw]) -> Array:
        """Return targets (N, *target_shape): 0/1 for two classes, one-hot for more, else scaled.

        Raise StudioError for a class that was never declared.
        """
        codes = self._targets(columns)
        if isinstance(codes[0], CategoryCode):
            code = codes[0]
            found = code.codes(_column(raw, code.name))
            if (found < 0).any():
                row = int(np.flatnonzero(found < 0)[0])
                raise _unknown_class(code, raw[code.name][row], row)
            if code.width == 2:
                return found.astype(np.float64)[:, None]
            return code.encode(raw[code.name])
        if isinstance(codes[0], TensorCode):
            return codes[0].encode(_column(raw, codes[0].name))
        return np.concatenate([code.encode(_column(raw, code.name)) for code in codes], axis=1)

    def decode_target(self, columns: Sequence[str], outputs: Array) -> Any:
        """Return what outputs (N, *target_shape) mean.

        Class names (a list of N) for categories, ≥ 0.5 being the second of two classes; numbers
        in the column's unit, (N, columns), else.
        """
        codes = self._targets(columns)
        outputs = np.asarray(outputs, np.float64)
        if isinstance(codes[0], CategoryCode):
            names = codes[0].categories
            if codes[0].width == 2 and outputs.reshape(len(outputs), -1).shape[1] == 1:
                return [names[int(value >= 0.5)] for value in outputs.reshape(-1)]
            return [names[int(place)] for place in outputs.argmax(axis=-1)]
        if isinstance(codes[0], TensorCode):
            return codes[0].decode(outputs)
        numbers = [code for code in codes if isinstance(code, NumberCode)]
        return np.stack([c.decode(outputs[:, place]) for place, c in enumerate(numbers)], axis=1)

    # ---- leaving the program

    def lower(self, columns: Sequence[str], builder: ProgramBuilder, prefix: str = "") -> str:
        """Declare the raw inputs, emit the ops that encode them, return the encoded value's name.

        All number columns are one float input of shape (columns,) in the order of
        `raw_columns`, called "{prefix}numbers"; each category is a text input, each array a
        float input under its own name. `feed` makes the arrays for these inputs.
        """
        return lower_inputs(self, columns, builder, prefix)

    def feed(
        self, columns: Sequence[str], raw: Mapping[str, Raw], prefix: str = ""
    ) -> dict[str, NDArray[Any]]:
        """Return the arrays for the inputs that `lower` declares, from raw values."""
        return feed(self, columns, raw, prefix)

    def lower_target(self, columns: Sequence[str], value: str, builder: ProgramBuilder) -> str:
        """Emit the ops that bring `value` back to the target's unit; return the result's name."""
        codes = self._targets(columns)
        if isinstance(codes[0], CategoryCode):
            return value
        return lower_numbers(codes, value, builder)

    def ranges(self, columns: Sequence[str] = ()) -> tuple[Range, ...]:
        """Return what each raw column may hold, for sliders and lists."""
        return tuple(_range(self.code(name)) for name in self.raw_columns(columns))

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values; floats survive exactly."""
        return to_plain((self.codes, self.steps, self.features, self.targets))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Fitted":
        """Return the Fitted that `to_dict` wrote; raise StudioError when it isn't one."""
        return cls(*from_plain(values))

    def _inputs(self, columns: Sequence[str]) -> list[Code]:
        names = columns or self.features
        if not names:
            raise StudioError(
                translate("Data", "The data has no inputs."),
                translate("Data", "Choose at least one column as input."),
            )
        return [self.code(name) for name in names]

    def _targets(self, columns: Sequence[str]) -> list[Code]:
        names = tuple(columns) or self.targets
        if not names:
            raise StudioError(
                translate("Data", "The data has no target."),
                translate("Data", "Choose the column the network shall learn as target."),
            )
        codes = [self.code(name) for name in names]
        if len(codes) > 1 and not all(isinstance(code, NumberCode) for code in codes):
            raise StudioError(
                translate("Data", "Several targets of one output must all be numbers."),
                translate("Data", "Add one Output per category, or keep a single target."),
            )
        return codes


def _column(raw: Mapping[str, Raw], name: str) -> Raw:
    if name not in raw:
        text = translate("Data", "The column “{name}” is missing.").format(name=name)
        raise StudioError(
            text,
            translate("Data", "Columns found: {names}.").format(names=", ".join(raw) or "-"),
        )
    return raw[name]


def _unknown_class(code: CategoryCode, value: Any, row: int) -> StudioError:
    text = translate("Data", "“{value}” in row {row} is not a class of “{name}”.")
    return StudioError(
        text.format(value=value, row=row + 1, name=code.name),
        translate("Data", "Use one of: {ids}.").format(ids=", ".join(code.categories)),
    )


def _range(code: Code) -> Range:
    if isinstance(code, CategoryCode):
        return Range(code.name, "category", categories=code.categories, usual=code.fill)
    if isinstance(code, TensorCode):
        return Range(code.name, "tensor", code.minimum, code.maximum, code.fill, shape=code.shape)
    return Range(
        code.name, code.kind, code.minimum, code.maximum, code.median, code.whole, code.unit
    )
