"""A shown plot with real parts: store, run, selection, theme."""

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnstudio import i18n
from nnstudio.document import edits
from nnstudio.document.compile import network_of
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine import Network
from nnstudio.ui.messages import Messages
from nnstudio.ui.plots.panel import PlotPanel
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live


class PlotBench:
    """One plot as the window makes it, and hands for the run behind it."""

    def __init__(
        self,
        qtbot: QtBot,
        kind: type[PlotPanel],
        project: Project,
        size: tuple[int, int] = (620, 220),
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
        qtbot.addWidget(self.plot, before_close_func=lambda _: self.close())
        self.plot.resize(*size)
        self.plot.show()
        self.live.register(self.plot)
        self.settle()

    def settle(self) -> None:
        """Wait until the plot has shown what it wants."""
        self.live.refresh()
        pump = self.live.findChild(QTimer)  # it rests when nothing is outstanding
        self.qtbot.waitUntil(lambda: not pump.isActive(), timeout=10000)

    def train(self, epochs: int) -> None:
        """Train and come to rest."""
        self.store.apply("epochs", edits.set_training, "epochs", epochs)
        self.live.play()
        self.qtbot.waitUntil(lambda: self.live.outcome is not None, timeout=20000)
        self.qtbot.waitUntil(lambda: self.live.state != "running", timeout=20000)
        self.settle()

    def network(self) -> Network:
        """Return the network of the document, to compare with."""
        return network_of(self.store.project)

    def click(self, widget: QWidget, at: QPoint | QPointF) -> None:
        """Press and release the left button."""
        place = at.toPoint() if isinstance(at, QPointF) else at
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)

    def speak(self, language: str) -> None:
        """Change the language as the window does."""
        i18n.set_language(language)
        QApplication.sendEvent(self.plot, QEvent(QEvent.Type.LanguageChange))

    def close(self) -> None:
        """End what listens and runs."""
        self.live.close()
        self.selection.close()
