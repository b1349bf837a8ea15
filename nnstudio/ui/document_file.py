"""Reading and writing the project's file from the window: view state, thumbnail, recent files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize

from nnstudio.document.diff import diff
from nnstudio.document.project import Project
from nnstudio.exchange.project_file import open_project, save
from nnstudio.i18n import translate
from nnstudio.ui.canvas.depth import DepthStack
from nnstudio.ui.gallery.preview import png, preview
from nnstudio.ui.rooms import Rooms
from nnstudio.ui.theme import LIGHT

THUMBNAIL = QSize(256, 144)


class DocumentFile:
    """One project at a time; every method raises StudioError and changes nothing then."""

    def __init__(self, rooms: Rooms, depth: DepthStack, saved: Callable[[], object]) -> None:
        """`saved()` is called after the file was written (the store itself did not change)."""
        self._rooms = rooms
        self._saved = saved
        self._depth = depth
        self._start = rooms.store.project

    def take(self, make: Callable[[], Project]) -> None:
        """Replace the project by a new one without a file, such as a template."""
        self._stop()
        self._start = make()
        self._rooms.store.replace(self._start)
        self._rooms.selection.clear()
        self._depth.fit()

    def open(self, path: Path) -> None:
        """Replace the project by the one in a file, and show it as it was seen last."""
        opened = open_project(path)
        self._stop()
        self._rooms.store.replace(opened.project, path)
        self._rooms.selection.clear()
        if opened.view:
            self._depth.restore_view(opened.view)
        else:
            self._depth.fit()
        self._rooms.recent.add(path)
        if opened.warnings:
            self._rooms.messages.say(" ".join(opened.warnings))

    def save(self, path: Path) -> None:
        """Write the project, with what the run has learned until now, to a file."""
        rooms = self._rooms
        rooms.live.absorb()
        project = rooms.store.project
        thumbnail = png(preview(project, THUMBNAIL, LIGHT, folder=path.parent))
        save(project, path, view=self._depth.view_state(), thumbnail=thumbnail)
        rooms.store.mark_saved(path)
        rooms.recent.add(path)
        rooms.autosave.saved()
        self._saved()
        rooms.messages.say(translate("File", "Saved {name}.").format(name=path.name))

    def would_lose(self) -> bool:
        """Whether work would be lost: not for an example that was only trained."""
        store = self._rooms.store
        if not store.modified:
            return False
        return store.path is not None or _design_changed(self._start, store.project)

    def _stop(self) -> None:
        if self._rooms.live.running:
            self._rooms.live.pause()


def _design_changed(old: Project, new: Project) -> bool:
    """Tell whether anything but weights and curves differs."""
    changes = diff(old, new)
    parts = (changes.structure, changes.moved, changes.data, changes.training, changes.title)
    notes = changes.notes_added or changes.notes_removed or changes.notes_changed
    return any(map(bool, parts)) or bool(notes) or changes.groups
