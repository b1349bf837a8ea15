"""Activation: a function applied to every number that passes."""

from collections.abc import Mapping

from nnstudio.engine.activations import ACTIVATIONS, SETTINGS
from nnstudio.engine.kernel import Kernel, KernelSite, Passing
from nnstudio.engine.layer import LAYERS, Layer, Shape
from nnstudio.engine.plans.code import Code
from nnstudio.engine.plans.stage import Stage
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ops import ProgramBuilder
from nnstudio.parameters import Choice


@LAYERS.add
class Activation(Layer):
    """y = φ(x), element by element; softmax along the last axis."""

    id = "activation"
    label = QT_TRANSLATE_NOOP("Layer", "Activation")
    help = QT_TRANSLATE_NOOP("Layer", "Bends every number; lets the network learn curves.")
    group = "activation"
    parameters = (
        Choice(
            name="function",
            label=QT_TRANSLATE_NOOP("Parameter", "Function"),
            help=QT_TRANSLATE_NOOP("Parameter", "Which function is applied."),
            default="relu",
            options=ACTIVATIONS.choices,
            context="Activation",
        ),
        *SETTINGS,
    )
    function: str

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape that arrives."""
        return inputs[0]

    def kernel(self, site: KernelSite) -> Kernel:
        """Return the running form; the identity needs none."""
        return Passing(site) if self.function == "identity" else ActivationKernel(self, site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit the function."""
        numbers = {name: float(self.settings[name]) for name in ("slope", "threshold", "alpha")}  # type: ignore[arg-type]
        return ACTIVATIONS[self.function].lower(build, node, inputs[0], numbers)


class ActivationKernel(Kernel):
    """The function forward, times its derivative backward."""

    stage: Stage

    def __init__(self, layer: Activation, site: KernelSite) -> None:
        self._source = site.inputs[0]
        self.output = site.signal()
        self.stage = Stage(ACTIVATIONS[layer.function], layer.settings, self.output)  # type: ignore[arg-type]

    def forward(self, code: Code) -> None:
        """y = φ(x)."""
        x = self._source.read(code).flat
        if self.stage.logits:
            code.line(f"copyto({code.loop(f'{self.stage.logits}f')}, {code.bind(x)})")
        self.stage.forward(code, x)

    def backward(self, code: Code) -> None:
        """g·φ′."""
        if not (self.output.has_gradient and self._source.needs_gradient):
            return
        self.stage.backward(code, self._source.read(code).flat)
        with self._source.receive(code) as goal:
            code.line(f"copyto({code.bind(goal.flat)}, {code.bind(self.output.gradient.flat)})")
