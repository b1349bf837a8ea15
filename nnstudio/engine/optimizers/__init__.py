"""The optimisers, one file each; `optimizers.Momentum(0.1, momentum=0.9)`."""

from nnstudio.engine.optimizers.adagrad import AdaGrad
from nnstudio.engine.optimizers.adam import Adam
from nnstudio.engine.optimizers.adamw import AdamW
from nnstudio.engine.optimizers.momentum import Momentum
from nnstudio.engine.optimizers.nesterov import Nesterov
from nnstudio.engine.optimizers.optimizer import OPTIMIZERS, Optimizer
from nnstudio.engine.optimizers.rmsprop import RMSProp
from nnstudio.engine.optimizers.sgd import SGD

OPTIMIZERS.sort(key=lambda kind: (len(kind.slots), kind.label))  # the simplest first

__all__ = [
    "OPTIMIZERS",
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "Momentum",
    "Nesterov",
    "Optimizer",
    "RMSProp",
]
