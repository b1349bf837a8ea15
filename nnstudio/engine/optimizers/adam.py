"""Adam: momentum and RMSProp together, corrected for their start at 0."""

import numpy as np

from nnstudio.engine.optimizers.optimizer import (
    OPTIMIZERS,
    Optimizer,
    Steps,
    epsilon_row,
    rate_row,
    share_row,
)
from nnstudio.i18n import QT_TRANSLATE_NOOP

BETAS = (
    share_row(
        "beta_1",
        QT_TRANSLATE_NOOP("Parameter", "Beta 1"),
        QT_TRANSLATE_NOOP("Parameter", "How much of the earlier direction is kept."),
        0.9,
    ),
    share_row(
        "beta_2",
        QT_TRANSLATE_NOOP("Parameter", "Beta 2"),
        QT_TRANSLATE_NOOP("Parameter", "How much of the earlier gradient sizes is kept."),
        0.999,
    ),
)


def corrected(
    rate: float, step: Steps, beta_1: float, beta_2: float, epsilon: float
) -> dict[str, Steps]:
    """Return Adam's numbers at update `step` for slots that are sums instead of averages.

    With M = m/(1 − β₁) and V = v/(1 − β₂), η·m̂/(√v̂ + ε) = rate·M/(√V + epsilon).
    """
    first = (1.0 - beta_1) / (1.0 - beta_1**step)
    second = np.sqrt((1.0 - beta_2) / (1.0 - beta_2**step))
    return {"rate": rate * first / second, "epsilon": epsilon / second}


@OPTIMIZERS.add
class Adam(Optimizer):
    """m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; w ← w − η·m̂/(√v̂ + ε) (Kingma and Ba 2015).

    m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ). The slots hold m/(1−β₁) and v/(1−β₂).
    """

    id = "adam"
    label = QT_TRANSLATE_NOOP("Optimizer", "Adam")
    help = QT_TRANSLATE_NOOP("Optimizer", "Inertia and a rate of its own for every weight.")
    parameters = (rate_row(0.001), *BETAS, epsilon_row(1e-8))
    rule = (
        "m = beta_1 * m + g",
        "v = beta_2 * v + g * g",
        "p = p - rate * m / (sqrt(v) + epsilon)",
    )
    slots = ("m", "v")
    varying = ("rate", "epsilon")
    beta_1: float
    beta_2: float
    epsilon: float

    def numbers(self, rate: float, step: Steps) -> dict[str, Steps]:
        """Return β₁, β₂ and the corrected rate and ε of this update."""
        varying = corrected(rate, step, self.beta_1, self.beta_2, self.epsilon)
        return {"beta_1": self.beta_1, "beta_2": self.beta_2, **varying}
