"""Softmax inside a plan: shares along the channels, and the product with its Jacobian."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.plans.code import Code
from nnstudio.engine.plans.signal import Signal

Array = NDArray[Any]

FEW = 64  # channels up to which sums are spread by a product with ones


def softmax_forward(code: Code, x: str | Array, output: Signal, scale: float = 1.0) -> None:
    """Append y = scale·softmax(x) along the channels; x and y are flat."""
    shape = _grouped(output)
    if shape[0] == 1 and shape[1] <= FEW:
        _small(code, x, output, scale)
        return
    y3 = output.values.data.reshape(shape)
    top = np.empty((shape[0], 1, shape[2]), dtype=code.dtype)
    if isinstance(x, str):
        code.line(f"copyto({code.bind(output.values.flat)}, {x})")
    elif x is not output.values.flat:
        code.line(f"copyto({code.bind(output.values.flat)}, {code.bind(x)})")
    reduce = code.bind(np.maximum.reduce)
    code.line(f"{reduce}({code.bind(y3)}, 1, None, {code.bind(top)}, True)")
    code.call("subtract", y3, top, out=y3)
    code.call("exp", output.values.flat, out=output.values.flat)
    _sum_channels(code, y3, top)
    if scale != 1.0:
        code.call("divide", top, code.number(scale), out=top)
    code.call("divide", y3, top, out=y3)


def _small(code: Code, x: str | Array, output: Signal, scale: float) -> None:
    """Without subtracting the largest, unless the sums show that it was needed.

    ones(C, C)·eˣ gives every channel its column's sum without broadcasting. The product r·y of
    reciprocals and results is huge or not a number exactly when a sum overflowed or vanished.
    """
    channels, y = output.shape[-1], output.values.flat
    sums = np.empty((channels, output.batch), dtype=code.dtype)
    flat = sums.reshape(-1)
    code.call("exp", x, out=y)
    code.dot(np.ones((channels, channels), dtype=code.dtype), output.values.data, sums)
    if scale == 1.0:
        code.call("reciprocal", flat, out=flat)
    else:
        code.call("divide", code.number(scale), flat, out=flat)
    code.call("multiply", y, flat, out=y)
    limit = float(np.sqrt(np.finfo(code.dtype).max)) * scale
    careful = code.bind(_careful(output, scale))
    code.line(f"if not {code.bind(flat.dot)}({code.bind(y)}) < {limit!r}:")
    code.line(f"    {careful}({x if isinstance(x, str) else code.bind(x)})")


def _careful(output: Signal, scale: float) -> Any:
    """Return the textbook way, for sums whose exponentials leave the range of the numbers."""

    def softmax(x: Array) -> None:
        columns = x.reshape(output.rows, output.batch)
        powers = np.exp(columns - columns.max(axis=0))
        output.values.data[...] = powers * (scale / powers.sum(axis=0))

    return softmax


def softmax_back(code: Code, output: Signal) -> None:
    """Append g ← y·(g − Σ g·y)."""
    shape = _grouped(output)
    y3 = output.values.data.reshape(shape)
    g3 = output.gradient.data.reshape(shape)
    product = np.empty(shape, dtype=code.dtype)
    total = np.empty((shape[0], 1, shape[2]), dtype=code.dtype)
    code.call("multiply", g3, y3, out=product)
    _sum_channels(code, product, total)
    code.call("subtract", g3, total, out=g3)
    code.call("multiply", g3, y3, out=g3)


def _sum_channels(code: Code, values: Array, total: Array) -> None:
    """Sum over the channels; one product with ones where there is a single group."""
    if len(values) == 1:
        code.dot(np.ones((1, values.shape[1]), dtype=code.dtype), values[0], total[0])
        return
    add, given, out = (code.bind(item) for item in (np.add.reduce, values, total))
    code.line(f"{add}({given}, 1, None, {out}, True)")


def _grouped(output: Signal) -> tuple[int, int, int]:
    channels = output.shape[-1]
    return output.rows // channels, channels, output.batch
