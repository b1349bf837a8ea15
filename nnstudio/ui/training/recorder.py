"""Writes what a run has learned into the document, as one undo step per run."""

from nnstudio.document.diff import Changes
from nnstudio.document.store import Store
from nnstudio.i18n import translate
from nnstudio.training.absorb import Harvest, absorb


class Recorder:
    """Absorbs harvests. Those of one run, or of single steps in a row, join into one step."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._run = 0
        self._first_epoch = 0
        self.busy = False

    def begin(self, another: bool) -> None:
        """Note that training starts; `another` run gets an undo step of its own."""
        self._run += another
        self._first_epoch = self._store.project.run.epoch

    def take(self, harvest: Harvest) -> None:
        """Write a harvest into the document; `busy` meanwhile."""
        epochs = harvest.run.epoch - self._first_epoch
        if epochs == 1:
            label = translate("Command", "Trained one epoch")
        elif epochs > 0:
            label = translate("Command", "Trained {count} epochs").format(count=epochs)
        else:
            label = translate("Command", "Training steps")
        self.busy = True
        try:
            key = f"training {self._run}"
            self._store.apply(label, absorb, harvest, merge=key, half="weights")
        finally:
            self.busy = False


def concerns_a_run(changes: Changes) -> bool:
    """Tell whether a run has to hear of these changes of the document."""
    return bool(
        changes.structure or changes.weights or changes.data or changes.training or changes.run
    )
