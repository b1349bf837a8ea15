"""Reshape: lays the same numbers out in another shape."""

from collections.abc import Mapping
from math import prod

from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS, Layer, Shape
from nnstudio.engine.plans.code import Code
from nnstudio.errors import Refused
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ops import ProgramBuilder
from nnstudio.parameters import Shape as ShapeParameter


@LAYERS.add
class Reshape(Layer):
    """The same numbers in the same order, the last axis fastest; one size may be −1: the rest."""

    id = "reshape"
    label = QT_TRANSLATE_NOOP("Layer", "Reshape")
    help = QT_TRANSLATE_NOOP("Layer", "Lays the same numbers out in another shape.")
    group = "image"
    parameters = (
        ShapeParameter(
            name="shape",
            label=QT_TRANSLATE_NOOP("Parameter", "Shape"),
            help=QT_TRANSLATE_NOOP("Parameter", "Sizes such as 8, 8, 1; -1 takes what is left."),
            default=(-1,),
            one_left_open=True,
        ),
    )
    shape: Shape

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape set, its open size filled; raise Refused when the count differs."""
        count = prod(inputs[0])
        known = prod(size for size in self.shape if size > 0)
        found = tuple(size if size > 0 else count // known for size in self.shape)
        if prod(found) != count or not count:
            raise Refused(
                translate("Layer", "Reshape can't lay {count} numbers out as {shape}.").format(
                    count=count, shape=" × ".join(map(str, self.shape))
                ),
                translate("Layer", "Choose sizes whose product is {count}.").format(count=count),
            )
        return found

    def kernel(self, site: KernelSite) -> Kernel:
        """Return a kernel that shows the same numbers under another shape."""
        return ReshapeKernel(site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit a reshape."""
        return build.emit("reshape", inputs[0], name=node, shape=self.output_shape(shapes))


class ReshapeKernel(Kernel):
    """Nothing moves: inside, the numbers of an example lie in one row whatever their shape."""

    def __init__(self, site: KernelSite) -> None:
        self.output = site.inputs[0].reshaped(site.shape)

    def forward(self, code: Code) -> None:
        """Nothing to compute."""

    def backward(self, code: Code) -> None:
        """Nothing to send back."""
