"""Preparation as primitive operations, so that an exported network takes raw values."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.codes import (
    CategoryCode,
    Code,
    NumberCode,
    TensorCode,
    as_numbers,
    as_tensors,
    labels_of,
)
from nnstudio.data.spec import FeatureStep
from nnstudio.data.steps import Raw
from nnstudio.ops import ProgramBuilder

if TYPE_CHECKING:
    from nnstudio.data.fitted import Fitted


def lower_inputs(
    fitted: "Fitted", columns: Sequence[str], builder: ProgramBuilder, prefix: str
) -> str:
    """Declare raw inputs and emit the ops of `fitted.encode(columns, …)`; return its value."""
    names = tuple(columns) or fitted.features
    lowering = _Lowering(fitted, builder, prefix)
    lowering.declare(fitted.raw_columns(names))
    codes = [fitted.code(name) for name in names]
    parts = [lowering.run(list(run)) for _, run in groupby(codes, key=lowering.family)]
    if len(codes) == 1 and isinstance(codes[0], TensorCode):
        return parts[0]
    flat = [
        builder.emit("reshape", part, name=f"{part}_flat", shape=(code.width,))
        if isinstance(code, TensorCode)
        else part
        for part, code in zip(parts, lowering.leaders, strict=True)
    ]
    return flat[0] if len(flat) == 1 else builder.emit("concat", *flat, name="features", axis=1)


def lower_numbers(codes: Sequence[Code], value: str, builder: ProgramBuilder) -> str:
    """Emit value · scale + offset for number or array targets; nothing when it is the identity."""
    scaled = [code for code in codes if not isinstance(code, CategoryCode)]
    plain = [(1.0, 0.0) if c.threshold is not None else (c.scale, c.offset) for c in scaled]
    scales, offsets = (np.array(each, np.float64) for each in zip(*plain, strict=True))
    if isinstance(codes[0], TensorCode):
        scales, offsets = scales.reshape(()), offsets.reshape(())
    if not (scales == 1).all():
        constant = builder.constant(f"preparation/{value}.scale", scales)
        value = builder.emit("multiply", value, constant, name=f"{value}_unscaled")
    if (offsets != 0).any():
        constant = builder.constant(f"preparation/{value}.offset", offsets)
        value = builder.emit("add", value, constant, name=f"{value}_in_units")
    return value


def feed(
    fitted: "Fitted", columns: Sequence[str], raw: Mapping[str, Raw], prefix: str
) -> dict[str, NDArray[Any]]:
    """Return arrays for the declared inputs: numbers (N, columns), texts (N,), arrays."""
    arrays: dict[str, NDArray[Any]] = {}
    numbers = []
    for name in fitted.raw_columns(columns):
        code = fitted.code(name)
        if isinstance(code, NumberCode):
            numbers.append(as_numbers(name, raw[name]))
        elif isinstance(code, TensorCode):
            arrays[prefix + name] = as_tensors(name, raw[name], code.shape)
        else:
            labels = labels_of(raw[name])
            labels[[label is None for label in labels]] = ""
            arrays[prefix + name] = labels
    if numbers:
        arrays[numbers_slot(fitted.raw_columns(columns), prefix)] = np.stack(numbers, axis=1)
    return arrays


def numbers_slot(raw: Sequence[str], prefix: str) -> str:
    """Return the name of the input that holds all number columns; no column has it."""
    name = f"{prefix}numbers"
    while name in {prefix + column for column in raw}:
        name += "_"
    return name


class _Lowering:
    """Emits runs of neighbouring columns of one family as few ops as possible."""

    def __init__(self, fitted: "Fitted", builder: ProgramBuilder, prefix: str) -> None:
        self.fitted = fitted
        self.builder = builder
        self.prefix = prefix
        self.places: dict[str, int] = {}
        self.filled = ""
        self.leaders: list[Code] = []
        self._steps: dict[str, FeatureStep] = {step.name: step for step in fitted.steps}

    def declare(self, raw: Sequence[str]) -> None:
        codes = [self.fitted.code(name) for name in raw]
        numbers = [code for code in codes if isinstance(code, NumberCode)]
        for code in codes:
            if isinstance(code, CategoryCode):
                self.builder.input(self.prefix + code.name, (), "text")
            elif isinstance(code, TensorCode):
                self.builder.input(self.prefix + code.name, code.shape)
        if numbers:
            self.places = {code.name: place for place, code in enumerate(numbers)}
            name = numbers_slot(raw, self.prefix)
            given = self.builder.input(name, (len(numbers),))
            fills = np.array([code.fill for code in numbers])
            self.filled = self._fill(given, fills)

    def _fill(self, given: str, fills: NDArray[np.float64]) -> str:
        gaps = self.builder.emit("is_nan", given, name=f"{given}_missing")
        fill = self.builder.constant(f"preparation/{given}.fill", fills)
        return self.builder.emit("where", gaps, fill, given, name=f"{given}_filled")

    def family(self, code: Code) -> tuple[str, ...]:
        """Return the key that neighbouring columns share when one set of ops does for both."""
        if isinstance(code, NumberCode) and code.name not in self._steps:
            return ("number", "binary" if code.threshold is not None else "scaled")
        return ("single", code.name)

    def run(self, codes: list[Code]) -> str:
        self.leaders.append(codes[0])
        first = codes[0]
        if isinstance(first, CategoryCode):
            return self._category(first)
        if isinstance(first, TensorCode):
            filled = self._fill(self.prefix + first.name, np.array(first.fill))
            return self._scale([first], filled, self.prefix + first.name)
        numbers = [code for code in codes if isinstance(code, NumberCode)]
        if first.name in self._steps:
            value = self._step(self._steps[first.name])
        else:
            value = self._columns([self.places[code.name] for code in numbers])
        return self._scale(numbers, value, f"{self.prefix}{first.name}")

    def _columns(self, places: list[int]) -> str:
        if places == list(range(len(self.places))):
            return self.filled
        if places == list(range(places[0], places[0] + len(places))):
            return self._slice(places[0], places[-1] + 1)
        pieces = [self._slice(place, place + 1) for place in places]
        return self.builder.emit("concat", *pieces, name=f"{self.prefix}chosen", axis=1)

    def _slice(self, start: int, stop: int) -> str:
        name = f"{self.prefix}columns"
        return self.builder.emit("slice", self.filled, name=name, start=start, stop=stop, axis=1)

    def _step(self, step: FeatureStep) -> str:
        values = [self._columns([self.places[name]]) for name in step.columns]
        name = f"{self.prefix}{step.name}"
        if step.operation == "sin":
            return self.builder.emit("sin", values[0], name=name)
        other = values[1] if step.operation == "product" else values[0]
        return self.builder.emit("multiply", values[0], other, name=name)

    def _scale(self, codes: Sequence[NumberCode | TensorCode], value: str, name: str) -> str:
        shape = () if isinstance(codes[0], TensorCode) else (len(codes),)
        if codes[0].threshold is not None:
            bounds = np.array([code.threshold for code in codes], np.float64).reshape(shape)
            constant = self.builder.constant(f"preparation/{name}.threshold", bounds)
            return self.builder.emit("greater_equal", value, constant, name=f"{name}_binary")
        offsets = np.array([code.offset for code in codes]).reshape(shape)
        scales = np.array([code.scale for code in codes]).reshape(shape)
        if (offsets != 0).any():
            constant = self.builder.constant(f"preparation/{name}.offset", offsets)
            value = self.builder.emit("subtract", value, constant, name=f"{name}_centred")
        if (scales != 1).any():
            constant = self.builder.constant(f"preparation/{name}.scale", scales)
            value = self.builder.emit("divide", value, constant, name=f"{name}_scaled")
        return value

    def _category(self, code: CategoryCode) -> str:
        given = self.prefix + code.name
        pieces = []
        for place, category in enumerate(code.categories):
            name = f"{given}_{place}"
            here = self.builder.emit("equal_text", given, name=name, text=category)
            if category == code.fill:
                gap = self.builder.emit("equal_text", given, name=f"{given}_missing", text="")
                here = self.builder.emit("add", here, gap, name=f"{name}_filled")
            pieces.append(self.builder.emit("reshape", here, name=f"{name}_column", shape=(1,)))
        if len(pieces) == 1:
            return pieces[0]
        return self.builder.emit("concat", *pieces, name=f"{given}_one_hot", axis=1)
