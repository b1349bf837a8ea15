"""What one neuron computes, written out with its current numbers (recomputed in 64 bit)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.picture.names import subscript
from nnstudio.document.project import Project
from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.numbers import shown_number

Array = NDArray[Any]
MOST_TERMS = 12
SIGNS = {
    "identity": "",
    "sigmoid": "σ",
    "tanh": "tanh",
    "relu": "ReLU",
    "leaky_relu": "LeakyReLU",
    "elu": "ELU",
    "gelu": "GELU",
    "softmax": "softmax",
}
"""How formulas write the activation functions; others are written by their id."""


@dataclass(frozen=True)
class Sums:
    """The weighted sums of a Dense layer for one example: `z` (units,), x (in,), masked W and b."""

    x: Array
    weights: Array
    bias: Array
    z: Array


def sums_of(
    project: Project, node: str, weights: Mapping[str, Array], signals: Mapping[str, Array]
) -> Sums | None:
    """Return z = x·W + b of the layer `node`; None unless everything in it is known."""
    matrix = weights.get(f"{node}/weight")
    wires = project.graph.incoming.get(node, ())
    if matrix is None or matrix.ndim != 2 or not wires or wires[0].source not in signals:
        return None
    x = np.asarray(signals[wires[0].source], float).reshape(-1)
    if x.size != matrix.shape[0]:
        return None
    units = matrix.shape[1]
    bias = np.zeros(units)
    if f"{node}/bias" in weights:
        bias = bias + _masked(project, f"{node}/bias", weights[f"{node}/bias"])
    masked = _masked(project, f"{node}/weight", matrix)
    return Sums(x, masked, bias, x @ masked + bias)


def lines_of(
    project: Project,
    node: str,
    neuron: int,
    sums: Sums,
    rows: Sequence[str],
    columns: Sequence[str],
) -> tuple[str, ...]:
    """Return the formula of one neuron: with names, with numbers, its sum, its signal."""
    settings = project.graph[node].layer.settings
    kind = str(settings["activation"])
    sign = SIGNS.get(kind, kind)
    name = columns[neuron] if neuron < len(columns) else subscript(neuron + 1)
    used = [i for i in range(len(sums.x)) if _connected(project, node, i, neuron)]
    shown = used[:MOST_TERMS]
    factors = [(float(sums.weights[i, neuron]), _row(rows, i)) for i in shown]
    values = [
        (float(sums.weights[i, neuron]), _bracketed(shown_number(float(sums.x[i]), 3)))
        for i in shown
    ]
    bias = float(sums.bias[neuron]) if settings.get("bias") != "none" else None
    more = len(used) > len(shown)
    z = shown_number(float(sums.z[neuron]), 4)
    numbers = {k: float(settings[k]) for k in ("slope", "threshold", "alpha") if k in settings}  # type: ignore[arg-type]
    answer = shown_number(float(ACTIVATIONS[kind].function(sums.z, **numbers)[neuron]), 4)
    if not sign:
        return (f"{name} = {_sum(factors, bias, more)}", f"= {_sum(values, bias, more)}", f"= {z}")
    if kind == "softmax":
        low = subscript(neuron + 1)
        return (
            f"z{low} = {_sum(factors, bias, more)}",
            f"= {_sum(values, bias, more)} = {z}",
            f"{name} = eᶻ{low} / Σ eᶻ = {answer}",
        )
    return (
        f"{name} = {sign}({_sum(factors, bias, more)})",
        f"= {sign}({_sum(values, bias, more)})",
        f"= {sign}({z})",
        f"= {answer}",
    )


def _sum(terms: Sequence[tuple[float, str]], bias: float | None, more: bool) -> str:
    """Return "0.72·x₁ − 0.62·x₂ − 1.39"."""
    text = ""
    for factor, what in terms:
        text += _joined(text, factor, f"{shown_number(abs(factor), 3)}·{what}")
    if more:
        text += " + …"
    if bias is not None:
        text += _joined(text, bias, shown_number(abs(bias), 3))
    return text or "0"


def _joined(before: str, value: float, size: str) -> str:
    minus = value < 0
    if not before:
        return f"−{size}" if minus else size
    return f" − {size}" if minus else f" + {size}"


def _bracketed(number: str) -> str:
    return f"({number})" if number.startswith("−") else number


def _row(rows: Sequence[str], place: int) -> str:
    return rows[place] if place < len(rows) else f"x{subscript(place + 1)}"


def _masked(project: Project, name: str, array: Array) -> Array:
    mask = project.masks.get(f"{name}.mask")
    values = np.asarray(array, float)
    return values if mask is None or mask.shape != values.shape else np.where(mask, values, 0.0)


def _connected(project: Project, node: str, row: int, column: int) -> bool:
    mask = project.masks.get(f"{node}/weight.mask")
    return mask is None or bool(mask[row, column])
