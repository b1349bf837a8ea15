"""The channel by which any room speaks to the user; the window shows what arrives."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from nnstudio.errors import Refused, StudioError


class Messages(QObject):
    """Signals only, so that no room needs to know the window. Texts arrive translated."""

    said = Signal(str)
    refusal = Signal(object)  # Refused
    failure = Signal(object)  # StudioError
    offered = Signal(str, str, object)  # text, label of the button, function of no arguments
    cleared = Signal()

    def say(self, text: str) -> None:
        """Tell something good to know in the status line; it fades."""
        self.said.emit(text)

    def refused(self, error: Refused) -> None:
        """Tell in the status line why an edit wasn't made, with its mend as a button."""
        self.refusal.emit(error)

    def failed(self, error: StudioError) -> None:
        """Tell in the message bar that a task failed, with its details to unfold."""
        self.failure.emit(error)

    def offer(self, text: str, button: str, action: Callable[[], object]) -> None:
        """Tell something in the message bar and offer one button that does `action`."""
        self.offered.emit(text, button, action)

    def clear(self) -> None:
        """Take the message bar away (its matter is settled)."""
        self.cleared.emit()
