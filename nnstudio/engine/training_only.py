"""TrainingOnly: layers that disturb their input while training and pass it on otherwise."""

from abc import abstractmethod
from collections.abc import Mapping

from nnstudio.engine.kernel import Kernel, KernelSite, Passing
from nnstudio.engine.layer import Layer, Shape
from nnstudio.ops import ProgramBuilder


class TrainingOnly(Layer):
    """While predicting y = x, so that nothing of it is left in an export."""

    @property
    @abstractmethod
    def strength(self) -> float:
        """How much is disturbed; 0 is nothing."""

    @abstractmethod
    def disturbing(self, site: KernelSite) -> Kernel:
        """Return the running form for training."""

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape that arrives."""
        return inputs[0]

    def kernel(self, site: KernelSite) -> Kernel:
        """Return the running form; while predicting there is nothing to do."""
        active = site.training and (site.generator is not None or site.injected is not None)
        return self.disturbing(site) if active and self.strength > 0.0 else Passing(site)

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
