"""SGD: plain gradient descent on batches."""

from nnstudio.engine.optimizers.optimizer import OPTIMIZERS, Optimizer, rate_row
from nnstudio.i18n import QT_TRANSLATE_NOOP


@OPTIMIZERS.add
class SGD(Optimizer):
    """w ← w − η·g."""

    id = "sgd"
    label = QT_TRANSLATE_NOOP("Optimizer", "SGD")
    help = QT_TRANSLATE_NOOP("Optimizer", "Plain gradient descent: straight down the slope.")
    parameters = (rate_row(0.01),)
    rule = ("p = p - rate * g",)
