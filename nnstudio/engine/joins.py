"""What layers that join signals place by place have in common: the shape rule and the way back."""

from abc import abstractmethod
from itertools import pairwise

from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import Shape
from nnstudio.engine.plans.code import Code
from nnstudio.errors import Refused
from nnstudio.i18n import translate
from nnstudio.ops import ProgramBuilder


def common_shape(label: str, inputs: tuple[Shape, ...]) -> Shape:
    """Return the shape all `inputs` have; raise Refused, naming the layer, when they differ."""
    for first, second in pairwise(inputs):
        if first != second:
            raise Refused(
                translate("Layer", "{name} needs equal shapes, but {a} and {b} arrive.").format(
                    name=translate("Layer", label),
                    a=" × ".join(map(str, first)),
                    b=" × ".join(map(str, second)),
                ),
                translate("Layer", "Make the layers equally large, or use Concatenate."),
            )
    return inputs[0]


def chained(build: ProgramBuilder, kind: str, inputs: tuple[str, ...], name: str) -> str:
    """Emit the operation `kind` once per further input; return the name of the last result."""
    result = inputs[0]
    for value in inputs[1:]:
        result = build.emit(kind, result, value, name=name)
    return result


class JoinKernel(Kernel):
    """Reads signals of one shape and sends each its own gradient, which `send` writes."""

    def __init__(self, site: KernelSite) -> None:
        self.sources = site.inputs
        self.output = site.signal()

    @abstractmethod
    def send(self, code: Code, place: int, goal: str) -> None:
        """Append the line that writes the gradient of the input at `place` to `goal`."""

    def chain(self, code: Code, kind: str) -> None:
        """Append the lines that apply the ufunc `kind` to all inputs one after another."""
        y = self.output.values.flat
        first, *rest = [signal.read(code).flat for signal in self.sources]
        if not rest:
            code.line(f"copyto({code.bind(y)}, {code.bind(first)})")
        for value in rest:
            code.call(kind, first, value, out=y)
            first = y

    def backward(self, code: Code) -> None:
        """Send every input that needs one its gradient."""
        if not self.output.has_gradient:
            return
        for place, signal in enumerate(self.sources):
            if signal.needs_gradient:
                with signal.receive(code) as goal:
                    self.send(code, place, code.bind(goal.flat))
