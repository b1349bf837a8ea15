"""The spelling of every primitive operation as one readable line of NumPy."""

import keyword
import re
from collections.abc import Callable, Mapping
from typing import Any

from nnstudio.ops import Op, Program

_LINES: dict[str, str] = {
    "add": "{0} + {1}",
    "subtract": "{0} - {1}",
    "multiply": "{0} * {1}",
    "divide": "{0} / {1}",
    "maximum": "np.maximum({0}, {1})",
    "minimum": "np.minimum({0}, {1})",
    "power": "np.power({0}, {1})",
    "negate": "-{0}",
    "abs": "np.abs({0})",
    "exp": "np.exp({0})",
    "log": "np.log({0})",
    "sqrt": "np.sqrt({0})",
    "sin": "np.sin({0})",
    "tanh": "np.tanh({0})",
    "sigmoid": "1 / (1 + np.exp(-{0}))",
    "softplus": "np.logaddexp(0, {0})",
    "erf": "erf({0})",
    "greater_equal": "({0} >= {1}).astype(float)",
    "is_nan": "np.isnan({0}).astype(float)",
    "where": "np.where({0} != 0, {1}, {2})",
    "argmax": "np.argmax({0}, axis=-1)",
    "matmul": "{0} @ {1}",
    "identity": "{0}",
    "equal_text": "({0} == {text}).astype(float)",
    "take_text": "{texts}[{0}]",
    "sum": "np.sum({0}, axis={axes}, keepdims={keep})",
    "mean": "np.mean({0}, axis={axes}, keepdims={keep})",
    "max": "np.max({0}, axis={axes}, keepdims={keep})",
    "reshape": "{0}.reshape(-1, *{shape})",
    "transpose": "np.transpose({0}, {permutation})",
    "concat": "np.concatenate([{all}], axis={axis})",
    "slice": "{0}[{index}]",
}

KINDS = frozenset(_LINES)


def _settings(op: Op) -> dict[str, str]:
    shown: dict[str, Any] = {"keep": bool(op.settings.get("keep", False))}
    for name in ("axes", "shape", "permutation"):
        if name in op.settings:
            shown[name] = tuple(int(n) for n in op.settings[name])
    if "axis" in op.settings:
        shown["axis"] = int(op.settings["axis"])
    if op.kind == "slice":
        cut = f"{int(op.settings['start'])}:{int(op.settings['stop'])}"
        axis = shown["axis"]
        shown["index"] = f"..., {cut}" if axis == -1 else ":, " * axis + cut
    return {name: str(value) for name, value in shown.items()}


class Variables:
    """Gives each value of a program a short Python name; no text of the user enters the source."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def __getitem__(self, value: str) -> str:
        if value not in self._names:
            word = re.sub(r"[^A-Za-z0-9]+", "_", value).strip("_")[:40]
            word = word if word and not word[0].isdigit() else f"value_{word}".rstrip("_")
            name, count = word, 2
            while name in self._names.values() or name in _RESERVED:
                name, count = f"{word}_{count}", count + 1
            self._names[value] = name
        return self._names[value]


_RESERVED = frozenset(
    [*keyword.kwlist, "np", "inputs", "erf", "float", "MODEL", "NAMES", "OUTPUTS"]
)


def lines(program: Program, key: Callable[[str], str]) -> tuple[list[str], Mapping[str, Any]]:
    """Return the body of a `predict(inputs)` function, and the text arrays it looks up.

    `key` spells how a stored array is fetched, such as `MODEL["dense_1/weight"]`; the script
    holds the names of the inputs in `NAMES`, those of the outputs in `OUTPUTS`.
    """
    variables, texts = Variables(), dict[str, Any]()
    body = [
        f"{variables[slot.name]} = np.asarray(inputs[NAMES[{place}]])"
        if slot.type == "text"
        else f"{variables[slot.name]} = np.asarray(inputs[NAMES[{place}]], dtype=float)"
        for place, slot in enumerate(program.inputs)
    ]

    def spell(value: str) -> str:
        return key(value) if value in program.constants else variables[value]

    for op in program.ops:
        settings = _settings(op)
        for name in ("text", "texts"):
            if name in op.settings:
                stored = f"text/{len(texts)}"
                texts[stored] = op.settings[name]
                settings[name] = key(stored)
        values = [spell(value) for value in op.inputs]
        settings["all"] = ", ".join(values)
        body.append(f"{variables[op.output]} = {_LINES[op.kind].format(*values, **settings)}")
    results = ", ".join(
        f"OUTPUTS[{place}]: {variables[slot.name]}" for place, slot in enumerate(program.outputs)
    )
    return [*body, f"return {{{results}}}"], texts
