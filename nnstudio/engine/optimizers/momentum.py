"""Momentum: gradient descent with inertia."""

from nnstudio.engine.optimizers.optimizer import OPTIMIZERS, Optimizer, Steps, rate_row, share_row
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Flag


@OPTIMIZERS.add
class Momentum(Optimizer):
    """v ← β·v + g;  w ← w − η·v (PyTorch's convention: a new rate acts at once).

    The slot holds η·v, which saves a pass over all weights.
    """

    id = "momentum"
    label = QT_TRANSLATE_NOOP("Optimizer", "Momentum")
    help = QT_TRANSLATE_NOOP("Optimizer", "Keeps rolling like a ball: faster along valleys.")
    parameters = (
        rate_row(0.01),
        share_row(
            "momentum",
            QT_TRANSLATE_NOOP("Parameter", "Momentum"),
            QT_TRANSLATE_NOOP("Parameter", "How much of the last step is kept."),
            0.9,
        ),
        Flag(
            name="reset_each_epoch",
            label=QT_TRANSLATE_NOOP("Parameter", "Reset every epoch"),
            help=QT_TRANSLATE_NOOP("Parameter", "Forget the inertia at the start of an epoch."),
            advanced=True,
        ),
    )
    rule = ("v = momentum * v + rate * g", "p = p - v")
    slots = ("v",)
    scaled = ("v",)
    momentum: float

    def numbers(self, rate: float, step: Steps) -> dict[str, Steps]:
        """Return rate η and momentum β."""
        return {"rate": rate, "momentum": self.momentum}
