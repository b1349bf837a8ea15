"""What every window test stands on: the program's look; no window, timer or thread left."""

import gc
import weakref
from collections.abc import Generator, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from nnstudio.ui.fonts import load_fonts

_started: "weakref.WeakSet[QTimer | QThread]" = weakref.WeakSet()
_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember for the leak checks whether the test itself has failed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application with the program's style and fonts."""
    qapp.setStyle("Fusion")
    load_fonts()
    return qapp


def _settle() -> None:
    """Let Qt delete what asked to be deleted, and Python what only circles keep alive."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def _top_level() -> set[QWidget]:
    return {widget for widget in QApplication.topLevelWidgets() if widget.parent() is None}


def _left_windows(before: set[QWidget]) -> set[QWidget]:
    _settle()
    left = _top_level() - before
    if left:
        gc.collect()
        _settle()
        left = _top_level() - before
    return left


@pytest.fixture(autouse=True)
def nothing_left_open(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Fail the test that leaves a window, a running timer or a Qt thread behind."""
    for kind in (QTimer, QThread):
        _record_starts(kind, monkeypatch)
    before = _top_level()
    yield
    names = []
    for widget in _left_windows(before):
        names.append(f"the window {type(widget).__name__} {widget.objectName()!r}")
        widget.close()
        widget.deleteLater()
    _settle()
    for worker in filter(isValid, list(_started)):  # not what Qt has deleted already
        if isinstance(worker, QTimer) and worker.isActive():
            names.append(f"a running QTimer of {type(worker.parent()).__name__}")
            worker.stop()
        elif isinstance(worker, QThread) and worker.isRunning():
            names.append(f"the running QThread {type(worker).__name__}")
    _started.clear()
    if not QThreadPool.globalInstance().waitForDone(1000):
        names.append("work in the global QThreadPool")
    failed = request.node.stash.get(_FAILED, False)  # its traceback keeps everything alive
    if names and not failed:
        pytest.fail(f"The test left behind: {', '.join(names)}", pytrace=False)


def _record_starts(kind: type[QTimer] | type[QThread], monkeypatch: pytest.MonkeyPatch) -> None:
    start = kind.start

    def recorded(self: QTimer | QThread, *arguments: object) -> None:
        _started.add(self)
        start(self, *arguments)

    monkeypatch.setattr(kind, "start", recorded)
