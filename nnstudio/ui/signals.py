"""SIGTERM and Ctrl-C end the window in good order, also while Qt waits for events."""

import signal
import socket
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier

_NAMES = (signal.SIGTERM, signal.SIGINT)


class Signals(QObject):
    """Calls `leave` for either signal until `remove` gives them back.

    Python runs signal handlers only between its own instructions; the wakeup socket makes Qt
    run some as soon as a signal arrives.
    """

    def __init__(self, leave: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leave = leave
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._arrived)
        self._wakeup_before = signal.set_wakeup_fd(self._writer.fileno())
        self._before: dict[signal.Signals, Any] = {
            name: signal.signal(name, lambda *_: None) for name in _NAMES
        }

    def remove(self) -> None:
        """Give the signals back to who had them."""
        for name, handler in self._before.items():
            signal.signal(name, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _arrived(self) -> None:
        if self._reader.recv(16):
            self._leave()
