"""A shown NeuronView with real parts, and hands for it."""

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.data import datasets
from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine import layers
from nnstudio.engine.graph import Graph, Node, Wire
from nnstudio.engine.layer import Layer
from nnstudio.errors import Refused
from nnstudio.ui.messages import Messages
from nnstudio.ui.neurons.marks import header_boxes, spot_of
from nnstudio.ui.neurons.view import NeuronView
from nnstudio.ui.selection import Entry, Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live

Left, Right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def chain(*given: Layer) -> Project:
    """Return a project whose layers are wired one after the other."""
    nodes: list[Node] = []
    for layer in given:
        number = 1 + sum(node.layer.id == layer.id for node in nodes)
        nodes.append(Node(f"{layer.id}_{number}", layer))
    wires = tuple(Wire(a.id, b.id) for a, b in pairwise(nodes))
    return Project(graph=Graph(tuple(nodes), wires))


def xor(hidden: str = "step", output: str = "step") -> Project:
    """Return 2-2-1 on the four rows of XOR."""
    net = chain(
        layers.Input(),
        layers.Dense(2, activation=hidden),
        layers.Dense(1, activation=output),
        layers.Output(),
    )
    bound = edits.bind_data(net, datasets["xor"].default_spec())
    return edits.set_setting(bound, "dense_2", "activation", output)


class Bench:
    """A shown NeuronView with its store, and hands for it."""

    def __init__(self, qtbot: QtBot, project: Project) -> None:
        self.qtbot = qtbot
        self.store = Store(project)
        self.messages = Messages()
        self.refusals: list[Refused] = []
        self.messages.refusal.connect(self.refusals.append)
        self.selection = Selection(self.store)
        self.live = Live(self.store, self.messages)
        self.view = NeuronView(
            store=self.store,
            selection=self.selection,
            themes=ThemeManager(),
            live=self.live,
            messages=self.messages,
        )
        self.view.themes.reduced_motion = True
        qtbot.addWidget(self.view)
        self.view.resize(1000, 600)
        self.view.show()
        qtbot.waitUntil(lambda: bool(self.view.board.values.signals))

    @property
    def project(self) -> Project:
        return self.store.project

    def weight(self, name: str) -> np.ndarray:
        return self.project.weights[name]

    def at(self, x: float, y: float) -> QPoint:
        """Return the viewport point of a scene point."""
        return self.view.mapFromScene(QPointF(x, y))

    def of_neuron(self, group: str, unit: int) -> QPoint:
        centre = self.view.board.layout.places[group].centre(unit)
        assert centre is not None
        return self.at(*centre)

    def of_entry(self, weight: str, *index: int) -> QPoint:
        spot = spot_of(self.view.board, Entry(weight, index), self.view.camera.scale)
        assert spot is not None
        return self.at(spot.x(), spot.y())

    def click(self, at: QPoint, button: Qt.MouseButton = Left) -> None:
        QTest.mouseMove(self.view.viewport(), at)
        QTest.mouseClick(self.view.viewport(), button, pos=at)

    def drag(self, start: QPoint, end: QPoint, button: Qt.MouseButton = Left) -> None:
        viewport = self.view.viewport()
        QTest.mousePress(viewport, button, pos=start)
        for step in range(1, 8):
            share = step / 7
            point = start + QPoint(
                round((end.x() - start.x()) * share), round((end.y() - start.y()) * share)
            )
            event_move(viewport, point, button)
        QTest.mouseRelease(viewport, button, pos=end)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, held)

    def type(self, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        field = self.view.editor.field
        assert self.view.editor.isVisible()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, end)

    def press(self, group: str, part: str) -> None:
        """Click a part of a layer's header."""
        found = self.view.board.anatomy.groups[group]
        box = header_boxes(self.view.board, found, self.view.camera.scale)[part].center()
        self.click(self.at(box.x(), box.y()))

    def escape(self) -> None:
        """Leave the field."""
        QTest.keyClick(self.view.editor.field, Qt.Key.Key_Escape)

    def close(self) -> None:
        """End what listens and runs."""
        self.view.close_view()
        self.live.close()
        self.selection.close()

    def train(self, epochs: int) -> None:
        self.store.apply("epochs", edits.set_training, "epochs", epochs)
        self.live.play()
        self.qtbot.waitUntil(lambda: self.live.state == "running" or self.live.outcome is not None)
        self.qtbot.waitUntil(lambda: self.live.state != "running", timeout=15000)


def event_move(widget: QWidget, point: QPoint, button: Qt.MouseButton) -> None:
    """Move the mouse with a button held (QTest.mouseMove forgets the button)."""
    where = QPointF(point)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        QPointF(widget.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, move)
