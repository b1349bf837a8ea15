"""The battery dies: after kill −9 in the middle of a training the next start offers the work."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.exchange.project_file import open_project
from nnstudio.services.folders import state_folder
from nnstudio.ui import keeper
from tests.helpers.journeys import opened

SESSION = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from nnstudio.document import edits
from nnstudio.ui import app, keeper

def begin():
    window = QApplication.activeWindow()
    if isinstance(window, app.MainWindow):
        timer.stop()
        window.rooms.store.apply("Epochs", edits.set_training, "epochs", 10_000_000)
        QTest.keyClick(window, Qt.Key.Key_Space)

keeper.EVERY_MS = 400
application = app.make_application()
timer = QTimer()
timer.timeout.connect(begin)
timer.start(20)
sys.exit(app.main([]))
"""


def wait_for(true: Callable[[], object], seconds: float) -> None:
    """Wait for another process."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "the other program didn't get there"
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_after_kill_9_the_next_start_offers_the_training_of_the_last_seconds(
    qtbot: QtBot,
) -> None:
    running = subprocess.Popen([sys.executable, "-c", SESSION], cwd=Path(__file__).parents[2])
    unsaved = state_folder() / "unsaved"
    try:
        wait_for(lambda: list(unsaved.glob("*/project.nns")), 20)
        for _ in range(2):  # it is written again and again while it trains
            last = kept(unsaved)
            wait_for(lambda last=last: kept(unsaved) > last, 8)
    finally:
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
    assert keeper.EVERY_MS <= 4_000  # and a second to write it
    with opened(qtbot) as studio:
        message = studio.window.message_bar
        studio.wait(message.isVisible)
        assert studio.project.run.epoch == 0
        studio.click(message._button)
        run = studio.project.run
        assert run.epoch > 0
        assert all(np.isfinite(array).all() for array in studio.weights().values())
        assert studio.store.modified
        studio.wait(lambda: studio.live.log.length > 0)
        assert studio.live.log.column("epoch")[-1] <= run.epoch
        (file,) = unsaved.glob("*/project.nns")
        assert open_project(file).project.run.epoch == run.epoch
        epoch = run.epoch
        studio.key(Qt.Key.Key_Space)
        studio.wait_epoch(epoch + 1)
        studio.halt()


def kept(unsaved: Path) -> float:
    """When the other program last kept its work."""
    return max(file.stat().st_mtime for file in unsaved.glob("*/project.nns"))
