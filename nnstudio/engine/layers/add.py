"""Add: sums signals of one shape, as skip connections do."""

from collections.abc import Mapping
from itertools import pairwise

from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS, Layer, Port, Shape
from nnstudio.engine.plans.code import Code
from nnstudio.errors import Refused
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
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
        for first, second in pairwise(inputs):
            if first != second:
                raise Refused(
                    translate("Layer", "Add needs equal shapes, but {a} and {b} arrive.").format(
                        a=" × ".join(map(str, first)), b=" × ".join(map(str, second))
                    ),
                    translate("Layer", "Make the layers equally large, or use Concatenate."),
                )
        return inputs[0]

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
        total = inputs[0]
        for value in inputs[1:]:
            total = build.emit("add", total, value, name=node)
        return total


class AddKernel(Kernel):
    """The sum forward; the same gradient to every input."""

    def __init__(self, site: KernelSite) -> None:
        self._sources = site.inputs
        self.output = site.signal()

    def forward(self, code: Code) -> None:
        """y = Σ x."""
        y = self.output.values.flat
        first, *rest = [signal.read(code).flat for signal in self._sources]
        if not rest:
            code.line(f"copyto({code.bind(y)}, {code.bind(first)})")
        for value in rest:
            code.call("add", first, value, out=y)
            first = y

    def backward(self, code: Code) -> None:
        """Every input receives g."""
        if not self.output.has_gradient:
            return
        for signal in self._sources:
            if signal.needs_gradient:
                with signal.receive(code) as goal:
                    gradient = self.output.gradient.flat
                    code.line(f"copyto({code.bind(goal.flat)}, {code.bind(gradient)})")
