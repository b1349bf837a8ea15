"""The delta rule (Widrow and Hoff 1960): w ← w + η·φ′(v)·(d − y)·x, mean over a batch."""

from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.training.objective import OBJECTIVES, OneLayerRule


class DeltaRule(OneLayerRule):
    """Follows the slope of the error in one layer."""

    id = "delta"
    label = QT_TRANSLATE_NOOP("Objective", "Delta rule")
    help = QT_TRANSLATE_NOOP("Objective", "Follows the slope of the error in one layer.")


OBJECTIVES.add(DeltaRule())
