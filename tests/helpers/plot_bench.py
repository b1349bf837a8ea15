"""A shown plot with real parts: store, run, selection, theme."""

from typing import Any

from pytestqt.qtbot import QtBot

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.ui.messages import Messages
from nnstudio.ui.plots.panel import PlotPanel
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live


class PlotBench:
    """One plot as the window makes it, and hands for the run behind it."""

    def __init__(
        self, qtbot: QtBot, kind: type[PlotPanel], project: Project, size: tuple[int, int]
    ) -> None:
        self.qtbot = qtbot
        self.store = Store(project)
        self.messages = Messages()
        self.selection = Selection(self.store)
        self.themes = ThemeManager()
        self.live = Live(self.store, self.messages)
        self.plot: Any = kind(
            store=self.store, selection=self.selection, themes=self.themes, live=self.live
        )
        qtbot.addWidget(self.plot)
        self.plot.resize(*size)
        self.plot.show()
        self.live.register(self.plot)
        self.settle()

    def settle(self) -> None:
        """Wait until the plot has shown what it wants."""
        with self.qtbot.waitSignal(self.live.snapshotTaken, timeout=10000):
            self.live.refresh()

    def train(self, epochs: int) -> None:
        """Train and come to rest."""
        self.store.apply("epochs", edits.set_training, "epochs", epochs)
        self.live.play()
        self.qtbot.waitUntil(lambda: self.live.outcome is not None, timeout=20000)
        self.qtbot.waitUntil(lambda: self.live.state != "running", timeout=20000)
        self.settle()

    def close(self) -> None:
        """End what listens and runs."""
        self.live.close()
        self.selection.close()
