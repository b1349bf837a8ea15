"""What happens on a bug: it is logged, the work is kept, and one window offers a report to copy."""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import PySide6
from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QWidget

import nnstudio
from nnstudio.ui.dialogs.report import ReportWindow

_log = logging.getLogger("nnstudio")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def system_lines() -> str:
    """Return the versions a report needs; no name of a person, file or machine."""
    return "\n".join(
        (
            f"NN Studio {nnstudio.__version__}",
            f"Python {platform.python_version()}, PySide6 {PySide6.__version__}",
            f"{platform.system()} {platform.release()}, {platform.machine()}",
        )
    )


def without_places(text: str) -> str:
    """Return a report without the folders it happened in: they name people and machines."""
    program = Path(nnstudio.__file__).parent.parent
    for place, shown in ((program, "."), (Path(sys.prefix), "python"), (Path.home(), "~")):
        text = text.replace(str(place), shown)
    return text


class CrashGuard(QObject):
    """Owns the hooks of Python and Qt from `install` to `remove`."""

    _happened = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep_work: Callable[[], object] = lambda: None
        self._window: ReportWindow | None = None
        self._owner: QWidget | None = None
        self._before: tuple[Any, Any] | None = None
        # A bug in another thread is shown by this one.
        self._happened.connect(self._show, Qt.ConnectionType.AutoConnection)

    def install(self, owner: QWidget | None, keep_work: Callable[[], object]) -> None:
        """Catch everything from now on; reports open above `owner`.

        `keep_work()` saves the present work beside the user's file; it may fail.
        """
        self._owner = owner
        self._keep_work = keep_work
        if self._before is None:
            self._before = (sys.excepthook, threading.excepthook)
            sys.excepthook = self._caught
            threading.excepthook = self._caught_in_thread
            qInstallMessageHandler(_log_qt)

    def remove(self) -> None:
        """Give the hooks back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            qInstallMessageHandler(None)
            self._before = None

    def report(self, text: str = "") -> None:
        """Open the report window, also without a bug."""
        self._show(text)

    def _caught(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = without_places("".join(traceback.format_exception(kind, error, trace)))
        _log.critical("Bug\n%s", text)
        self._happened.emit(text)

    def _caught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._caught(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _show(self, text: str) -> None:
        try:
            self._keep_work()
        except Exception:
            _log.exception("The work could not be kept")
        if self._window is None:
            self._window = ReportWindow(system_lines(), self._owner)
            self._window.destroyed.connect(self._forget)
        self._window.add(text)
        self._window.show()
        self._window.raise_()

    def _forget(self) -> None:
        self._window = None


def _log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)
