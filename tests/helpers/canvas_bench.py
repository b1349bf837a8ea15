"""A shown canvas with its store, and hands for it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine import layers
from nnstudio.engine.graph import Wire
from nnstudio.engine.layer import Layer
from nnstudio.errors import Refused
from nnstudio.ui.canvas.depth import DepthStack
from nnstudio.ui.canvas.view import CanvasView
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live
from tests.helpers.qt_drag import drag

NoModifier = Qt.KeyboardModifier.NoModifier


def row(*pieces: Layer, wired: bool = True) -> Project:
    """Return a project with layers in a row, each wired to the next."""
    project, last = Project(), None
    for number, layer in enumerate(pieces):
        id = edits.next_id(project, layer.id)
        source = last if wired else None
        project = edits.add_node(project, layer, 200.0 * number, 0.0, wire_from=source)
        last = id
    return project


def small() -> Project:
    """Return Input - Dense - Dense - Output in a row, 200 units apart."""
    return row(
        layers.Input((2,)), layers.Dense(4, "tanh"), layers.Dense(1, "sigmoid"), layers.Output()
    )


class Bench:
    """The canvas (`view`) in its DepthStack (`stack`)."""

    def __init__(self, qtbot: QtBot, project: Project, width: int = 1000) -> None:
        self.qtbot = qtbot
        self.store = Store(project)
        self.messages = Messages()
        self.refusals: list[Refused] = []
        self.messages.refusal.connect(self.refusals.append)
        self.selection = Selection(self.store)
        self.themes = ThemeManager()
        self.themes.reduced_motion = True
        self.live = Live(self.store, self.messages)
        self.stack = DepthStack(
            store=self.store,
            selection=self.selection,
            themes=self.themes,
            live=self.live,
            messages=self.messages,
        )
        qtbot.addWidget(self.stack, before_close_func=lambda _: self._close())
        self.view: CanvasView = self.stack.canvas
        self.stack.resize(width, 600)
        self.stack.show()
        self.view.setFocus()
        qtbot.waitExposed(self.stack)

    def _close(self) -> None:
        """End what listens and runs (pytest-qt calls it, also after a failure)."""
        self.stack.close_view()
        self.selection.close()
        self.live.close()

    @property
    def project(self) -> Project:
        return self.store.project

    @property
    def wires(self) -> set[tuple[str, str]]:
        return {(wire.source, wire.target) for wire in self.project.graph.wires}

    def wire(self, source: str, target: str) -> Wire:
        return next(w for w in self.project.graph.wires if (w.source, w.target) == (source, target))

    def at(self, x: float, y: float) -> QPoint:
        """Return the viewport point of a scene point."""
        return self.view.mapFromScene(QPointF(x, y))

    def card(self, id: str) -> QPoint:
        return self.view.mapFromScene(self.view.canvas_scene.cards[id].frame.center())

    def output(self, id: str) -> QPoint:
        return self.view.mapFromScene(self.view.canvas_scene.cards[id].output_point())

    def input(self, id: str, port: str = "input", index: int = 0) -> QPoint:
        return self.view.mapFromScene(self.view.canvas_scene.cards[id].input_point(port, index))

    def middle(self, source: str, target: str) -> QPoint:
        wire = self.wire(source, target)
        return self.view.mapFromScene(self.view.canvas_scene.wires[wire].middle)

    def drag(
        self,
        start: QPoint,
        end: QPoint,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        modifiers: Qt.KeyboardModifier = NoModifier,
    ) -> None:
        drag(self.view, start, end, button, modifiers)

    def click(
        self,
        at: QPoint,
        modifiers: Qt.KeyboardModifier = NoModifier,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    ) -> None:
        QTest.mouseClick(self.view.viewport(), button, modifiers, at)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NoModifier, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.view, key, modifiers)

    def type(self, text: str) -> None:
        """Type into whatever has the focus; a line end is Enter (QTest can't type Hangul)."""
        for letter in text:
            focused = self.stack.window().focusWidget()
            assert focused is not None
            if letter == "\r":
                QTest.keyClick(focused, Qt.Key.Key_Return)
            elif letter.isascii():
                QTest.keyClicks(focused, letter)
            else:
                event = QKeyEvent(QKeyEvent.Type.KeyPress, 0, NoModifier, letter)
                QApplication.sendEvent(focused, event)

    def places(self, ids: Sequence[str]) -> list[tuple[float, float]]:
        return [self.project.places[id] for id in ids]
