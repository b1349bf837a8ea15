"""Early stopping: how long a run goes on without getting better, and the best weights so far."""

import math
from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from nnstudio.engine import Network
from nnstudio.training.runlog import RunLog


class Patience:
    """Waits for `epochs` epochs without a better loss; 0 waits for ever."""

    def __init__(self, epochs: int) -> None:
        self.epochs = epochs
        self.best = math.inf
        self.best_epoch = 0
        self.best_weights: Mapping[str, NDArray[Any]] | None = None

    def resume(self, log: RunLog) -> None:
        """Take over the losses of a run that goes on; the weights of its best epoch are gone."""
        name = "validation_loss" if "validation_loss" in log.names else "loss"
        for epoch, loss in zip(log.column("epoch"), log.column(name), strict=False):
            if loss < self.best:
                self.best, self.best_epoch = float(loss), int(epoch)

    def exhausted(self, epoch: int, loss: float, network: Network) -> bool:
        """Note the loss of an epoch; tell whether it is time to stop."""
        if not self.epochs:
            return False
        if loss < self.best:
            self.best, self.best_epoch = loss, epoch
            self.best_weights = network.weights
        return epoch - self.best_epoch >= self.epochs
