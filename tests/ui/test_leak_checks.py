"""The checks of the two conftest files catch what they are for, at the test that is to blame."""

import os
import subprocess
import sys
from pathlib import Path

LEAKY = """
from threading import Event, Thread
import pytest
from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtWidgets import QWidget

kept, stop = [], Event()

class Sleeper(QThread):
    def run(self):
        stop.wait(20)

def keep(thing):
    kept.append(thing)
    return thing

def test_window(): keep(QWidget()).show()
def test_timer(): keep(QTimer()).start(1000)
def test_qt_thread(): keep(Sleeper()).start()
def test_thread(): keep(Thread(target=stop.wait, daemon=True, name="forgotten")).start()
def test_warning(): qWarning("something is wrong")
def test_clean(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    timer = QTimer(widget)
    timer.start(1000)

@pytest.fixture(scope="session", autouse=True)
def let_go():
    yield
    stop.set()
    for thing in kept:
        if isinstance(thing, QThread): thing.wait()
"""


def test_each_kind_of_leak_fails_the_test_that_leaves_it(tmp_path: Path) -> None:
    file = tmp_path / "test_leaky.py"
    file.write_text(LEAKY, "utf-8")
    root = Path(__file__).resolve().parents[2]
    plugins = ["-p", "tests.conftest", "-p", "tests.ui.conftest", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", root / "pyproject.toml", *plugins, file],
        capture_output=True,
        text=True,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "PYTEST_ADDOPTS": ""},
    )
    blamed = {
        "test_window": "the window QWidget",
        "test_timer": "a running QTimer",
        "test_qt_thread": "the running QThread Sleeper",
        "test_thread": "threads running: forgotten",
        "test_warning": "something is wrong",
    }
    summary = done.stdout[done.stdout.index("short test summary") :]
    for name, text in blamed.items():
        assert name in summary, done.stdout
        assert text in done.stdout
    assert "test_clean" not in summary
