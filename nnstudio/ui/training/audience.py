"""The views of a run: who can be seen, who is due for news, and telling them."""

from collections.abc import Iterable
from time import perf_counter
from typing import Protocol

import shiboken6
from PySide6.QtWidgets import QWidget

from nnstudio.training.snapshot import Snapshot

INTERVAL = 1 / 12
SLACK = 0.0165
"""Half a frame of the pump: a view due within it is told now."""


class View(Protocol):
    """A widget that shows snapshots; `live_interval` (seconds) says how often at most."""

    def wants(self) -> frozenset[str]: ...
    def show_snapshot(self, snapshot: Snapshot) -> None: ...


class Audience:
    """Registered views. One that Qt has deleted is forgotten."""

    def __init__(self) -> None:
        self._views: dict[int, QWidget] = {}
        self._told: dict[int, float] = {}

    def add(self, view: QWidget) -> None:
        """Register a view."""
        self._views[id(view)] = view
        self._told.pop(id(view), None)

    def remove(self, view: QWidget) -> bool:
        """Forget a view; tell whether it was known and still lives."""
        return self._views.pop(id(view), None) is not None and shiboken6.isValid(view)

    def clear(self) -> None:
        """Forget every view."""
        self._views.clear()

    def visible(self) -> list[QWidget]:
        """Return the views that can be seen now."""
        for key, view in list(self._views.items()):
            if not shiboken6.isValid(view):
                del self._views[key]
        return [
            view
            for view in self._views.values()
            if view.isVisible() and not view.window().isMinimized()
        ]

    def wanted(self, everybody: bool) -> frozenset[str] | None:
        """Return the parts wanted by the visible views that are due; None when nobody is.

        `everybody` counts all visible views as due.
        """
        now = perf_counter()
        due = [view for view in self.visible() if everybody or self._due(view, now)]
        return _parts(due) if due or everybody else None

    def tell(self, snapshot: Snapshot) -> None:
        """Show the snapshot to every visible view whose wants it answers."""
        now = perf_counter()
        for view in self.visible():
            if view.wants() <= snapshot.parts:  # type: ignore[attr-defined]
                self._told[id(view)] = now
                view.show_snapshot(snapshot)  # type: ignore[attr-defined]

    def _due(self, view: QWidget, now: float) -> bool:
        interval = getattr(view, "live_interval", INTERVAL)
        return now - self._told.get(id(view), 0.0) >= interval - SLACK


def _parts(views: Iterable[QWidget]) -> frozenset[str]:
    return frozenset().union(*(view.wants() for view in views))  # type: ignore[attr-defined]
