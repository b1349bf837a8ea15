"""A bug is logged, the work is kept, and one report can be copied; it names no folder."""

import logging
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.errors import StudioError
from nnstudio.ui import guard
from nnstudio.ui.crash import CrashGuard, without_places
from nnstudio.ui.dialogs.report import ReportWindow


@pytest.fixture
def kept() -> list[str]:
    return []


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def crash(owner: QWidget, kept: list[str]):
    made = CrashGuard()
    made.install(owner, lambda: kept.append("kept"))
    yield made
    made.remove()


def reports(owner: QWidget) -> list[ReportWindow]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, ReportWindow)]


def raise_bug(text: str) -> None:
    try:
        raise RuntimeError(text)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_bug_keeps_the_work_and_opens_one_window(
    crash: CrashGuard, owner: QWidget, kept: list[str]
) -> None:
    raise_bug("first")
    raise_bug("second")
    assert kept == ["kept", "kept"]
    (window,) = reports(owner)
    text = window.text.toPlainText()
    assert "first" in text
    assert "second" in text
    assert "NN Studio" in text
    window.copy_button.click()
    assert QGuiApplication.clipboard().text() == text
    window.close()


def test_the_same_bug_is_told_once(crash: CrashGuard, owner: QWidget) -> None:
    for _ in range(3):
        raise_bug("again")
    (window,) = reports(owner)
    assert window.text.toPlainText().count("again") <= 2  # the line and the message
    window.close()


def test_a_bug_in_another_thread_is_told_by_the_window(
    crash: CrashGuard, owner: QWidget, qtbot: QtBot
) -> None:
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(reports(owner)) == 1)
    (window,) = reports(owner)
    assert "ZeroDivisionError" in window.text.toPlainText()
    window.close()


def test_work_that_can_not_be_kept_does_not_hide_the_bug(owner: QWidget) -> None:
    crash = CrashGuard()
    crash.install(owner, lambda: 1 / 0)
    try:
        raise_bug("seen")
        (window,) = reports(owner)
        assert "seen" in window.text.toPlainText()
        window.close()
    finally:
        crash.remove()


def test_the_hooks_are_given_back(owner: QWidget) -> None:
    before = sys.excepthook, threading.excepthook
    crash = CrashGuard()
    crash.install(owner, lambda: None)
    assert sys.excepthook is not before[0]
    crash.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_what_qt_says_goes_to_the_log(crash: CrashGuard, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="nnstudio"):
        qWarning("a word from Qt")
    assert "Qt: a word from Qt" in caplog.text


def test_a_report_names_no_folder_of_the_machine() -> None:
    text = without_places(f'File "{Path.home()}/nets/a.nns", File "{guard.__file__}"')
    assert str(Path.home()) not in text
    assert "nnstudio/ui/guard.py" in text.replace("\\", "/")


def test_the_installed_pair_is_sound() -> None:
    guard.check_pair()


@pytest.mark.parametrize("version", ["6.11.0", "6.11.1"])
def test_versions_that_break_layouts_are_refused_with_the_remedy(version: str) -> None:
    with pytest.raises(StudioError) as caught:
        guard.check_pair(version)
    assert version in caught.value.text
    assert "pip install" in caught.value.hint


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is never freed from 3.12 on")
def test_calls_that_drop_references_are_noticed() -> None:
    import ctypes

    drop = ctypes.pythonapi.Py_DecRef
    drop.argtypes = [ctypes.py_object]
    restore = ctypes.pythonapi.Py_IncRef
    restore.argtypes = [ctypes.py_object]
    count: list[int] = []

    def leaky() -> None:
        drop(None)
        count.append(1)

    try:
        assert guard.loses_references(leaky)
    finally:
        for _ in count:
            restore(None)
    assert not guard.loses_references(lambda: None)


def test_twenty_thousand_calls_leave_none_alone(qapp: QApplication) -> None:
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(20_000):
        widget.update()
    assert sys.getrefcount(None) > before - 1000
