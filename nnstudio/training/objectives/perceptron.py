"""The perceptron rule (Rosenblatt 1958): w ← w + η·(d − y)·x, whatever the activation."""

from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.training.objective import OBJECTIVES, OneLayerRule


class PerceptronRule(OneLayerRule):
    """Corrects the weights of one layer wherever the answer is wrong; done when none is."""

    id = "perceptron"
    label = QT_TRANSLATE_NOOP("Objective", "Perceptron rule")
    help = QT_TRANSLATE_NOOP("Objective", "Corrects one layer after every wrong answer.")
    every_epoch = True
    descends = False

    def finished(self, loss: float) -> bool:
        """Tell whether an epoch went by without a wrong answer."""
        return loss == 0.0


OBJECTIVES.add(PerceptronRule())
