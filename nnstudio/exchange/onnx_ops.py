"""The spelling of every primitive operation in ONNX opset 17, IR 8 (runtimes since 2023)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from nnstudio.ops import Op

if TYPE_CHECKING:
    from onnx import NodeProto

OPSET = 17
ML_OPSET = 2
IR_VERSION = 8

_SAME = {
    "add": "Add",
    "subtract": "Sub",
    "multiply": "Mul",
    "divide": "Div",
    "maximum": "Max",
    "minimum": "Min",
    "power": "Pow",
    "negate": "Neg",
    "abs": "Abs",
    "exp": "Exp",
    "log": "Log",
    "sqrt": "Sqrt",
    "sin": "Sin",
    "tanh": "Tanh",
    "sigmoid": "Sigmoid",
    "softplus": "Softplus",
    "erf": "Erf",
    "matmul": "MatMul",
    "identity": "Identity",
}


class Spelling:
    """Collects the ONNX nodes and helper constants that spell a program."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, np.ndarray[Any, Any]] = {}

    def spell(self, op: Op) -> None:
        """Append the nodes of one primitive operation; raise KeyError for an unknown kind."""
        if op.kind in _SAME:
            self.node(_SAME[op.kind], op.inputs, op.output)
        else:
            _SPECIAL[op.kind](self, op)

    def node(
        self,
        type: str,
        inputs: tuple[str, ...] | list[str],
        output: str,
        domain: str = "",
        **attributes: Any,
    ) -> str:
        """Append one ONNX node, named after its output, and return the output's name."""
        from onnx import helper

        self.nodes.append(
            helper.make_node(
                type, list(inputs), [output], name=f"{output}/{type}", domain=domain, **attributes
            )
        )
        return output

    def helper(self, name: str, values: list[int]) -> str:
        """Store an int64 constant an operation needs and return its name."""
        self.constants[name] = np.array(values, dtype=np.int64)
        return name

    def _truth(self, value: str, output: str) -> str:
        return self.node("Cast", (value,), output, to=9)

    def _number(self, value: str, output: str) -> str:
        return self.node("Cast", (value,), output, to=1)


def _greater_equal(spelling: Spelling, op: Op) -> None:
    truth = spelling.node("GreaterOrEqual", op.inputs, f"{op.output}/truth")
    spelling._number(truth, op.output)


def _is_nan(spelling: Spelling, op: Op) -> None:
    spelling._number(spelling.node("IsNaN", op.inputs, f"{op.output}/truth"), op.output)


def _where(spelling: Spelling, op: Op) -> None:
    condition, then, otherwise = op.inputs
    truth = spelling._truth(condition, f"{op.output}/truth")
    spelling.node("Where", (truth, then, otherwise), op.output)


def _equal_text(spelling: Spelling, op: Op) -> None:
    # WORKAROUND: Equal takes no strings before opset 19; LabelEncoder does since ai.onnx.ml 2.
    spelling.node(
        "LabelEncoder",
        op.inputs,
        op.output,
        domain="ai.onnx.ml",
        keys_strings=[op.settings["text"]],
        values_floats=[1.0],
        default_float=0.0,
    )


def _take_text(spelling: Spelling, op: Op) -> None:
    texts = list(op.settings["texts"])
    spelling.node(
        "LabelEncoder",
        op.inputs,
        op.output,
        domain="ai.onnx.ml",
        keys_int64s=list(range(len(texts))),
        values_strings=texts,
        default_string="",
    )


def _argmax(spelling: Spelling, op: Op) -> None:
    spelling.node("ArgMax", op.inputs, op.output, axis=-1, keepdims=0)


def _sum(spelling: Spelling, op: Op) -> None:
    axes = spelling.helper(f"{op.output}/axes", list(op.settings["axes"]))
    keep = int(bool(op.settings.get("keep", False)))
    spelling.node("ReduceSum", (*op.inputs, axes), op.output, keepdims=keep)


def _reduce(type: str) -> Callable[[Spelling, Op], None]:
    def spell(spelling: Spelling, op: Op) -> None:
        keep = int(bool(op.settings.get("keep", False)))
        spelling.node(type, op.inputs, op.output, axes=list(op.settings["axes"]), keepdims=keep)

    return spell


def _reshape(spelling: Spelling, op: Op) -> None:
    # 0 copies the batch size, so that any number of rows fits.
    shape = spelling.helper(f"{op.output}/shape", [0, *op.settings["shape"]])
    spelling.node("Reshape", (*op.inputs, shape), op.output)


def _transpose(spelling: Spelling, op: Op) -> None:
    spelling.node("Transpose", op.inputs, op.output, perm=list(op.settings["permutation"]))


def _concat(spelling: Spelling, op: Op) -> None:
    spelling.node("Concat", op.inputs, op.output, axis=int(op.settings["axis"]))


def _slice(spelling: Spelling, op: Op) -> None:
    parts = [
        spelling.helper(f"{op.output}/{part}", [int(op.settings[part])])
        for part in ("start", "stop", "axis")
    ]
    spelling.node("Slice", (*op.inputs, *parts), op.output)


_SPECIAL: dict[str, Callable[[Spelling, Op], None]] = {
    "greater_equal": _greater_equal,
    "is_nan": _is_nan,
    "where": _where,
    "equal_text": _equal_text,
    "take_text": _take_text,
    "argmax": _argmax,
    "sum": _sum,
    "mean": _reduce("ReduceMean"),
    "max": _reduce("ReduceMax"),
    "reshape": _reshape,
    "transpose": _transpose,
    "concat": _concat,
    "slice": _slice,
}

KINDS = frozenset(_SAME) | frozenset(_SPECIAL)
