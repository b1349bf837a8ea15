"""The commands of the Help menu."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ui.action_set import ActionSet
from nnstudio.ui.crash import CrashGuard
from nnstudio.ui.dialogs.about import About
from nnstudio.ui.dialogs.searches import search_commands, search_layers
from nnstudio.ui.dialogs.shortcuts import Shortcuts
from nnstudio.ui.docks import Docks
from nnstudio.ui.rooms import Rooms
from nnstudio.ui.widgets.sheet import Sheet


class HelpCommands:
    """Finding, explaining, reporting."""

    def __init__(
        self,
        docks: Docks,
        rooms: Rooms,
        crash: CrashGuard,
        actions: Callable[[], ActionSet],
    ) -> None:
        """`actions()` returns the living commands, which come after this object."""
        self._docks = docks
        self._actions = actions
        self._rooms = rooms
        self._crash = crash

    def reference(self) -> None:
        """Show the page about what is selected."""
        self._docks.show_panel("reference")

    def search(self) -> None:
        """Find a command by typing."""
        search_commands(self._docks, self._actions(), self._rooms.themes)

    def find_layer(self) -> None:
        """Find a layer of the network by typing."""
        r = self._rooms
        search_layers(self._docks, r.store, r.selection, r.themes)

    def shortcuts(self) -> None:
        """Show every key and gesture."""
        title = ("Shortcuts", QT_TRANSLATE_NOOP("Shortcuts", "Keyboard and mouse"))
        self._sheet(title, Shortcuts(self._rooms.themes), QSize(620, 640))

    def report(self) -> None:
        """Open a report to copy and send."""
        self._crash.report()

    def about(self) -> None:
        """Show version and licences."""
        title = ("About", QT_TRANSLATE_NOOP("About", "About NN Studio"))
        self._sheet(title, About(self._rooms.themes), QSize(460, 340))

    def _sheet(self, title: tuple[str, str], content: QWidget, size: QSize) -> None:
        Sheet(self._docks, title, content, self._rooms.themes, size)
