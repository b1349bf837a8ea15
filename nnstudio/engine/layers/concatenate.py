"""Concatenate: lays signals side by side along their last axis."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from numpy.typing import NDArray

from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS, Layer, Port, Shape
from nnstudio.engine.plans.code import Code
from nnstudio.engine.plans.signal import Signal
from nnstudio.errors import Refused
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ops import ProgramBuilder


@LAYERS.add
class Concatenate(Layer):
    """Joins along the last axis (features or channels), in the order of the wires."""

    id = "concatenate"
    label = QT_TRANSLATE_NOOP("Layer", "Concatenate")
    help = QT_TRANSLATE_NOOP("Layer", "Lays several signals side by side.")
    group = "join"
    ports = (Port("inputs", variadic=True),)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the joined shape; raise Refused when the other axes differ."""
        for first, second in pairwise(inputs):
            if first[:-1] != second[:-1]:
                raise Refused(
                    translate(
                        "Layer",
                        "Concatenate needs equal shapes but for the last size; {a} and {b} arrive.",
                    ).format(a=" × ".join(map(str, first)), b=" × ".join(map(str, second))),
                    translate("Layer", "Put a Flatten layer before each."),
                )
        return (*inputs[0][:-1], sum(shape[-1] for shape in inputs))

    def kernel(self, site: KernelSite) -> Kernel:
        """Return the running form."""
        return ConcatenateKernel(site)

    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit a concat along the last axis."""
        return build.emit("concat", *inputs, name=node, axis=-1)


class ConcatenateKernel(Kernel):
    """Copies each input to its channels; hands each its part of the gradient."""

    def __init__(self, site: KernelSite) -> None:
        self._sources = site.inputs
        self.output = site.signal()

    def forward(self, code: Code) -> None:
        """Copy every input to its place."""
        for signal, part in self._parts(self.output.values.data):
            source = _grouped(signal, signal.read(code).data)
            code.line(f"copyto({code.bind(part)}, {code.bind(source)})")

    def backward(self, code: Code) -> None:
        """Copy every part of the gradient back."""
        if not self.output.has_gradient:
            return
        for signal, part in self._parts(self.output.gradient.data):
            if signal.needs_gradient:
                with signal.receive(code) as goal:
                    target = _grouped(signal, goal.data)
                    code.line(f"copyto({code.bind(target)}, {code.bind(part)})")

    def _parts(self, data: NDArray[Any]) -> Iterator[tuple[Signal, NDArray[Any]]]:
        whole = _grouped(self.output, data)
        start = 0
        for signal in self._sources:
            stop = start + signal.shape[-1]
            yield signal, whole[:, start:stop]
            start = stop


def _grouped(signal: Signal, data: NDArray[Any]) -> NDArray[Any]:
    """View (features, batch) as (positions, channels, batch)."""
    return data.reshape(-1, signal.shape[-1], signal.batch)
