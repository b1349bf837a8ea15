"""The closed list of primitive operations that exporters and the formula view understand.

A `Program` is a straight line of operations on named values. Arrays have the conventional
layout: batch first, channels last. Every kind is defined once here; `engine/interpret.py` is its
meaning in NumPy, each exporter its spelling in another language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS: dict[str, str] = {
    # element by element, with broadcasting
    "add": "a + b",
    "subtract": "a - b",
    "multiply": "a * b",
    "divide": "a / b",
    "maximum": "the larger of a and b",
    "minimum": "the smaller of a and b",
    "power": "a to the power b",
    "negate": "-a",
    "abs": "|a|",
    "exp": "e to the power a",
    "log": "natural logarithm of a",
    "sqrt": "square root of a",
    "sin": "sine of a",
    "tanh": "hyperbolic tangent of a",
    "sigmoid": "1 / (1 + exp(-a))",
    "softplus": "log(1 + exp(a))",
    "erf": "error function of a",
    "greater_equal": "1 where a >= b, else 0",
    "equal_text": "1 where the text a equals the setting `text`, else 0",
    "is_nan": "1 where a is not a number, else 0",
    "where": "b where a is not 0, else c",
    # along axes
    "sum": "sum over `axes` (kept as size 1 when `keep`)",
    "mean": "mean over `axes` (kept as size 1 when `keep`)",
    "max": "largest over `axes` (kept as size 1 when `keep`)",
    "argmax": "index of the largest along the last axis",
    # linear algebra and shapes
    "matmul": "a @ b, b a constant matrix (in, out) or a value",
    "reshape": "each example to `shape`, the batch axis stays",
    "transpose": "axes reordered by `permutation`, the batch axis stays first",
    "concat": "joined along `axis`",
    "slice": "from `start` to `stop` along `axis`",
    "take_text": "the text of the constant list `texts` at index a",
    "identity": "a",
}


@dataclass(frozen=True)
class Op:
    """One operation: `output = kind(*inputs)` with constant `settings`."""

    kind: str
    inputs: tuple[str, ...]
    output: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Slot:
    """An input or output of a program: `shape` of one example; `type` is "float" or "text"."""

    name: str
    shape: tuple[int, ...]
    type: str = "float"


@dataclass(frozen=True)
class Program:
    """Inputs, operations in order, constant arrays by name, outputs."""

    inputs: tuple[Slot, ...]
    ops: tuple[Op, ...]
    constants: Mapping[str, Any]
    outputs: tuple[Slot, ...]


class ProgramBuilder:
    """Collects operations; every value and constant gets a name that is used once."""

    def __init__(self) -> None:
        self._inputs: list[Slot] = []
        self._outputs: list[Slot] = []
        self._ops: list[Op] = []
        self._constants: dict[str, Any] = {}
        self._taken: set[str] = set()

    def input(self, name: str, shape: tuple[int, ...], type: str = "float") -> str:
        """Declare an input of the program and return its name."""
        self._inputs.append(Slot(self._claim(name), shape, type))
        return name

    def constant(self, name: str, array: Any) -> str:
        """Store a constant array (weights are named `dense_1/weight`) and return its name."""
        self._constants[self._claim(name)] = array
        return name

    def number(self, name: str, value: float) -> str:
        """Store one number as a constant and return its name, made unique when it is taken."""
        unique, count = name, 2
        while unique in self._taken:
            unique, count = f"{name}_{count}", count + 1
        return self.constant(unique, value)

    def emit(self, kind: str, *inputs: str, name: str, **settings: Any) -> str:
        """Append one operation and return the name of its result.

        `name` becomes unique by a counted suffix when it is taken. Raise ValueError for an
        unknown kind or an input that nothing has made.
        """
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is not a primitive operation")
        for value in inputs:
            if value not in self._taken:
                raise ValueError(f"{kind} reads {value!r}, which nothing has made")
        unique, count = name, 2
        while unique in self._taken:
            unique, count = f"{name}_{count}", count + 1
        self._ops.append(Op(kind, inputs, self._claim(unique), settings))
        return unique

    def output(self, name: str, shape: tuple[int, ...], type: str = "float") -> None:
        """Mark the value `name` as an output of the program."""
        self._outputs.append(Slot(name, shape, type))

    def build(self) -> Program:
        """Return the finished program."""
        return Program(
            tuple(self._inputs), tuple(self._ops), dict(self._constants), tuple(self._outputs)
        )

    def _claim(self, name: str) -> str:
        if name in self._taken:
            raise ValueError(f"The name {name!r} is already taken")
        self._taken.add(name)
        return name
