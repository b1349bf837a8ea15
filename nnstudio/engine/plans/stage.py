"""Stage: an activation function at work inside a kernel, forward and backward."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnstudio.engine.activations import Activation
from nnstudio.engine.plans.code import Code
from nnstudio.engine.plans.signal import Buffer, Signal


class Stage:
    """Writes y = φ(x) and g ← g·φ′ for the output signal of a node.

    `source` is where the sums before the activation are: the output's own buffer when the
    activation works in place, a buffer of its own when the derivative needs the sums, the
    loss's variable when fused, or another node's signal.
    """

    def __init__(self, entry: Activation, numbers: Mapping[str, float], output: Signal) -> None:
        self.entry = entry
        self.output = output
        self.skips_derivative = False
        self.logits = ""
        self._numbers = {name: numbers[name] for name in entry.settings}
        self._sums: Buffer | None = None

    @property
    def needs_sums(self) -> bool:
        """Tell whether the sums must survive the activation."""
        return self.entry.reads_input and self.entry.id != "identity"

    def sums(self) -> Buffer:
        """Return the buffer the node writes its sums to."""
        if not self.needs_sums:
            return self.output.values
        if self._sums is None:
            self._sums = Buffer(self.output.rows, self.output.batch, self.output.dtype)
        return self._sums

    def forward(self, code: Code, x: str | Any) -> None:
        """Write the activation of the flat sums `x`."""
        y = self.output.values.flat
        if self.entry.id == "softmax":
            self._softmax(code, x)
        elif self.entry.id != "identity" or x is not y:
            code.formula(self.entry.forward, {"x": x, "y": y}, self.output.size, self._numbers)

    def backward(self, code: Code, x: str | Any) -> None:
        """Turn the output's gradient, in place, into the gradient of the sums."""
        g = self.output.gradient.flat
        if self.skips_derivative or self.entry.id == "identity":
            return
        if self.entry.id == "softmax":
            self._softmax_back(code)
            return
        d = code.bind(np.empty(self.output.size, dtype=code.dtype))
        places = {"x": x, "y": self.output.values.flat, "d": d}
        code.formula(self.entry.backward, places, self.output.size, self._numbers)
        code.call("multiply", g, d, out=g)

    def _softmax(self, code: Code, x: str | Any) -> None:
        channels, shape = self._grouped()
        y3 = self.output.values.data.reshape(shape)
        top = np.empty((shape[0], 1, shape[2]), dtype=code.dtype)
        x3 = code.bind(x.reshape(shape)) if not isinstance(x, str) else f"{x}.reshape({shape})"
        code.line(f"{code.bind(np.max)}({x3}, 1, {code.bind(top)}, True)")
        code.line(f"subtract({x3}, {code.bind(top)}, out={code.bind(y3)})")
        y = self.output.values.flat
        code.call("exp", y, out=y)
        self._sum_groups(code, y3, top, channels)
        code.line(f"divide({code.bind(y3)}, {code.bind(top)}, out={code.bind(y3)})")

    def _softmax_back(self, code: Code) -> None:
        """g ← y·(g − Σ g·y), the product with softmax's Jacobian."""
        channels, shape = self._grouped()
        y3 = self.output.values.data.reshape(shape)
        g3 = self.output.gradient.data.reshape(shape)
        product = np.empty(shape, dtype=code.dtype)
        total = np.empty((shape[0], 1, shape[2]), dtype=code.dtype)
        code.call("multiply", g3, y3, out=product)
        self._sum_groups(code, product, total, channels)
        code.call("subtract", g3, total, out=g3)
        code.call("multiply", g3, y3, out=g3)

    def _sum_groups(self, code: Code, values: Any, total: Any, channels: int) -> None:
        """Sum over the channels; one product with ones where there is a single group."""
        if len(values) == 1:
            code.dot(np.ones((1, channels), dtype=code.dtype), values[0], total[0])
        else:
            code.line(
                f"{code.bind(np.sum)}({code.bind(values)}, 1, None, {code.bind(total)}, True)"
            )

    def _grouped(self) -> tuple[int, tuple[int, int, int]]:
        channels = self.output.shape[-1]
        return channels, (self.output.rows // channels, channels, self.output.batch)
