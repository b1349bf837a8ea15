"""Output: marks what the network answers and how the answer is judged."""

from collections.abc import Mapping

from nnstudio.engine.kernel import Kernel, KernelSite, Passing
from nnstudio.engine.layer import LAYERS, Layer, Shape
from nnstudio.engine.losses import LOSSES
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ops import ProgramBuilder
from nnstudio.parameters import Choice, Float, Texts

AUTOMATIC = ("", QT_TRANSLATE_NOOP("Loss", "Automatic"))


@LAYERS.add
class Output(Layer):
    """A marker: target columns, loss ("" = the one fitting the last activation), classes."""

    id = "output"
    label = QT_TRANSLATE_NOOP("Layer", "Output")
    help = QT_TRANSLATE_NOOP("Layer", "What the network answers, compared with the target.")
    group = "io"
    has_output = False
    parameters = (
        Texts(
            name="columns",
            label=QT_TRANSLATE_NOOP("Parameter", "Target columns"),
            help=QT_TRANSLATE_NOOP("Parameter", "Data columns this output should predict."),
            advanced=True,
        ),
        Choice(
            name="loss",
            label=QT_TRANSLATE_NOOP("Parameter", "Loss"),
            help=QT_TRANSLATE_NOOP("Parameter", "What training makes small."),
            options=lambda: (AUTOMATIC, *LOSSES.choices()),
            context="Loss",
        ),
        Float(
            name="loss_weight",
            label=QT_TRANSLATE_NOOP("Parameter", "Loss weight"),
            help=QT_TRANSLATE_NOOP("Parameter", "How much this output counts beside others."),
            default=1.0,
            minimum=0.0,
            maximum=1e6,
            advanced=True,
        ),
        Texts(
            name="classes",
            label=QT_TRANSLATE_NOOP("Parameter", "Class names"),
            help=QT_TRANSLATE_NOOP("Parameter", "Names of the classes, in the order of outputs."),
            advanced=True,
        ),
    )
    columns: tuple[str, ...]
    loss: str
    loss_weight: float
    classes: tuple[str, ...]

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape that arrives."""
        return inputs[0]

    def kernel(self, site: KernelSite) -> Kernel:
        """Return a kernel that passes on what arrives."""
        return Passing(site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Return the value that arrives."""
        return inputs[0]
