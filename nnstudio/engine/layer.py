"""Layer: the immutable description of a kind of layer (settings, ports, shape rule, weights)."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from numpy.typing import NDArray

from nnstudio.configured import Configured
from nnstudio.ops import ProgramBuilder
from nnstudio.registry import Registry

if TYPE_CHECKING:
    from nnstudio.engine.kernel import Kernel, KernelSite

Shape = tuple[int, ...]

GROUPS = (
    "io",
    "basic",
    "activation",
    "image",
    "sequence",
    "attention",
    "graph",
    "regularise",
    "join",
)


@dataclass(frozen=True)
class Port:
    """A named input of a layer; a variadic port takes any number of wires, in order."""

    name: str
    variadic: bool = False


@dataclass(frozen=True)
class Weight:
    """An array a layer owns, in its conventional layout.

    `role` is "parameter" (trained) or "state" (kept, such as running statistics); `init` is an
    id of `initializers`; `fans` are (fan_in, fan_out) for the initialisers that need them.
    """

    name: str
    shape: Shape
    role: str = "parameter"
    init: str = "zeros"
    fans: tuple[int, int] = (1, 1)
    maskable: bool = False


def _whole(block: NDArray[Any]) -> NDArray[Any]:
    return block


@dataclass(frozen=True)
class Part:
    """A weight inside a block: `view` gives it in conventional layout.

    A `repeated` part is one number stored many times: `view` gives all the copies.
    """

    name: str
    view: Callable[[NDArray[Any]], NDArray[Any]] = _whole
    repeated: bool = False


@dataclass(frozen=True)
class Block:
    """Trained weights that lie together in memory, in the layout the kernel computes with."""

    name: str
    shape: Shape
    parts: tuple[Part, ...]


class Layer(Configured, ABC):
    """Settings, shape rule and weights of one kind; says what it is, never runs itself."""

    group: ClassVar[str] = "basic"
    ports: ClassVar[tuple[Port, ...]] = (Port("input"),)
    has_output: ClassVar[bool] = True

    @abstractmethod
    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape of one example after the layer; raise Refused in words if none fits."""

    def weights(self, inputs: tuple[Shape, ...]) -> tuple[Weight, ...]:
        """Return the arrays the layer owns for these input shapes."""
        return ()

    def storage(self, inputs: tuple[Shape, ...]) -> tuple[Block, ...]:
        """Return how the trained weights lie in memory; by default each in a block of its own."""
        return tuple(
            Block(weight.name, weight.shape, (Part(weight.name),))
            for weight in self.weights(inputs)
            if weight.role == "parameter"
        )

    @abstractmethod
    def kernel(self, site: "KernelSite") -> "Kernel":
        """Return the running form of the layer for one batch size and dtype."""

    @abstractmethod
    def lower(
        self,
        build: ProgramBuilder,
        node: str,
        inputs: tuple[str, ...],
        shapes: tuple[Shape, ...],
        weights: Mapping[str, str],
    ) -> str:
        """Emit the layer at prediction time as primitive operations; return the result's name.

        `weights` maps a weight's short name to the name of its constant in the program.
        """


LAYERS: Registry[type[Layer]] = Registry("layer", "nnstudio.engine.layers")
