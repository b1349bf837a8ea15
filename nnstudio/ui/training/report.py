"""Tells the user how a run ended."""

from collections.abc import Callable

from nnstudio.training.outcome import Diverged, Failed, Finished, Outcome, Repair
from nnstudio.ui.messages import Messages


def report(messages: Messages, outcome: Outcome, repair: Callable[[Repair], object]) -> None:
    """Offer the mend of an explosion (`repair` makes it), show an error, say that it is done."""
    if isinstance(outcome, Diverged) and outcome.repairs:
        best = outcome.repairs[0]
        messages.offer(outcome.text, best.label, lambda: repair(best))
    elif isinstance(outcome, Failed):
        messages.failed(outcome.error)
    elif isinstance(outcome, Finished) and outcome.reason:
        messages.say(outcome.reason)
