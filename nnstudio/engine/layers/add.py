"""Add: sums signals of one shape, as skip connections do."""

from collections.abc import Mapping

from nnstudio.engine.joins import JoinKernel, chained, common_shape
from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS, Layer, Port, Shape
from nnstudio.engine.plans.code import Code
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ops import ProgramBuilder


@LAYERS.add
class Add(Layer):
    """y = a + b + …, all of one shape."""

    id = "add"
    label = QT_TRANSLATE_NOOP("Layer", "Add")
    help = QT_TRANSLATE_NOOP("Layer", "Sums several signals of the same shape.")
    group = "join"
    ports = (Port("inputs", variadic=True),)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the common shape; raise Refused when shapes differ."""
        return common_shape(self.label, inputs)

    def kernel(self, site: KernelSite) -> Kernel:
        """Return the running form."""
        return AddKernel(site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit one add per further input."""
        return chained(build, "add", inputs, node)


class AddKernel(JoinKernel):
    """The sum forward; the same gradient to every input."""

    def forward(self, code: Code) -> None:
        """y = Σ x."""
        self.chain(code, "add")

    def send(self, code: Code, place: int, goal: str) -> None:
        """∂x = g."""
        code.line(f"copyto({goal}, {code.bind(self.output.gradient.flat)})")
