"""Dense: every input times a weight, plus a bias, through an activation."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.activations import ACTIVATIONS, SETTINGS
from nnstudio.engine.initializers import choices
from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS, Block, Layer, Part, Shape, Weight
from nnstudio.engine.plans.code import Code
from nnstudio.engine.plans.stage import Stage
from nnstudio.errors import Refused
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ops import ProgramBuilder
from nnstudio.parameters import Choice, Float, Int

Array = NDArray[Any]

BIASES = (
    ("neuron", QT_TRANSLATE_NOOP("Choice", "One per neuron")),
    ("layer", QT_TRANSLATE_NOOP("Choice", "One for the layer")),
    ("none", QT_TRANSLATE_NOOP("Choice", "None")),
)


@LAYERS.add
class Dense(Layer):
    """y = φ(x·W + b) with x (batch, in), W (in, units), b (units,), (1,) or none."""

    id = "dense"
    label = QT_TRANSLATE_NOOP("Layer", "Dense")
    help = QT_TRANSLATE_NOOP("Layer", "Every neuron reads every input: weighted sum, activation.")
    group = "basic"
    parameters = (
        Int(
            name="units",
            label=QT_TRANSLATE_NOOP("Parameter", "Neurons"),
            help=QT_TRANSLATE_NOOP("Parameter", "How many neurons the layer has."),
            default=4,
            minimum=1,
            maximum=100_000,
        ),
        Choice(
            name="activation",
            label=QT_TRANSLATE_NOOP("Parameter", "Activation"),
            help=QT_TRANSLATE_NOOP("Parameter", "Function applied to each neuron's sum."),
            default="identity",
            options=ACTIVATIONS.choices,
            context="Activation",
        ),
        Choice(
            name="bias",
            label=QT_TRANSLATE_NOOP("Parameter", "Bias"),
            help=QT_TRANSLATE_NOOP("Parameter", "A number added to each sum."),
            default="neuron",
            options=BIASES,
        ),
        Choice(
            name="initializer",
            label=QT_TRANSLATE_NOOP("Parameter", "Start"),
            help=QT_TRANSLATE_NOOP("Parameter", "How the weights are drawn before training."),
            default="glorot_uniform",
            options=choices,
            context="Initializer",
            advanced=True,
        ),
        *SETTINGS,
        Float(
            name="l1",
            label=QT_TRANSLATE_NOOP("Parameter", "L1 of this layer"),
            help=QT_TRANSLATE_NOOP("Parameter", "Overrules the training's L1; −1 follows it."),
            default=-1.0,
            minimum=-1.0,
            maximum=100.0,
            advanced=True,
        ),
        Float(
            name="l2",
            label=QT_TRANSLATE_NOOP("Parameter", "L2 of this layer"),
            help=QT_TRANSLATE_NOOP("Parameter", "Overrules the training's L2; −1 follows it."),
            default=-1.0,
            minimum=-1.0,
            maximum=100.0,
            advanced=True,
        ),
    )
    units: int
    activation: str
    bias: str
    initializer: str
    l1: float
    l2: float

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (units,); raise Refused unless the input is a row of numbers."""
        if len(inputs[0]) != 1:
            raise Refused(
                translate("Layer", "Dense takes a row of numbers, but {shape} arrives.").format(
                    shape=" × ".join(map(str, inputs[0]))
                ),
                translate("Layer", "Put a Flatten layer before it."),
                fix="insert_flatten",
            )
        return (self.units,)

    def weights(self, inputs: tuple[Shape, ...]) -> tuple[Weight, ...]:
        """Return the weight matrix (in, units) and the bias."""
        fan_in = inputs[0][0]
        fans = (fan_in, self.units)
        matrix = Weight("weight", fans, init=self.initializer, fans=fans, maskable=True)
        if self.bias == "none":
            return (matrix,)
        shape = (self.units,) if self.bias == "neuron" else (1,)
        return (matrix, Weight("bias", shape, maskable=True))

    def storage(self, inputs: tuple[Shape, ...]) -> tuple[Block, ...]:
        """Return one block (units, in + 1): a neuron's weights and its bias side by side."""
        fan_in = inputs[0][0]
        if self.bias == "none":
            return (Block("matrix", (self.units, fan_in), (Part("weight", np.transpose),)),)
        parts = (
            Part("weight", lambda block: block[:, :-1].T),
            Part("bias", lambda block: block[:, -1], repeated=self.bias == "layer"),
        )
        return (Block("matrix", (self.units, fan_in + 1), parts),)

    def kernel(self, site: KernelSite) -> Kernel:
        """Return the running form."""
        return DenseKernel(self, site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit matmul, add and the activation."""
        result = build.emit("matmul", inputs[0], weights["weight"], name=f"{node}/product")
        if self.bias != "none":
            result = build.emit("add", result, weights["bias"], name=f"{node}/sum")
        if self.activation == "identity":
            return result
        numbers = {name: float(self.settings[name]) for name in ("slope", "threshold", "alpha")}  # type: ignore[arg-type]
        return ACTIVATIONS[self.activation].lower(build, node, result, numbers)


class DenseKernel(Kernel):
    """One matrix product forward, two backward; the bias is the weight of a constant 1."""

    stage: Stage

    def __init__(self, layer: Dense, site: KernelSite) -> None:
        self._source = site.inputs[0]
        self._bias = layer.bias
        self._factor = site.factor
        self._weights = site.weights["matrix"]
        self._gradients = site.gradients.get("matrix")
        self.output = site.signal(needs_gradient=True)
        self.stage = Stage(ACTIVATIONS[layer.activation], layer.settings, self.output)  # type: ignore[arg-type]
        if self._bias != "none":
            self._source.want_ones()

    @property
    def _ones(self) -> bool:
        return self._bias != "none"

    def forward(self, code: Code) -> None:
        """y = φ(W·x)."""
        columns = self._source.columns(code, self._ones)
        if self.stage.logits:
            code.dot(self._weights, columns, code.loop(self.stage.logits))
            self.stage.forward(code, code.loop(f"{self.stage.logits}f"))
        else:
            sums = self.stage.sums()
            code.dot(self._weights, columns, sums.data)
            self.stage.forward(code, sums.flat)

    def backward(self, code: Code) -> None:
        """δ = g·φ′; ∂W = δ·xᵀ; ∂x = Wᵀ·δ."""
        if not self.output.has_gradient:
            return
        self.stage.backward(code, self.stage.sums().flat)
        delta = self.output.gradient.data
        assert self._gradients is not None
        if self._source.needs_gradient:
            with self._source.receive(code) as goal:
                code.dot(self._weights.T, delta, goal.full if self._ones else goal.data)
        if self._factor is not None:
            flat = self.output.gradient.flat
            code.call("multiply", flat, self._factor, out=flat)
        code.dot(delta, self._source.examples(code, self._ones), self._gradients)
        if self._bias == "layer":
            shared = code.bind(self._gradients[:, -1])
            code.line(f"copyto({shared}, {code.bind(np.add.reduce)}({shared}))")
