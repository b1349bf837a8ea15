"""GaussianNoise: adds random numbers while training, so that small differences don't matter."""

import numpy as np

from nnstudio.engine.kernel import Kernel, KernelSite
from nnstudio.engine.layer import LAYERS
from nnstudio.engine.plans.code import Code
from nnstudio.engine.training_only import TrainingOnly
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Float


@LAYERS.add
class GaussianNoise(TrainingOnly):
    """While training y = x + n, n normal with mean 0 and the deviation set; predicting y = x."""

    id = "gaussian_noise"
    label = QT_TRANSLATE_NOOP("Layer", "Gaussian noise")
    help = QT_TRANSLATE_NOOP("Layer", "Adds random numbers while training.")
    group = "regularise"
    parameters = (
        Float(
            name="deviation",
            label=QT_TRANSLATE_NOOP("Parameter", "Deviation"),
            help=QT_TRANSLATE_NOOP("Parameter", "How large the random numbers are."),
            default=0.1,
            minimum=0.0,
            maximum=1000.0,
            step=0.05,
        ),
    )
    deviation: float

    @property
    def strength(self) -> float:
        """How much is disturbed."""
        return self.deviation

    def disturbing(self, site: KernelSite) -> Kernel:
        """Return the running form for training."""
        return GaussianNoiseKernel(self, site)


class GaussianNoiseKernel(Kernel):
    """Adds noise drawn anew at every step, or the noise given; the gradient passes unchanged."""

    def __init__(self, layer: GaussianNoise, site: KernelSite) -> None:
        self._source = site.inputs[0]
        self._deviation = layer.deviation
        self._generator = site.generator
        self.output = site.signal()
        self.noise = np.zeros((self.output.rows, site.batch), dtype=site.dtype)
        if site.injected is not None:
            self.noise[...] = site.injected.reshape(site.batch, -1).T
            self._generator = None

    def draw(self) -> None:
        """Draw new noise."""
        assert self._generator is not None
        self._generator.standard_normal(dtype=self.noise.dtype.type, out=self.noise)
        np.multiply(self.noise, self._deviation, out=self.noise)

    def forward(self, code: Code) -> None:
        """y = x + n."""
        if self._generator is not None:
            code.line(f"{code.bind(self.draw)}()")
        x = self._source.read(code).flat
        code.call("add", x, self.noise.reshape(-1), out=self.output.values.flat)

    def backward(self, code: Code) -> None:
        """∂x = g."""
        if self.output.has_gradient and self._source.needs_gradient:
            with self._source.receive(code) as goal:
                gradient = code.bind(self.output.gradient.flat)
                code.line(f"copyto({code.bind(goal.flat)}, {gradient})")
