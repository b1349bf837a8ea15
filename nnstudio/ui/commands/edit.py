"""The commands of the Edit menu."""

from collections.abc import Callable

from nnstudio.document.store import Store
from nnstudio.ui.attempt import attempt
from nnstudio.ui.canvas.depth import DepthStack
from nnstudio.ui.messages import Messages


class EditCommands:
    """Passes on to the store and to the view of the network in front."""

    def __init__(
        self, depth: DepthStack, store: Store, messages: Messages, find: Callable[[], object]
    ) -> None:
        """`find()` opens the search for a layer."""
        self._depth = depth
        self._store = store
        self._messages = messages
        self.find = find

    def undo(self) -> None:
        """Take back the last step."""
        attempt(self._messages, self._store.undo)

    def redo(self) -> None:
        """Make the undone step again."""
        attempt(self._messages, self._store.redo)

    def cut(self) -> None:
        """Copy what is selected and remove it."""
        attempt(self._messages, self._depth.cut)

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        attempt(self._messages, self._depth.copy)

    def paste(self) -> None:
        """Add the layers on the clipboard."""
        attempt(self._messages, self._depth.paste)

    def duplicate(self) -> None:
        """Add what is selected once more."""
        attempt(self._messages, self._depth.duplicate)

    def delete(self) -> None:
        """Remove what is selected."""
        attempt(self._messages, self._depth.delete)

    def select_all(self) -> None:
        """Select every layer."""
        self._depth.select_all()

    def select_incoming(self) -> None:
        """Select what leads into the selection."""
        self._depth.select_incoming()

    def select_outgoing(self) -> None:
        """Select what the selection leads to."""
        self._depth.select_outgoing()

    def rename(self) -> None:
        """Give the selected layer another name."""
        self._depth.rename()

    def tidy(self) -> None:
        """Line the layers up."""
        attempt(self._messages, self._depth.tidy)

    def add(self) -> None:
        """Open the menu of layers to add."""
        self._depth.add_menu()
