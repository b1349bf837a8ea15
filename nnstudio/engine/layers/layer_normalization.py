"""LayerNormalization: brings each example to mean 0 and deviation 1, then rescales."""

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

Array = NDArray[Any]


@LAYERS.add
class LayerNormalization(Layer):
    """y = γ·(x − mean)/√(variance + ε) + β along the last axis (Ba, Kiros and Hinton 2016).

    Mean and variance (÷N) are those of each position of each example, training or not.
    """

    id = "layer_normalization"
    label = QT_TRANSLATE_NOOP("Layer", "Layer normalisation")
    help = QT_TRANSLATE_NOOP("Layer", "Brings each example to mean 0 and deviation 1.")
    group = "regularise"
    parameters = (EPSILON,)
    epsilon: float

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape that arrives."""
        return inputs[0]

    def weights(self, inputs: tuple[Shape, ...]) -> tuple[Weight, ...]:
        """Return scale γ and shift β, each as long as the last axis."""
        shape = (inputs[0][-1],)
        return (Weight("scale", shape, init="ones"), Weight("shift", shape))

    def kernel(self, site: KernelSite) -> Kernel:
        """Return the running form."""
        return LayerNormalizationKernel(self, site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit (x − mean)/√(variance + ε)·γ + β with reductions along the last axis."""
        last = {"axes": (len(shapes[0]),), "keep": True}
        mean = build.emit("mean", inputs[0], name=f"{node}/mean", **last)
        centred = build.emit("subtract", inputs[0], mean, name=f"{node}/centred")
        squared = build.emit("multiply", centred, centred, name=f"{node}/squared")
        variance = build.emit("mean", squared, name=f"{node}/variance", **last)
        return lower_rescaling(build, node, centred, variance, self.epsilon, weights)


class LayerNormalizationKernel(Kernel):
    """Works on (positions, channels, batch) views; statistics are (positions, 1, batch)."""

    def __init__(self, layer: LayerNormalization, site: KernelSite) -> None:
        self._source = site.inputs[0]
        self._epsilon = layer.epsilon
        self._site = site
        self.output = site.signal(needs_gradient=True)
        self._channels = site.shape[-1]
        self._grouped = (-1, self._channels, site.batch)
        self._normal = np.zeros(self.output.size, dtype=site.dtype).reshape(self._grouped)
        self._spread = np.ones((len(self._normal), 1, site.batch), dtype=site.dtype)
        self._scale = site.weights["scale"].reshape(1, -1, 1)
        self._shift = site.weights["shift"].reshape(1, -1, 1)

    def forward(self, code: Code) -> None:
        """Normalise, scale and shift."""
        x = self._source.read(code).data.reshape(self._grouped)
        y = self.output.values.data.reshape(self._grouped)
        mean = np.empty_like(self._spread)
        self._mean_of(code, x, mean)
        code.call("subtract", x, mean, out=self._normal)
        code.call("multiply", self._normal, self._normal, out=y)
        self._mean_of(code, y, self._spread)
        flat = self._spread.reshape(-1)
        code.formula(
            ("d = 1 / sqrt(d + epsilon)",), {"d": flat}, flat.size, {"epsilon": self._epsilon}
        )
        code.call("multiply", self._normal, self._spread, out=self._normal)
        code.call("multiply", self._normal, self._scale, out=y)
        code.call("add", y, self._shift, out=y)

    def backward(self, code: Code) -> None:
        """∂β = Σg, ∂γ = Σg·x̂, ∂x = (h − mean(h) − x̂·mean(h·x̂))/σ with h = γ·g."""
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
        if self._site.factor is not None:
            for gradient in (scale, shift):
                code.call("multiply", gradient, self._site.factor, out=gradient)
        if self._source.needs_gradient:
            with self._source.receive(code) as goal:
                self._send(code, g, scratch, goal.data.reshape(self._grouped))

    def _send(self, code: Code, g: Array, scratch: Array, out: Array) -> None:
        mean = np.empty_like(self._spread)
        code.call("multiply", g, self._scale, out=out)
        code.call("multiply", out, self._normal, out=scratch)
        self._mean_of(code, scratch, mean)
        code.call("multiply", self._normal, mean, out=scratch)
        self._mean_of(code, out, mean)
        code.call("subtract", out, scratch, out=out)
        code.call("subtract", out, mean, out=out)
        code.call("multiply", out, self._spread, out=out)

    def _mean_of(self, code: Code, values: Array, out: Array) -> None:
        add = code.bind(np.add.reduce)
        code.line(f"{add}({code.bind(values)}, 1, None, {code.bind(out)}, True)")
        code.call("multiply", out, code.number(1.0 / self._channels), out=out)
