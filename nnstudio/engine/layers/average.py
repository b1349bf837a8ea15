"""Average: the mean of signals of one shape, place by place."""

from collections.abc import Mapping

from nnstudio.engine.joins import JoinKernel, chained, common_shape
from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS, Layer, Port, Shape
from nnstudio.engine.plans.code import Code
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ops import ProgramBuilder


@LAYERS.add
class Average(Layer):
    """y = (a + b + …)/n for n signals, all of one shape."""

    id = "average"
    label = QT_TRANSLATE_NOOP("Layer", "Average")
    help = QT_TRANSLATE_NOOP("Layer", "Takes the mean of several signals of the same shape.")
    group = "join"
    ports = (Port("inputs", variadic=True),)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the common shape; raise Refused when shapes differ."""
        return common_shape(self.label, inputs)

    def kernel(self, site: KernelSite) -> Kernel:
        """Return the running form."""
        return AverageKernel(site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit the sum and its product with 1/n."""
        total = chained(build, "add", inputs, f"{node}/total")
        share = build.number(f"{node}/share", 1.0 / len(inputs))
        return build.emit("multiply", total, share, name=node)


class AverageKernel(JoinKernel):
    """The mean forward; an equal share of the gradient to every input."""

    def forward(self, code: Code) -> None:
        """y = Σ x / n."""
        self.chain(code, "add")
        y = self.output.values.flat
        code.call("multiply", y, self._share(code), out=y)

    def send(self, code: Code, place: int, goal: str) -> None:
        """∂x = g/n."""
        code.call("multiply", self.output.gradient.flat, self._share(code), out=goal)

    def _share(self, code: Code) -> str:
        return code.number(1.0 / len(self.sources))
