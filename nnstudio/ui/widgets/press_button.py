"""A push button for the keyboard: Enter presses it, because Space belongs to training."""

from PySide6.QtWidgets import QPushButton


class PressButton(QPushButton):
    """Enter presses it wherever it stands, not only in dialogs."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAutoDefault(True)
