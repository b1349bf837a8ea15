"""A form of the window with its store, and hands that type, click and look."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.errors import StudioError
from nnstudio.exchange.templates import load_template
from nnstudio.ui.app import dress
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live

NoModifier = Qt.KeyboardModifier.NoModifier
Left = Qt.MouseButton.LeftButton


class FormBench:
    """The rooms a panel needs; `show` puts one on the screen."""

    def __init__(self, qtbot: QtBot, project: Project | str = "start") -> None:
        self.qtbot = qtbot
        self.store = Store(load_template(project) if isinstance(project, str) else project)
        self.messages = Messages()
        self.told: list[StudioError] = []
        self.messages.refusal.connect(self.told.append)
        self.messages.failure.connect(self.told.append)
        self.selection = Selection(self.store)
        self.themes = ThemeManager()
        self.live = Live(self.store, self.messages)

    @property
    def rooms(self) -> dict[str, Any]:
        return {
            "store": self.store,
            "selection": self.selection,
            "themes": self.themes,
            "live": self.live,
            "messages": self.messages,
        }

    def show(self, panel: QWidget, width: int = 272, height: int = 640) -> None:
        self.qtbot.addWidget(panel)
        panel.resize(width, height)
        panel.show()
        self.qtbot.waitExposed(panel)
        panel.activateWindow()
        self.qtbot.waitUntil(panel.isActiveWindow, timeout=3000)

    def dress(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        dress(application, self.themes)

    def close(self) -> None:
        self.selection.close()
        self.live.close()

    def snapshot(self, view: Any) -> None:
        """Wait until a panel has been shown the present state."""
        before = self.live.snapshot
        self.live.refresh()

        def shown() -> bool:
            now = self.live.snapshot
            return now is not None and now is not before and view.wants() <= now.parts

        self.qtbot.waitUntil(shown, timeout=5000)

    def undo_steps(self) -> int:
        """Return how many steps can be taken back, by taking them back and making them again."""
        count = 0
        while self.store.can_undo:
            self.store.undo()
            count += 1
        for _ in range(count):
            self.store.redo()
        return count


def type_text(text: str, at: QWidget | None = None) -> None:
    """Type into `at` or what has the focus; a line end is Enter (QTest can't type all signs)."""
    for letter in text:
        focused = at or QApplication.focusWidget()
        assert focused is not None
        if letter == "\r":
            QTest.keyClick(focused, Qt.Key.Key_Return)
        elif letter.isascii():
            QTest.keyClicks(focused, letter)
        else:
            QApplication.sendEvent(
                focused, QKeyEvent(QKeyEvent.Type.KeyPress, 0, NoModifier, letter)
            )
        at = None
    QApplication.processEvents()  # a table takes the number over after the key


def click_cell(table: QTableView, row: int, column: int) -> QPoint:
    """Click into a cell as a person does; return the place."""
    at = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Left, NoModifier, at)
    return at
