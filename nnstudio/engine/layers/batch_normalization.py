"""BatchNormalization: brings every feature of a batch to mean 0 and deviation 1, then rescales."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS, Layer, Shape, Weight
from nnstudio.engine.normalising import EPSILON, lower_rescaling
from nnstudio.engine.plans.code import Code
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ops import ProgramBuilder
from nnstudio.parameters import Float

Array = NDArray[Any]


@LAYERS.add
class BatchNormalization(Layer):
    """y = γ·(x − mean)/√(variance + ε) + β per channel (Ioffe and Szegedy 2015).

    Training uses mean and variance (÷N) of the batch and all positions; prediction the running
    ones: running ← momentum·running + (1 − momentum)·batch, the running variance from the
    sample variance (÷(N − 1)).
    """

    id = "batch_normalization"
    label = QT_TRANSLATE_NOOP("Layer", "Batch normalisation")
    help = QT_TRANSLATE_NOOP("Layer", "Brings each feature to mean 0 and deviation 1.")
    group = "regularise"
    parameters = (
        Float(
            name="momentum",
            label=QT_TRANSLATE_NOOP("Parameter", "Memory"),
            help=QT_TRANSLATE_NOOP("Parameter", "Share of the running values kept by each batch."),
            default=0.9,
            minimum=0.0,
            maximum=1.0,
            step=0.05,
            advanced=True,
        ),
        EPSILON,
    )
    momentum: float
    epsilon: float

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape that arrives."""
        return inputs[0]

    def weights(self, inputs: tuple[Shape, ...]) -> tuple[Weight, ...]:
        """Return scale γ and shift β, and the running mean and variance, each (channels,)."""
        shape = (inputs[0][-1],)
        return (
            Weight("scale", shape, init="ones"),
            Weight("shift", shape),
            Weight("running_mean", shape, role="state"),
            Weight("running_variance", shape, role="state", init="ones"),
        )

    def kernel(self, site: KernelSite) -> Kernel:
        """Return the running form."""
        return BatchNormalizationKernel(self, site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit (x − mean)·(γ/√(variance + ε)) + β with the running values."""
        centred = build.emit("subtract", inputs[0], weights["running_mean"], name=f"{node}/centred")
        variance = weights["running_variance"]
        return lower_rescaling(build, node, centred, variance, self.epsilon, weights)


class BatchNormalizationKernel(Kernel):
    """Works on (positions, channels, batch) views; statistics are (1, channels, 1)."""

    def __init__(self, layer: BatchNormalization, site: KernelSite) -> None:
        self._source = site.inputs[0]
        self._layer = layer
        self._site = site
        self.output = site.signal(needs_gradient=True)
        channels = site.shape[-1]
        self._grouped = (-1, channels, site.batch)
        self._count = self.output.size // channels
        self._normal = np.zeros(self.output.size, dtype=site.dtype).reshape(self._grouped)
        self._spread = np.ones((1, channels, 1), dtype=site.dtype)
        self._running = [site.states[name].reshape(1, -1, 1) for name in _STATES]
        self._scale = site.weights["scale"].reshape(1, -1, 1)
        self._shift = site.weights["shift"].reshape(1, -1, 1)

    def forward(self, code: Code) -> None:
        """Normalise, scale and shift."""
        x = self._source.read(code).data.reshape(self._grouped)
        if self._site.training:
            mean = self._center(code, x)
            code.call("multiply", self._normal, self._normal, out=self._output3)
            self._mean_of(code, self._output3, self._spread)
            if self._site.update_states:
                self._remember(code, mean, self._spread)
        else:
            code.call("subtract", x, self._running[0], out=self._normal)
            code.line(f"copyto({code.bind(self._spread)}, {code.bind(self._running[1])})")
        places = {"d": self._spread}
        numbers = {"epsilon": self._layer.epsilon}
        code.formula(("d = 1 / sqrt(d + epsilon)",), places, self._spread.size, numbers)
        code.call("multiply", self._normal, self._spread, out=self._normal)
        code.call("multiply", self._normal, self._scale, out=self._output3)
        code.call("add", self._output3, self._shift, out=self._output3)

    def backward(self, code: Code) -> None:
        """∂β = Σg, ∂γ = Σg·x̂, ∂x = γ/σ·(g − mean(g) − x̂·mean(g·x̂))."""
        if not self.output.has_gradient:
            return
        g = self.output.gradient.data.reshape(self._grouped)
        scratch = np.empty_like(self._normal)
        shift = self._site.gradients["shift"].reshape(1, -1, 1)
        scale = self._site.gradients["scale"].reshape(1, -1, 1)
        add = code.bind(np.add.reduce)
        code.call("multiply", g, self._normal, out=scratch)
        code.line(f"{add}({code.bind(g)}, (0, 2), None, {code.bind(shift)}, True)")
        code.line(f"{add}({code.bind(scratch)}, (0, 2), None, {code.bind(scale)}, True)")
        if self._source.needs_gradient:
            self._backward_input(code, g, scratch, scale, shift)
        if self._site.factor is not None:
            for gradient in (scale, shift):
                code.call("multiply", gradient, self._site.factor, out=gradient)

    def _backward_input(
        self, code: Code, g: Array, scratch: Array, scale: Array, shift: Array
    ) -> None:
        mean = np.empty_like(self._spread)
        part = code.number(1.0 / self._count)
        with self._source.receive(code) as goal:
            out = goal.data.reshape(self._grouped)
            code.call("multiply", scale, part, out=mean)
            code.call("multiply", self._normal, mean, out=scratch)
            code.call("subtract", g, scratch, out=out)
            code.call("multiply", shift, part, out=mean)
            code.call("subtract", out, mean, out=out)
            code.call("multiply", self._scale, self._spread, out=mean)
            code.call("multiply", out, mean, out=out)

    @property
    def _output3(self) -> Array:
        return self.output.values.data.reshape(self._grouped)

    def _center(self, code: Code, x: Array) -> Array:
        mean = np.empty_like(self._spread)
        self._mean_of(code, x, mean)
        code.call("subtract", x, mean, out=self._normal)
        return mean

    def _mean_of(self, code: Code, values: Array, out: Array) -> None:
        add = code.bind(np.add.reduce)
        code.line(f"{add}({code.bind(values)}, (0, 2), None, {code.bind(out)}, True)")
        code.call("multiply", out, code.number(1.0 / self._count), out=out)

    def _remember(self, code: Code, mean: Array, variance: Array) -> None:
        keep = self._layer.momentum
        sample = self._count / max(1, self._count - 1)
        for running, value, factor in zip(
            self._running, (mean, variance), (1.0 - keep, (1.0 - keep) * sample), strict=True
        ):
            scratch = np.empty_like(value)
            code.call("multiply", running, code.number(keep), out=running)
            code.call("multiply", value, code.number(factor), out=scratch)
            code.call("add", running, scratch, out=running)


_STATES = ("running_mean", "running_variance")
