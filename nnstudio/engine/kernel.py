"""Kernel: the running form of a layer, which writes its lines into the code of a plan."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.layer import Shape
from nnstudio.engine.plans.code import Code
from nnstudio.engine.plans.signal import Signal
from nnstudio.engine.plans.stage import Stage

Array = NDArray[Any]


@dataclass(frozen=True)
class KernelSite:
    """Where a kernel runs: one node in one plan.

    `inputs` are the signals arriving, `shape` the node's output shape for one example,
    `weights` and `gradients` the blocks of `Layer.storage` by name, `states` the layer's state
    arrays. `training` is False in plans that only predict; `generator` draws dropout masks, and
    without it dropout passes everything on unless `injected` holds the mask (batch, *shape).
    The gradients of weights are multiplied by the number `factor`, if there is one.
    """

    node: str
    inputs: tuple[Signal, ...]
    shape: Shape
    batch: int
    dtype: np.dtype[Any]
    training: bool
    weights: Mapping[str, Array]
    gradients: Mapping[str, Array]
    states: Mapping[str, Array]
    update_states: bool = True
    generator: np.random.Generator | None = None
    injected: Array | None = None
    factor: Array | None = None

    def signal(self, needs_gradient: bool | None = None) -> Signal:
        """Return a fresh output signal; by default it needs a gradient if an input does."""
        if needs_gradient is None:
            needs_gradient = any(signal.needs_gradient for signal in self.inputs)
        return Signal(self.shape, self.batch, self.dtype, needs_gradient)


class Kernel(ABC):
    """Writes the forward and backward lines of one node; `output` is the signal it makes."""

    output: Signal
    stage: Stage | None = None

    @abstractmethod
    def forward(self, code: Code) -> None:
        """Append the lines that compute the output from the inputs."""

    @abstractmethod
    def backward(self, code: Code) -> None:
        """Append the lines that turn the output's gradient into those of inputs and weights."""

    def fuse(self, loss_activation: str, logits: str, scale: float) -> bool:
        """Offer to leave the derivative of the last activation to the loss.

        When the node ends with `loss_activation` it returns True, writes the sums before the
        activation to the variable `logits`, multiplies its output by `scale`, and takes the
        output's gradient for that of the sums.
        """
        return self.stage is not None and self.stage.fuse(loss_activation, logits, scale)

    def straight_through(self) -> None:
        """Take the output's gradient for that of the sums before the activation."""
        if self.stage is not None:
            self.stage.skips_derivative = True


class Passing(Kernel):
    """A node that changes nothing: its output is its input."""

    def __init__(self, site: KernelSite) -> None:
        self.output = site.inputs[0]

    def forward(self, code: Code) -> None:
        """Nothing to compute."""

    def backward(self, code: Code) -> None:
        """Nothing to send back: the signal is the same."""
