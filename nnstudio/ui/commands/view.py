"""The commands of the View menu."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from nnstudio.ui.canvas.depth import DepthStack
from nnstudio.ui.docks import Docks
from nnstudio.ui.focus import go_to_next
from nnstudio.ui.language import Languages
from nnstudio.ui.theme import ThemeManager


class ViewCommands:
    """How the window looks; nothing of it is in the document."""

    def __init__(
        self,
        window: QMainWindow,
        depth: DepthStack,
        docks: Docks,
        areas: Callable[[], Sequence[QWidget]],
        themes: ThemeManager,
        languages: Languages,
        remember: Callable[[str, str], None],
    ) -> None:
        """`areas()` are the parts of the window in reading order; `remember(name, value)`
        keeps a setting for the next start.
        """
        self._window = window
        self._depth = depth
        self._docks = docks
        self._areas = areas
        self._themes = themes
        self._languages = languages
        self._remember = remember
        self._before_talk: dict[str, bool] = {}

    def zoom_in(self) -> None:
        """Draw the network larger."""
        self._depth.zoom_in()

    def zoom_out(self) -> None:
        """Draw the network smaller."""
        self._depth.zoom_out()

    def zoom_reset(self) -> None:
        """Draw the network at its normal size."""
        self._depth.zoom_reset()

    def fit(self) -> None:
        """Show the whole network."""
        self._depth.fit()

    def depth(self) -> None:
        """Change between layers and neurons."""
        self._depth.switch()

    @property
    def presenting(self) -> bool:
        """Whether the window is set up for a talk."""
        return self._themes.presentation

    def presentation(self) -> None:
        """Large type, folded sides: for a projector, or back."""
        on = not self._themes.presentation
        if on:
            self._before_talk = {side: self._docks.folded(side) for side in ("left", "right")}
        self._themes.set_presentation(on)
        for side in ("left", "right"):
            self._docks.fold(side, on or self._before_talk.get(side, False))
        self._docks.frame.set_single(on)

    @property
    def full_screen(self) -> bool:
        """Whether the window fills the screen."""
        return bool(self._window.windowState() & Qt.WindowState.WindowFullScreen)

    def fullscreen(self) -> None:
        """Fill the screen, or go back."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def theme(self) -> None:
        """Change between light and dark."""
        self.set_theme("light" if self._themes.theme.dark else "dark")

    def set_theme(self, mode: str) -> None:
        """Use and keep a theme: system, light or dark."""
        self._themes.set_mode(mode)
        self._remember("theme", mode)

    def language(self) -> None:
        """Change between Korean and English."""
        self.set_language("en" if self._languages.current == "ko" else "ko")

    def set_language(self, name: str) -> None:
        """Use and keep a language."""
        self._languages.set(name)
        self._remember("language", name)

    @property
    def left_shown(self) -> bool:
        """Whether the left card is unfolded."""
        return not self._docks.folded("left")

    @property
    def right_shown(self) -> bool:
        """Whether the right card is unfolded."""
        return not self._docks.folded("right")

    def fold_left(self) -> None:
        """Fold or unfold the left card."""
        self._docks.fold("left", self.left_shown)

    def fold_right(self) -> None:
        """Fold or unfold the right card."""
        self._docks.fold("right", self.right_shown)

    def next_part(self) -> None:
        """Go to the next part of the window."""
        go_to_next(self._areas(), 1)

    def previous_part(self) -> None:
        """Go back to the part before."""
        go_to_next(self._areas(), -1)

    @property
    def locked(self) -> bool:
        """Whether the panels stay where they are."""
        return self._docks.locked

    def lock(self) -> None:
        """Lock or unlock the layout."""
        self._docks.lock(not self._docks.locked)

    def reset_layout(self) -> None:
        """Put every panel back to where it was at first."""
        self._docks.reset()
