"""Input: where examples enter the network."""

from collections.abc import Mapping
from typing import ClassVar

from nnstudio.engine.kernel import Kernel, KernelSite, Passing
from nnstudio.engine.layer import LAYERS, Layer, Port, Shape
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ops import ProgramBuilder
from nnstudio.parameters import Shape as ShapeParameter
from nnstudio.parameters import Texts


@LAYERS.add
class Input(Layer):
    """One example has the shape `shape`; `columns` name the data columns bound to it."""

    id = "input"
    label = QT_TRANSLATE_NOOP("Layer", "Input")
    help = QT_TRANSLATE_NOOP("Layer", "Where the examples enter.")
    group = "io"
    ports: ClassVar[tuple[Port, ...]] = ()
    parameters = (
        ShapeParameter(
            name="shape",
            label=QT_TRANSLATE_NOOP("Parameter", "Shape"),
            help=QT_TRANSLATE_NOOP("Parameter", "Sizes of one example, such as 2 or 28, 28, 1."),
            default=(2,),
        ),
        Texts(
            name="columns",
            label=QT_TRANSLATE_NOOP("Parameter", "Columns"),
            help=QT_TRANSLATE_NOOP("Parameter", "Data columns that feed this input."),
            advanced=True,
        ),
    )
    shape: Shape
    columns: tuple[str, ...]

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape as it was set."""
        return self.shape

    def kernel(self, site: KernelSite) -> Kernel:
        """Return a kernel that passes on what the plan feeds."""
        return Passing(site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Declare an input of the program, unless preprocessing already made the value."""
        return inputs[0] if inputs else build.input(node, self.shape)
