"""Permute: reorders the axes of each example, such as rows and columns."""

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS, Layer, Shape
from nnstudio.engine.plans.code import Code
from nnstudio.errors import Refused
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ops import ProgramBuilder
from nnstudio.parameters import Shape as ShapeParameter


@LAYERS.add
class Permute(Layer):
    """Axis k of the answer is axis order[k] of what arrives, counted from 1; others stay."""

    id = "permute"
    label = QT_TRANSLATE_NOOP("Layer", "Permute")
    help = QT_TRANSLATE_NOOP("Layer", "Swaps axes, such as rows and columns.")
    group = "image"
    parameters = (
        ShapeParameter(
            name="order",
            label=QT_TRANSLATE_NOOP("Parameter", "Order of axes"),
            help=QT_TRANSLATE_NOOP("Parameter", "Axes counted from 1; 2, 1 swaps the first two."),
            default=(2, 1),
        ),
    )
    order: tuple[int, ...]

    def axes(self, rank: int) -> tuple[int, ...]:
        """Return the order of all `rank` axes of an example, counted from 0."""
        return (*(axis - 1 for axis in self.order), *range(len(self.order), rank))

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the sizes in their new order; raise Refused when the order doesn't fit."""
        shape = inputs[0]
        if sorted(self.order) != list(range(1, len(self.order) + 1)):
            raise Refused(
                translate("Layer", "The order {order} doesn't name each axis once.").format(
                    order=", ".join(map(str, self.order))
                ),
                translate("Layer", "Use each number from 1 on once, such as 2, 1."),
            )
        if len(self.order) > len(shape):
            raise Refused(
                translate(
                    "Layer", "Permute orders {count} axes, but the shape {shape} arrives."
                ).format(count=len(self.order), shape=" × ".join(map(str, shape))),
                translate("Layer", "Shorten the order, or put a Reshape layer before it."),
            )
        return tuple(shape[axis] for axis in self.axes(len(shape)))

    def kernel(self, site: KernelSite) -> Kernel:
        """Return the running form."""
        return PermuteKernel(self, site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit a transpose; the batch axis stays first."""
        axes = (0, *(axis + 1 for axis in self.axes(len(shapes[0]))))
        return build.emit("transpose", inputs[0], name=node, permutation=axes)


class PermuteKernel(Kernel):
    """Copies to the new places, and the gradient back from there."""

    def __init__(self, layer: Permute, site: KernelSite) -> None:
        self._source = site.inputs[0]
        self._axes = layer.axes(len(site.shape))
        self.output = site.signal()

    def forward(self, code: Code) -> None:
        """Copy every number to its new place."""
        x = self._reordered(self._source.read(code).data)
        code.line(f"copyto({code.bind(self._shaped(self.output.values.data))}, {code.bind(x)})")

    def backward(self, code: Code) -> None:
        """Copy every gradient to the place its number came from."""
        if self.output.has_gradient and self._source.needs_gradient:
            gradient = code.bind(self._shaped(self.output.gradient.data))
            with self._source.receive(code) as goal:
                code.line(f"copyto({code.bind(self._reordered(goal.data))}, {gradient})")

    def _shaped(self, data: NDArray[Any]) -> NDArray[Any]:
        return data.reshape(*self.output.shape, self.output.batch)

    def _reordered(self, data: NDArray[Any]) -> NDArray[Any]:
        """View what belongs to the input in the output's order of axes, the batch last."""
        whole = data.reshape(*self._source.shape, self._source.batch)
        return whole.transpose(*self._axes, len(self._axes))
