"""Runs primitive operations in NumPy: what a lowered program means, and the proof of exports."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.erf import erf
from nnstudio.ops import Op, Program

Array = NDArray[Any]
Run = Callable[..., Array]


def run(program: Program, inputs: Mapping[str, Any]) -> dict[str, Array]:
    """Return every output of `program` for `inputs`, batch first; raise KeyError for a missing one.

    Numbers stay in the inputs' precision.
    """
    values: dict[str, Any] = dict(program.constants)
    for slot in program.inputs:
        values[slot.name] = np.asarray(inputs[slot.name])
    with np.errstate(all="ignore"):
        for op in program.ops:
            values[op.output] = _apply(op, [values[name] for name in op.inputs])
    return {slot.name: np.asarray(values[slot.name]) for slot in program.outputs}


def _apply(op: Op, arguments: list[Any]) -> Any:
    if op.kind in ELEMENTWISE:
        return ELEMENTWISE[op.kind](*arguments)
    return WITH_SETTINGS[op.kind](op, *arguments)


def _number(like: Any) -> Any:
    dtype = np.asarray(like).dtype
    return dtype if dtype.kind == "f" else np.dtype(np.float64)


def _where(a: Any, b: Any, c: Any) -> Array:
    return np.asarray(np.where(np.asarray(a) != 0, b, c))


def _sigmoid(a: Any) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-a)))


ELEMENTWISE: dict[str, Run] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "power": lambda a, b: a**b,
    "negate": lambda a: -a,
    "abs": np.abs,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "tanh": np.tanh,
    "sigmoid": _sigmoid,
    "softplus": lambda a: np.logaddexp(a, np.zeros((), dtype=_number(a))),
    "erf": erf,
    "greater_equal": lambda a, b: (a >= b).astype(_number(a)),
    "is_nan": lambda a: np.isnan(a).astype(_number(a)),
    "where": _where,
    "matmul": lambda a, b: a @ b,
    "identity": lambda a: a,
}


def _reduce(function: Run) -> Run:
    def reduce(op: Op, a: Array) -> Array:
        keep = bool(op.settings.get("keep", False))
        return np.asarray(function(a, axis=tuple(op.settings["axes"]), keepdims=keep))

    return reduce


def _transpose(op: Op, a: Array) -> Array:
    """`permutation` orders all axes; the first stays the batch."""
    return np.transpose(a, op.settings["permutation"])


def _slice(op: Op, a: Array) -> Array:
    picked = [slice(None)] * a.ndim
    picked[op.settings["axis"]] = slice(op.settings["start"], op.settings["stop"])
    return np.asarray(a[tuple(picked)])


WITH_SETTINGS: dict[str, Callable[..., Any]] = {
    "sum": _reduce(np.sum),
    "mean": _reduce(np.mean),
    "max": _reduce(np.max),
    "argmax": lambda op, a: np.argmax(a, axis=-1),
    "reshape": lambda op, a: a.reshape(len(a), *op.settings["shape"]),
    "transpose": _transpose,
    "concat": lambda op, *values: np.concatenate(values, axis=op.settings["axis"]),
    "slice": _slice,
    "equal_text": lambda op, a: (np.asarray(a) == op.settings["text"]).astype(np.float64),
    "take_text": lambda op, a: np.asarray(op.settings["texts"])[np.asarray(a, dtype=np.int64)],
}
