"""Subtract: the first signal minus the second."""

from collections.abc import Mapping

from nnstudio.engine.joins import JoinKernel, common_shape
from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS, Layer, Port, Shape
from nnstudio.engine.plans.code import Code
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ops import ProgramBuilder


@LAYERS.add
class Subtract(Layer):
    """y = a − b, both of one shape."""

    id = "subtract"
    label = QT_TRANSLATE_NOOP("Layer", "Subtract")
    help = QT_TRANSLATE_NOOP("Layer", "Takes the second signal away from the first.")
    group = "join"
    ports = (Port("first"), Port("second"))

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the common shape; raise Refused when shapes differ."""
        return common_shape(self.label, inputs)

    def kernel(self, site: KernelSite) -> Kernel:
        """Return the running form."""
        return SubtractKernel(site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit a subtract."""
        return build.emit("subtract", *inputs, name=node)


class SubtractKernel(JoinKernel):
    """The difference forward; g to the first input, −g to the second."""

    def forward(self, code: Code) -> None:
        """y = a − b."""
        first, second = (signal.read(code).flat for signal in self.sources)
        code.call("subtract", first, second, out=self.output.values.flat)

    def send(self, code: Code, place: int, goal: str) -> None:
        """∂a = g, ∂b = −g."""
        gradient = code.bind(self.output.gradient.flat)
        if place == 0:
            code.line(f"copyto({goal}, {gradient})")
        else:
            code.call("negative", gradient, out=goal)
