"""Flatten: turns a picture or a table into one row of numbers."""

from collections.abc import Mapping
from math import prod

from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS, Layer, Shape
from nnstudio.engine.layers.reshape import ReshapeKernel
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ops import ProgramBuilder


@LAYERS.add
class Flatten(Layer):
    """(h, w, c) → (h·w·c,), channels fastest."""

    id = "flatten"
    label = QT_TRANSLATE_NOOP("Layer", "Flatten")
    help = QT_TRANSLATE_NOOP("Layer", "Lays a picture out as one row of numbers.")
    group = "image"

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return one axis as long as all axes together."""
        return (prod(inputs[0]),)

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
