"""RMSProp: steps divided by the recent size of the gradient."""

from nnstudio.engine.optimizers.optimizer import (
    OPTIMIZERS,
    Optimizer,
    Steps,
    epsilon_row,
    rate_row,
    share_row,
)
from nnstudio.i18n import QT_TRANSLATE_NOOP


@OPTIMIZERS.add
class RMSProp(Optimizer):
    """s ← ρ·s + (1 − ρ)·g²;  w ← w − η·g/(√s + ε) (Tieleman and Hinton 2012, as in PyTorch)."""

    id = "rmsprop"
    label = QT_TRANSLATE_NOOP("Optimizer", "RMSProp")
    help = QT_TRANSLATE_NOOP("Optimizer", "Divides each step by the gradient's recent size.")
    parameters = (
        rate_row(0.01),
        share_row(
            "rho",
            QT_TRANSLATE_NOOP("Parameter", "Rho"),
            QT_TRANSLATE_NOOP("Parameter", "How much of the earlier gradient sizes is kept."),
            0.99,
        ),
        epsilon_row(1e-8),
    )
    rule = ("s = rho * s + rest * (g * g)", "p = p - rate * g / (sqrt(s) + epsilon)")
    slots = ("s",)
    rho: float
    epsilon: float

    def numbers(self, rate: float, step: Steps) -> dict[str, Steps]:
        """Return rate η, ρ, 1 − ρ and ε."""
        return {
            "rate": rate,
            "rho": self.rho,
            "rest": 1.0 - self.rho,
            "epsilon": self.epsilon,
        }
