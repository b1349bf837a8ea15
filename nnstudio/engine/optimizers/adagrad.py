"""AdaGrad: each weight gets its own, ever smaller rate."""

from nnstudio.engine.optimizers.optimizer import OPTIMIZERS, Optimizer, Steps, epsilon_row, rate_row
from nnstudio.i18n import QT_TRANSLATE_NOOP


@OPTIMIZERS.add
class AdaGrad(Optimizer):
    """s ← s + g²;  w ← w − η·g/(√s + ε) (Duchi et al. 2011)."""

    id = "adagrad"
    label = QT_TRANSLATE_NOOP("Optimizer", "AdaGrad")
    help = QT_TRANSLATE_NOOP("Optimizer", "Smaller steps for weights that moved a lot.")
    parameters = (rate_row(0.01), epsilon_row(1e-10))
    rule = ("s = s + g * g", "p = p - rate * g / (sqrt(s) + epsilon)")
    slots = ("s",)
    epsilon: float

    def numbers(self, rate: float, step: Steps) -> dict[str, Steps]:
        """Return rate η and ε."""
        return {"rate": rate, "epsilon": self.epsilon}
