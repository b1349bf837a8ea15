"""Dropout: silences random numbers while training, so that none is relied on too much."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS
from nnstudio.engine.plans.code import Code
from nnstudio.engine.training_only import TrainingOnly
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Choice, Float

MODES = (
    ("independent", QT_TRANSLATE_NOOP("Choice", "Each by chance")),
    ("exact", QT_TRANSLATE_NOOP("Choice", "Exact count")),
)


@LAYERS.add
class Dropout(TrainingOnly):
    """While training y = x·m/(1 − rate), m random 0 or 1; while predicting y = x.

    Mode "independent": each number is dropped with probability `rate` (Srivastava et al. 2014).
    Mode "exact": of n numbers of an example, round(n·(1 − rate)) are kept, halves rounded up.
    """

    id = "dropout"
    label = QT_TRANSLATE_NOOP("Layer", "Dropout")
    help = QT_TRANSLATE_NOOP("Layer", "Switches random neurons off while training.")
    group = "regularise"
    parameters = (
        Float(
            name="rate",
            label=QT_TRANSLATE_NOOP("Parameter", "Share dropped"),
            help=QT_TRANSLATE_NOOP("Parameter", "How many of the numbers are switched off."),
            default=0.5,
            minimum=0.0,
            maximum=0.99,
            step=0.05,
        ),
        Choice(
            name="mode",
            label=QT_TRANSLATE_NOOP("Parameter", "Mode"),
            help=QT_TRANSLATE_NOOP("Parameter", "By chance, or always the same count."),
            default="independent",
            options=MODES,
            advanced=True,
        ),
    )
    rate: float
    mode: str

    @property
    def strength(self) -> float:
        """How much is disturbed."""
        return self.rate

    def disturbing(self, site: KernelSite) -> Kernel:
        """Return the running form for training."""
        return DropoutKernel(self, site)


def kept_count(size: int, rate: float) -> int:
    """Return how many of `size` numbers stay in exact mode: round half up, as MATLAB does."""
    return math.floor(size * (1.0 - rate) + 0.5)


class DropoutKernel(Kernel):
    """Multiplies by a mask of 0 and 1/(1 − rate), drawn anew at every step."""

    def __init__(self, layer: Dropout, site: KernelSite) -> None:
        self._source = site.inputs[0]
        self._layer = layer
        self._generator = site.generator
        self.output = site.signal()
        self.mask = np.empty((self.output.rows, site.batch), dtype=site.dtype)
        if site.injected is not None:
            self.mask[...] = site.injected.reshape(site.batch, -1).T
            self._generator = None

    def draw(self) -> None:
        """Draw a new mask."""
        assert self._generator is not None
        chance = self._generator.random(self.mask.shape, dtype=self.mask.dtype.type)
        keep = 1.0 - self._layer.rate
        if self._layer.mode == "independent":
            np.multiply(chance < keep, 1.0 / keep, out=self.mask)
            return
        count = kept_count(len(chance), self._layer.rate)
        chosen = np.argsort(chance, axis=0)[:count]
        self.mask[...] = 0.0
        np.put_along_axis(self.mask, chosen, 1.0 / keep, axis=0)

    def forward(self, code: Code) -> None:
        """y = x·m."""
        if self._generator is not None:
            code.line(f"{code.bind(self.draw)}()")
        x: NDArray[Any] = self._source.read(code).flat
        code.call("multiply", x, self.mask.reshape(-1), out=self.output.values.flat)

    def backward(self, code: Code) -> None:
        """g·m."""
        if self.output.has_gradient and self._source.needs_gradient:
            with self._source.receive(code) as goal:
                code.call(
                    "multiply", self.output.gradient.flat, self.mask.reshape(-1), out=goal.flat
                )
