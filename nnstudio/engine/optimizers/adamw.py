"""AdamW: Adam with weight decay outside the gradient."""

from nnstudio.engine.optimizers.adam import BETAS, corrected
from nnstudio.engine.optimizers.optimizer import OPTIMIZERS, Optimizer, Steps, epsilon_row, rate_row
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Float


@OPTIMIZERS.add
class AdamW(Optimizer):
    """w ← w·(1 − η·λ), then as Adam (Loshchilov and Hutter 2019); all weights decay."""

    id = "adamw"
    label = QT_TRANSLATE_NOOP("Optimizer", "AdamW")
    help = QT_TRANSLATE_NOOP("Optimizer", "Adam that also shrinks the weights a little.")
    parameters = (
        rate_row(0.001),
        *BETAS,
        epsilon_row(1e-8),
        Float(
            name="weight_decay",
            label=QT_TRANSLATE_NOOP("Parameter", "Weight decay"),
            help=QT_TRANSLATE_NOOP("Parameter", "How strongly weights are pulled to 0."),
            default=0.01,
            minimum=0.0,
            maximum=100.0,
            step=0.01,
        ),
    )
    rule = (
        "m = beta_1 * m + g",
        "v = beta_2 * v + g * g",
        "p = shrink * p - rate * m / (sqrt(v) + epsilon)",
    )
    slots = ("m", "v")
    varying = ("rate", "epsilon")
    beta_1: float
    beta_2: float
    epsilon: float
    weight_decay: float

    def numbers(self, rate: float, step: Steps) -> dict[str, Steps]:
        """Return Adam's numbers and the factor 1 − η·λ."""
        varying = corrected(rate, step, self.beta_1, self.beta_2, self.epsilon)
        shrink = 1.0 - rate * self.weight_decay
        return {"beta_1": self.beta_1, "beta_2": self.beta_2, "shrink": shrink, **varying}
