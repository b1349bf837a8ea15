"""Stage: an activation function at work inside a kernel, forward and backward."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.activations import Activation
from nnstudio.engine.plans.code import Code
from nnstudio.engine.plans.signal import Buffer, Signal
from nnstudio.engine.plans.softmax import softmax_back, softmax_forward

Array = NDArray[Any]

SCALED_SIGMOID = ("y = scale / (1 + exp(-x))",)


class Stage:
    """Writes y = φ(x) and g ← g·φ′ for the output signal of a node.

    `skips_derivative` and `logits` are set when the loss takes over the derivative; `scale` is
    then a factor on the output of sigmoid or softmax. `derivative` is set when φ′ is computed
    together with that of other layers.
    """

    def __init__(self, entry: Activation, numbers: Mapping[str, float], output: Signal) -> None:
        self.entry = entry
        self.output = output
        self.numbers = {name: numbers[name] for name in entry.settings}
        self.skips_derivative = False
        self.logits = ""
        self.scale = 1.0
        self.derivative: Array | None = None
        self._sums: Buffer | None = None

    @property
    def needs_sums(self) -> bool:
        """Tell whether the sums must survive the activation."""
        return self.entry.id == "softmax" or (
            self.entry.reads_input and self.entry.id != "identity"
        )

    @property
    def can_share(self) -> bool:
        """Tell whether φ′ follows from y alone, element by element, and is needed."""
        special = self.entry.id in ("identity", "softmax", "step")
        return not (special or self.skips_derivative or self.entry.reads_input)

    def fuse(self, loss_activation: str, logits: str, scale: float) -> bool:
        """Leave the derivative to the loss when it fits this function; see Kernel.fuse."""
        if self.entry.id != loss_activation:
            return False
        self.logits, self.scale, self.skips_derivative = logits, scale, True
        return True

    def sums(self) -> Buffer:
        """Return the buffer the node writes its sums to."""
        if not self.needs_sums:
            return self.output.values
        if self._sums is None:
            self._sums = Buffer(self.output.rows, self.output.batch, self.output.dtype)
        return self._sums

    def forward(self, code: Code, x: str | Array) -> None:
        """Write the activation of the flat sums `x`."""
        y = self.output.values.flat
        if self.entry.id == "softmax":
            softmax_forward(code, x, self.output, self.scale)
        elif self.scale != 1.0:
            code.formula(SCALED_SIGMOID, {"x": x, "y": y}, self.output.size, {"scale": self.scale})
        elif self.entry.id != "identity" or x is not y:
            code.formula(self.entry.forward, {"x": x, "y": y}, self.output.size, self.numbers)

    def backward(self, code: Code, x: str | Array) -> None:
        """Turn the output's gradient, in place, into the gradient of the sums."""
        g = self.output.gradient.flat
        if self.skips_derivative or self.entry.id == "identity":
            return
        if self.entry.id == "softmax":
            softmax_back(code, self.output)
            return
        d = self.derivative
        if d is None:
            d = np.empty(self.output.size, dtype=code.dtype)
            places = {"x": x, "y": self.output.values.flat, "d": d}
            code.formula(self.entry.backward, places, self.output.size, self.numbers)
        code.call("multiply", g, d, out=g)
