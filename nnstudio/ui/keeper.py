"""Keeps the work every few seconds, and offers what an ended session left behind."""

from PySide6.QtCore import QObject, QTimer

from nnstudio.i18n import translate
from nnstudio.services.autosave import Recovered
from nnstudio.ui.attempt import attempt
from nnstudio.ui.canvas.depth import DepthStack
from nnstudio.ui.rooms import Rooms
from nnstudio.ui.title import project_name

EVERY_MS = 4_000
"""With the time that writing takes, what is offered after a crash is at most five seconds old."""


class Keeper(QObject):
    """Autosaves when the project has changed or a run goes on."""

    def __init__(self, rooms: Rooms, depth: DepthStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._depth = depth
        self._kept = rooms.store.project
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.keep)
        self._timer.start(EVERY_MS)

    def keep(self) -> None:
        """Write the present state beside the user's files when it isn't kept yet."""
        rooms = self._rooms
        if rooms.live.running:
            rooms.live.absorb()
        project = rooms.store.project
        if project is not self._kept and rooms.store.modified:
            rooms.autosave.keep(project, rooms.store.path, self._depth.view_state())
        self._kept = project

    def end(self, keep: bool) -> None:
        """Stop; what was kept is no longer needed unless `keep` says so."""
        self._timer.stop()
        if keep:
            self.keep()
            self._rooms.autosave.wait()
        else:
            self._rooms.autosave.end()

    def offer_recovery(self) -> None:
        """Offer, without stopping anyone, the newest work of a session that ended badly."""
        found = next(self._rooms.autosave.left_behind(), None)
        if found is None:
            return
        text = translate("Recovery", "“{name}” was not saved last time ({when}).")
        self._rooms.messages.offer(
            text.format(
                name=project_name(found.project, found.path),
                when=found.when.strftime("%Y-%m-%d %H:%M"),
            ),
            translate("Recovery", "Bring it back"),
            lambda: attempt(self._rooms.messages, self._recover, found),
        )

    def _recover(self, found: Recovered) -> None:
        self._rooms.store.replace(found.project, found.path, saved=False)
        self._rooms.autosave.taken(found)
        self._depth.restore_view(found.view)
        self._kept = found.project
