"""Formulas written once as text: as a NumPy function, as array operations, as scalar code.

A formula is a sequence of assignments such as `("v = beta * v + g", "p = p - rate * v")`, written
by the program's own modules only; nothing from a document ever becomes a formula. Plots evaluate
it, plans turn it into ufunc calls on preallocated buffers or into plain Python arithmetic.
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.erf import erf

Array = NDArray[Any]

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
}
UFUNCS: dict[str, Callable[..., Any]] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "reciprocal": np.reciprocal,
    "negative": np.negative,
    "exp": np.exp,
    "expm1": np.expm1,
    "tanh": np.tanh,
    "sqrt": np.sqrt,
    "sign": np.sign,
    "abs": np.absolute,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "logaddexp": np.logaddexp,
    "greater_equal": np.greater_equal,
    "erf": erf,
}
_SCALAR: dict[str, str] = {
    "exp": "exp({0})",
    "expm1": "expm1({0})",
    "tanh": "tanh({0})",
    "sqrt": "sqrt({0})",
    "abs": "abs({0})",
    "sign": "(1.0 if {0} > 0.0 else -1.0 if {0} < 0.0 else 0.0)",
    "maximum": "({0} if {0} > {1} else {1})",
    "minimum": "({0} if {0} < {1} else {1})",
    "greater_equal": "(1.0 if {0} >= {1} else 0.0)",
}
_ARITHMETIC = {"add", "subtract", "multiply", "divide", "reciprocal", "negative"}
_SYMBOL: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


@cache
def parse(text: str) -> tuple[str, ast.expr]:
    """Return target and expression of one assignment."""
    statement = ast.parse(text).body[0]
    assert isinstance(statement, ast.Assign)
    target = statement.targets[0]
    assert isinstance(target, ast.Name)
    return target.id, statement.value


def names(expression: ast.expr) -> set[str]:
    """Return the variables an expression reads."""
    called = {node.func for node in ast.walk(expression) if isinstance(node, ast.Call)}
    return {
        node.id
        for node in ast.walk(expression)
        if isinstance(node, ast.Name) and node not in called
    }


def operation(node: ast.expr) -> tuple[str, list[ast.expr]]:
    """Return the ufunc's name and the operands of an inner node."""
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Div) and _is_one(node.left):
            return "reciprocal", [node.right]
        return _BINARY[type(node.op)], [node.left, node.right]
    if isinstance(node, ast.UnaryOp):
        assert isinstance(node.op, ast.USub)
        return "negative", [node.operand]
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    return node.func.id, node.args


def is_leaf(node: ast.expr) -> bool:
    """Tell whether a node is a variable or a number."""
    return isinstance(node, ast.Name | ast.Constant)


def function(formula: tuple[str, ...], result: str) -> Callable[..., Array]:
    """Return the formula as a function of its variables by keyword, on arrays of any shape."""
    statements = [parse(text) for text in formula]

    def evaluate(**values: Any) -> Array:
        known: dict[str, Any] = dict(values)
        with np.errstate(all="ignore"):
            for target, expression in statements:
                known[target] = _value(expression, known)
        return cast(Array, known[result])

    return evaluate


def _value(node: ast.expr, known: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return known[node.id]
    if isinstance(node, ast.Constant):
        return node.value
    kind, operands = operation(node)
    return UFUNCS[kind](*(_value(operand, known) for operand in operands)) * 1.0


def _is_one(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 1


def call(kind: str, operands: Sequence[str], out: str) -> str:
    """Return a ufunc call; a positional result is faster, but deprecated for two of them."""
    keyword = "out=" if kind in ("maximum", "minimum") else ""
    return f"{kind}({', '.join(operands)}, {keyword}{out})"


class ArrayCode:
    """Turns one assignment into ufunc calls, in place wherever a buffer is free.

    `place` maps a variable to the name of its buffer, `constant` a number to the name of a 0-d
    array, `spare` gives the name of the n-th temporary buffer of the target's size.
    """

    def __init__(
        self,
        place: Callable[[str], str],
        constant: Callable[[float], str],
        spare: Callable[[int], str],
    ) -> None:
        self._place = place
        self._constant = constant
        self._spare = spare
        self._spares = 0
        self._lines: list[str] = []

    def lines(self, text: str) -> list[str]:
        """Return the calls that carry out the assignment `text`."""
        target, expression = parse(text)
        self._lines, self._spares = [], 0
        goal = self._place(target)
        found = self._emit(expression, goal, frozenset())
        if found != goal:
            self._lines.append(f"copyto({goal}, {found})")
        return self._lines

    def _emit(self, node: ast.expr, goal: str, busy: frozenset[str]) -> str:
        """Append the calls of `node` and return the buffer that holds its value.

        That is `goal`, unless `busy` says that others still have to read it.
        """
        if isinstance(node, ast.Name):
            return self._place(node.id)
        if isinstance(node, ast.Constant):
            return self._constant(float(cast(float, node.value)))
        kind, operands = operation(node)
        out = goal if goal not in busy else self._next_spare()
        found: list[str] = []
        for index, operand in enumerate(operands):
            later = [self._place(name) for o in operands[index + 1 :] for name in names(o)]
            needed = busy.union(found, later)
            inner = out if out not in needed or is_leaf(operand) else self._next_spare()
            found.append(self._emit(operand, inner, needed))
        self._lines.append(call(kind, found, out))
        return out

    def _next_spare(self) -> str:
        self._spares += 1
        return self._spare(self._spares - 1)


def scalar_code(node: ast.expr, rename: Callable[[str], str]) -> str:
    """Return an expression as Python arithmetic on scalars, variables renamed by `rename`."""
    if isinstance(node, ast.Name):
        return rename(node.id)
    if isinstance(node, ast.Constant):
        return repr(float(cast(float, node.value)))
    if isinstance(node, ast.BinOp):
        left, right = scalar_code(node.left, rename), scalar_code(node.right, rename)
        if isinstance(node.op, ast.Mult) and "1.0" in (left, right):
            return right if left == "1.0" else left
        return f"({left} {_SYMBOL[type(node.op)]} {right})"
    kind, operands = operation(node)
    texts = [scalar_code(operand, rename) for operand in operands]
    if kind == "negative":
        return f"(-{texts[0]})"
    return _SCALAR[kind].format(*texts)


def has_scalar_code(formula: tuple[str, ...]) -> bool:
    """Tell whether every operation of the formula exists for scalars."""
    return all(
        kind in _SCALAR
        or kind in {"add", "subtract", "multiply", "divide", "reciprocal", "negative"}
        for text in formula
        for kind in _kinds(parse(text)[1])
    )


def _kinds(node: ast.expr) -> Iterator[str]:
    if not is_leaf(node):
        kind, operands = operation(node)
        yield kind
        for operand in operands:
            yield from _kinds(operand)
