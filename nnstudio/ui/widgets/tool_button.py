"""A flat button for the keyboard too: Enter presses it, because Space belongs to training."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from nnstudio.ui.icons import icon
from nnstudio.ui.theme import ThemeManager


class ToolButton(QToolButton):
    """An icon button; Tab reaches it, a click leaves the focus where it was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def draw(self, name: str, themes: ThemeManager, size: float = 20, muted: bool = False) -> None:
        """Show the icon `name` in the theme's colour and scale."""
        theme = themes.theme
        self.setIcon(icon(name, theme, theme.muted if muted else None))
        side = themes.pixels(size)
        self.setIconSize(QSize(side, side))
        self.setMinimumHeight(side)  # Qt paints nothing, with warnings, where an icon has no room

    def explain(self, text: str) -> None:
        """Set the tooltip, and the name a screen reader says."""
        self.setToolTip(text)
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
