"""Widgets that change language while they live."""

from PySide6.QtCore import QEvent


class Retranslating:
    """Mix in before a QWidget class: calls `retranslate()` whenever the language changes.

    The widget calls `retranslate()` itself at the end of its constructor.
    """

    def changeEvent(self, event: QEvent) -> None:
        """Pass the event on, then set every text again when it was a change of language."""
        super().changeEvent(event)  # type: ignore[misc]
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set every text of the widget from `translate`."""
        raise NotImplementedError
