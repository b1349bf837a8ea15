"""Nesterov: momentum that looks one step ahead."""

from nnstudio.engine.optimizers.optimizer import OPTIMIZERS, Optimizer, Steps, rate_row, share_row
from nnstudio.i18n import QT_TRANSLATE_NOOP


@OPTIMIZERS.add
class Nesterov(Optimizer):
    """v ← β·v + g;  w ← w − η·(g + β·v) (Sutskever et al. 2013, as in PyTorch)."""

    id = "nesterov"
    label = QT_TRANSLATE_NOOP("Optimizer", "Nesterov")
    help = QT_TRANSLATE_NOOP("Optimizer", "Momentum that brakes earlier by looking ahead.")
    parameters = (
        rate_row(0.01),
        share_row(
            "momentum",
            QT_TRANSLATE_NOOP("Parameter", "Momentum"),
            QT_TRANSLATE_NOOP("Parameter", "How much of the last step is kept."),
            0.9,
        ),
    )
    rule = ("v = momentum * v + g", "p = p - rate * (g + momentum * v)")
    slots = ("v",)
    momentum: float

    def numbers(self, rate: float, step: Steps) -> dict[str, Steps]:
        """Return rate η and momentum β."""
        return {"rate": rate, "momentum": self.momentum}
