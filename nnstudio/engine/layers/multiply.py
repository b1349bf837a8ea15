"""Multiply: multiplies signals of one shape place by place, as gates do."""

from collections.abc import Mapping

from nnstudio.engine.joins import JoinKernel, chained, common_shape
from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS, Layer, Port, Shape
from nnstudio.engine.plans.code import Code
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ops import ProgramBuilder


@LAYERS.add
class Multiply(Layer):
    """y = a·b·…, all of one shape."""

    id = "multiply"
    label = QT_TRANSLATE_NOOP("Layer", "Multiply")
    help = QT_TRANSLATE_NOOP("Layer", "Multiplies several signals of the same shape.")
    group = "join"
    ports = (Port("inputs", variadic=True),)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the common shape; raise Refused when shapes differ."""
        return common_shape(self.label, inputs)

    def kernel(self, site: KernelSite) -> Kernel:
        """Return the running form."""
        return MultiplyKernel(site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit one multiply per further input."""
        return chained(build, "multiply", inputs, node)


class MultiplyKernel(JoinKernel):
    """The product forward; to every input the gradient times the product of the others."""

    def forward(self, code: Code) -> None:
        """y = Π x."""
        self.chain(code, "multiply")

    def send(self, code: Code, place: int, goal: str) -> None:
        """∂xᵢ = g·Π of the others, multiplied anew: dividing y by xᵢ would fail at 0."""
        others = [s.read(code).flat for i, s in enumerate(self.sources) if i != place]
        gradient = code.bind(self.output.gradient.flat)
        if not others:
            code.line(f"copyto({goal}, {gradient})")
        for value in others:
            code.call("multiply", gradient, value, out=goal)
            gradient = goal
