"""The commands of the Training menu."""

from nnstudio.document import edits
from nnstudio.document.store import Store
from nnstudio.i18n import translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.messages import Messages
from nnstudio.ui.training.live import Live


class TrainCommands:
    """Passes on to the live run."""

    def __init__(self, live: Live, store: Store, messages: Messages) -> None:
        self._live = live
        self._store = store
        self._messages = messages

    def toggle(self) -> None:
        """Start or pause."""
        attempt(self._messages, self._live.toggle)

    def step(self) -> None:
        """Train on one batch."""
        attempt(self._messages, self._live.step, "batch")

    def step_sample(self) -> None:
        """Train on one example."""
        attempt(self._messages, self._live.step, "sample")

    def step_epoch(self) -> None:
        """Train on all examples once."""
        attempt(self._messages, self._live.step, "epoch")

    def reset(self) -> None:
        """Go back to the first weights of the same seed."""
        attempt(self._messages, self._live.reset)

    def new_weights(self) -> None:
        """Draw other first weights: the next seed."""
        seed = self._store.project.training.seed + 1
        attempt(self._messages, self._draw, seed)

    def _draw(self, seed: int) -> None:
        label = translate("Command", "New random weights")
        self._store.apply(label, edits.reset_weights, seed, half="both")
