"""Store: the current project, its history and who wants to know; the only place that changes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from nnstudio.document.diff import Changes, diff
from nnstudio.document.history import Entry, History, half_changed
from nnstudio.document.project import Project

Edit = Callable[..., Project | tuple[Project, Any]]
Listener = Callable[[Changes, Project, Project], None]


class Store:
    """Holds one Project. Belongs to one thread (the window's); knows nothing of Qt."""

    def __init__(self, project: Project | None = None) -> None:
        self._project = project if project is not None else Project()
        self._saved: Project | None = self._project
        self._history = History()
        self._listeners: list[Listener] = []
        self.path: Path | None = None
        self.revision = 0

    @property
    def project(self) -> Project:
        """The current project."""
        return self._project

    def apply(
        self,
        label: str,
        edit: Edit,
        *arguments: Any,
        merge: str = "",
        half: str = "design",
        **named: Any,
    ) -> Project:
        """Make an edit as one undo step called `label` (already translated).

        `edit(project, *arguments, **named)` returns the new project, or a pair whose first part
        it is. Steps with the same `merge` key in a row are one. `half` is what undo restores:
        "design", "weights" or "both". Raise what the edit raises (Refused); nothing has changed
        then.
        """
        old = self._project
        result = edit(old, *arguments, **named)
        new = result[0] if isinstance(result, tuple) else result
        if new is old:
            return old
        self._history.push(Entry(label, old, new, half_changed(old, new, half), merge))
        self._switch(new)
        return new

    def absorb(self, edit: Edit, *arguments: Any, **named: Any) -> Project:
        """Make an edit that is no step of its own, such as numbers of a run that goes on."""
        result = edit(self._project, *arguments, **named)
        new = result[0] if isinstance(result, tuple) else result
        if new is not self._project:
            self._switch(new)
        return new

    def replace(
        self, project: Project, saved_path: Path | str | None = None, saved: bool = True
    ) -> None:
        """Take another project (new, opened); the history starts empty.

        `saved` False marks it as not yet in a file (recovered after a crash).
        """
        old = self._project
        self._history.clear()
        self._saved = project if saved else None
        self.path = Path(saved_path) if saved_path is not None else None
        self._project = project
        self.revision += 1
        self._tell(diff(old, project, all=True), old, project)

    def undo(self) -> None:
        """Take back the last step; do nothing when there is none."""
        if self.can_undo:
            self._switch(self._history.undo(self._project))

    def redo(self) -> None:
        """Make the step undone last again; do nothing when there is none."""
        if self.can_redo:
            self._switch(self._history.redo(self._project))

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._history.done)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone step."""
        return bool(self._history.undone)

    @property
    def undo_label(self) -> str:
        """The name of the step `undo` takes back."""
        return self._history.done[-1].label if self._history.done else ""

    @property
    def redo_label(self) -> str:
        """The name of the step `redo` makes again."""
        return self._history.undone[-1].label if self._history.undone else ""

    def seal(self) -> None:
        """End merging: the next step stands alone (a drag was released, a field was left)."""
        self._history.seal()

    def mark_saved(self, path: Path | str | None = None) -> None:
        """Remember the present project as the one in the file."""
        self._saved = self._project
        if path is not None:
            self.path = Path(path)

    @property
    def modified(self) -> bool:
        """Whether the project differs from the one saved or opened last."""
        return self._project is not self._saved

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(changes, old, new)` after every change; return a function that ends it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _switch(self, project: Project) -> None:
        old, self._project = self._project, project
        self.revision += 1
        self._tell(diff(old, project), old, project)

    def _tell(self, changes: Changes, old: Project, new: Project) -> None:
        for listener in list(self._listeners):
            listener(changes, old, new)
