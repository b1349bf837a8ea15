"""Runs one slow function beside the window and brings its result back to the window's thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, QTimer

from nnstudio.errors import StudioError

POLL = 20


class Background(QObject):
    """A new `run` drops what ran before: its result is not delivered."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, "background")
        self._future: Future[Any] | None = None
        self._done: Callable[[Any], object] = print
        self._failed: Callable[[StudioError], object] = print
        self._timer = QTimer(self)
        self._timer.setInterval(POLL)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether a result is awaited."""
        return self._future is not None

    def run(
        self,
        function: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[StudioError], object],
    ) -> None:
        """Call `function` in a thread, then `done(result)` or `failed(error)` here."""
        if self._future is not None:
            self._future.cancel()
        self._future = self._pool.submit(function)
        self._done, self._failed = done, failed
        self._timer.start()

    def close(self) -> None:
        """Deliver nothing more; the thread ends with the function it is in."""
        self._timer.stop()
        self._future = None
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _look(self) -> None:
        future = self._future
        if future is None or not future.done():
            return
        self._future = None
        self._timer.stop()
        try:
            result = future.result()
        except StudioError as error:
            self._failed(error)
        else:
            self._done(result)
