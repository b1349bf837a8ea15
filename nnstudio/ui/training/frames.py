"""The window's frames beside a busy worker: undisturbed paints, and how evenly they come."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject

LOWEST_PRIORITY = -1000
_OPEN = QEvent.Type(QEvent.registerEventType())
JERKY = 0.050
SMOOTH = 0.040
SHARE = 0.2


class GateKeeper(QObject):
    """Keeps the worker's gate closed from an update of the views until they are painted."""

    def __init__(self, gate: Event) -> None:
        super().__init__()
        self._gate = gate

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Close the gate; open it again by an event that comes after the paints."""
        self._gate.clear()
        try:
            yield
        finally:
            QCoreApplication.postEvent(self, QEvent(_OPEN), LOWEST_PRIORITY)

    def customEvent(self, event: QEvent) -> None:
        """Open the gate: every paint that was due is done."""
        self._gate.set()


class Frames:
    """Averages the gaps between frames: jerky above 50 ms, until they are below 40 again."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._gap = 0.0
        self._jerky = False

    def jerky(self, running: bool) -> bool:
        """Note a frame; tell whether the worker should sleep a little now and then."""
        now = perf_counter()
        if not running:
            self._last = None
            return False
        if self._last is not None:
            self._gap += SHARE * (now - self._last - self._gap)
            self._jerky = self._gap > (SMOOTH if self._jerky else JERKY)
        self._last = now
        return self._jerky
