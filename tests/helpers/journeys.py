"""The whole running program offscreen, and a person's hands: keys, clicks, drags and drops."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnstudio import i18n
from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.ui.app import build_rooms, complete, dress
from nnstudio.ui.canvas.view import CanvasView
from nnstudio.ui.crash import CrashGuard
from nnstudio.ui.keeper import Keeper
from nnstudio.ui.neurons.marks import spot_of
from nnstudio.ui.neurons.view import NeuronView
from nnstudio.ui.palette import piece_list
from nnstudio.ui.plots.panel import PlotPanel
from nnstudio.ui.selection import Entry
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.sheet import Sheet
from nnstudio.ui.window import MainWindow
from tests.helpers import qt_drag
from tests.helpers.neuron_bench import event_move

Left, Right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
Plain = Qt.KeyboardModifier.NoModifier
Control = Qt.KeyboardModifier.ControlModifier
Shift = Qt.KeyboardModifier.ShiftModifier
NO_OPTIONS = argparse.Namespace(file=None, new=False)


class Studio:
    """The program as `nnstudio` starts it; counts what a person did in `actions`."""

    def __init__(self, qtbot: QtBot, size: tuple[int, int] = (1366, 768)) -> None:
        self.qtbot = qtbot
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.themes = ThemeManager()
        self.themes.reduced_motion = True
        dress(application, self.themes)
        self.rooms = build_rooms(self.themes)
        self.store, self.live = self.rooms.store, self.rooms.live
        self.window = MainWindow(self.rooms, CrashGuard())
        self.keeper = Keeper(self.rooms, self.window.stack, self.window)
        self.window.closing.connect(self.keeper.end)
        self.window.resize(*size)
        self.window.show()
        complete(self.window, self.keeper, NO_OPTIONS)
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.actions = 0

    # ---- what there is

    @property
    def project(self) -> Project:
        return self.store.project

    @property
    def canvas(self) -> CanvasView:
        return self.window.stack.canvas

    @property
    def neurons(self) -> NeuronView:
        return self.window.stack.neurons

    @property
    def wires(self) -> set[tuple[str, str]]:
        return {(wire.source, wire.target) for wire in self.project.graph.wires}

    @property
    def status(self) -> str:
        return self.window.status.text.text()

    def plot(self, id: str) -> PlotPanel:
        found = next(p.widget for p in self.window.docks.panels() if p.id == id)
        assert isinstance(found, PlotPanel)
        return found

    def sheet(self) -> Sheet | None:
        opened = [s for s in self.window.findChildren(Sheet) if s.isVisible()]
        return opened[-1] if opened else None

    def button(self, text: str, inside: QWidget | None = None) -> QAbstractButton:
        """Return the visible button whose text or name is or starts with `text`."""
        for button in (inside or self.window).findChildren(QAbstractButton):
            named = (button.text().replace("&", ""), button.accessibleName(), button.toolTip())
            if button.isVisible() and any(name.startswith(text) for name in named):
                return button
        raise AssertionError(f"no button {text!r}")

    # ---- hands

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Plain) -> None:
        """Press a key wherever the focus is."""
        self.actions += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        self.actions += 1
        for letter in text:
            focused = QApplication.focusWidget()
            assert focused is not None
            if letter.isascii():
                QTest.keyClicks(focused, letter)
            else:  # QTest can't type Hangul
                QApplication.sendEvent(focused, QKeyEvent(QEvent.Type.KeyPress, 0, Plain, letter))
        QApplication.processEvents()

    def click(
        self, widget: QWidget, at: QPoint | None = None, held: Qt.KeyboardModifier = Plain
    ) -> None:
        """Click into a widget, in its middle if not said where."""
        self.actions += 1
        assert widget.isVisible()
        QTest.mouseClick(widget, Left, held, at if at is not None else widget.rect().center())
        QApplication.processEvents()

    def drag(self, start: QPoint, end: QPoint, button: Qt.MouseButton = Left) -> None:
        """Drag over the canvas or the neurons, whichever is in front."""
        self.actions += 1
        front = self.window.stack.front
        if front is self.canvas:
            qt_drag.drag(self.canvas, start, end, button)
            return
        port = front.viewport()
        QTest.mousePress(port, button, pos=start)
        for point in qt_drag.points_between(start, end):
            event_move(port, point, button)
        QTest.mouseRelease(port, button, pos=end)

    def drop(self, mime: QMimeData, at: QPoint) -> bool:
        """Carry `mime` over the window to a point of it and let go, as the system does."""
        handle = self.window.windowHandle()
        copy = Qt.DropAction.CopyAction
        QApplication.sendEvent(handle, QDragEnterEvent(at, copy, mime, Left, Plain))
        for point in qt_drag.points_between(at - QPoint(12, 12), at):
            QApplication.sendEvent(handle, QDragMoveEvent(point, copy, mime, Left, Plain))
        event = QDropEvent(QPointF(at), copy, mime, Left, Plain)
        QApplication.sendEvent(handle, event)
        QApplication.processEvents()
        return event.isAccepted()

    def drop_file(self, path: Path) -> bool:
        """Drop a file from a folder window onto the middle of the window."""
        self.actions += 1
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        return self.drop(mime, self.window.rect().center())

    def drag_piece(self, kind: str, x: float, y: float) -> None:
        """Drag a piece out of the palette and let it go at a scene point of the canvas."""
        self.actions += 1
        pieces = self.window.palette_panel.findChild(piece_list.PieceList)
        row = next(n for n in range(pieces.count()) if pieces.item(n).data(piece_list.KIND) == kind)
        item = pieces.item(row)
        pieces.scrollToItem(item)
        start = pieces.visualItemRect(item).center()
        with _caught_drags() as caught:
            qt_drag.press_and_move(pieces, start, start + QPoint(60, 0))
            QTest.mouseRelease(pieces.viewport(), Left, Plain, start + QPoint(60, 0))
        (mime,) = caught
        target = self.canvas.viewport().mapTo(self.window, self.at(x, y))
        assert self.drop(mime, target), kind

    def save_as(self, path: Path) -> None:
        """Answer the file dialog that is open with a path."""
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog))
        assert dialog.isVisible()
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        name.setText(str(path))
        QTest.keyClick(name, Qt.Key.Key_Return)
        self._come_back()

    def choose(self, menu_owner: Callable[[], object], text: str) -> None:
        """Open a menu that waits for an answer and take an entry of it."""

        def take() -> None:
            menu = QApplication.activePopupWidget()
            action = next(a for a in menu.actions() if a.text() == text)
            menu.setActiveAction(action)
            QTest.keyClick(menu, Qt.Key.Key_Return)

        self.actions += 1
        QTimer.singleShot(0, take)
        menu_owner()
        self._come_back()

    def _come_back(self) -> None:
        """Make the window active again, as the system does when a menu or dialog closes."""
        QApplication.processEvents()
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    # ---- places

    def at(self, x: float, y: float) -> QPoint:
        return self.canvas.mapFromScene(QPointF(x, y))

    def card(self, id: str) -> QPoint:
        return self.canvas.mapFromScene(self.canvas.canvas_scene.cards[id].frame.center())

    def output(self, id: str) -> QPoint:
        return self.canvas.mapFromScene(self.canvas.canvas_scene.cards[id].output_point())

    def input(self, id: str, port: str = "input", index: int = 0) -> QPoint:
        card = self.canvas.canvas_scene.cards[id]
        return self.canvas.mapFromScene(card.input_point(port, index))

    def field(self, name: str) -> QWidget:
        """The field of a setting in the inspector."""
        form = self.window.inspector.page.form
        assert form is not None
        if not form.fields[name].isVisible():
            self.click(form.fold.button)
        assert form.fields[name].isVisible()
        return form.fields[name]

    def set_number(self, field: QWidget, text: str) -> None:
        """Type a number over what stands in a field."""
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        QTest.keyClick(field, Qt.Key.Key_A, Control)
        self.type(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()

    def pick(self, combo: QWidget, value: object) -> None:
        """Choose an entry of a list by its value, with the keyboard."""
        assert isinstance(combo, QComboBox)
        self.actions += 1
        combo.setFocus(Qt.FocusReason.MouseFocusReason)
        QTest.keyClick(combo, Qt.Key.Key_Home)
        for _ in range(combo.count()):
            if combo.currentData() == value:
                return
            QTest.keyClick(combo, Qt.Key.Key_Down)
        raise AssertionError(f"{value!r} is not in the list")

    def connect(self, source: str, target: str) -> None:
        """Draw a wire with the mouse."""
        self.drag(self.output(source), self.input(target))

    def select(self, id: str) -> None:
        """Click a card."""
        self.click(self.canvas.viewport(), self.card(id))

    def of_entry(self, weight: str, *index: int) -> QPoint:
        """Where a connection or a bias can be clicked in the neuron view."""
        spot = spot_of(self.neurons.board, Entry(weight, index), self.neurons.camera.scale)
        assert spot is not None
        return self.neurons.mapFromScene(spot)

    def of_neuron(self, group: str, unit: int) -> QPoint:
        centre = self.neurons.board.layout.places[group].centre(unit)
        assert centre is not None
        return self.neurons.mapFromScene(QPointF(*centre))

    # ---- training

    def run(self) -> None:
        """Press Space and wait until it runs (or has run already)."""
        self.key(Qt.Key.Key_Space)
        self.wait(lambda: self.live.running or self.live.outcome is not None)

    def halt(self) -> None:
        """Press Space in a run and wait until the document has its weights."""
        if self.live.running:
            self.key(Qt.Key.Key_Space)
        self.wait(lambda: not self.live.running)

    def endless(self) -> None:
        """Let runs go on until they are paused."""
        self.store.absorb(edits.set_training, "epochs", 1_000_000)

    def wait(self, true: Callable[[], bool], seconds: float = 8) -> None:
        self.qtbot.waitUntil(true, timeout=round(1000 * seconds))

    def wait_epoch(self, epoch: int, seconds: float = 8) -> None:
        """Wait until a running training has come to an epoch."""
        self.wait(lambda: self.live.snapshot is not None and self.live.snapshot.epoch >= epoch,
                  seconds)  # fmt: skip

    def metric(self, name: str = "accuracy", part: str = "training") -> float:
        """What the last snapshot says about the training or validation rows."""
        snapshot = self.live.snapshot
        found = {} if snapshot is None else snapshot.metrics
        if part == "validation" and snapshot is not None:
            found = snapshot.validation or {}
        return found.get(name, float("nan"))

    def weights(self) -> dict[str, np.ndarray]:
        """A copy of the document's weights."""
        return {name: np.array(array) for name, array in self.project.weights.items()}

    def close(self) -> None:
        if self.window.isVisible():
            self.window.leave()
        self.window.deleteLater()
        self.__dict__.clear()  # pytest keeps the fixture alive, and it would keep the plots


@contextmanager
def opened(qtbot: QtBot, size: tuple[int, int] = (1366, 768)) -> Iterator[Studio]:
    """Open the program for a test and close it as a person does."""
    studio = Studio(qtbot, size)
    try:
        yield studio
    finally:
        studio.close()
        QApplication.processEvents()
        i18n.set_language("en")
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setStyleSheet("")


@contextmanager
def _caught_drags() -> Iterator[list[QMimeData]]:
    """Catch what real presses and moves drag out: offscreen no system carries it on."""
    caught: list[QMimeData] = []

    class Caught(QDrag):
        def exec(self, *_: object) -> Qt.DropAction:  # type: ignore[override]
            given, mime = self.mimeData(), QMimeData()
            for name in given.formats():
                mime.setData(name, given.data(name))
            caught.append(mime)
            return Qt.DropAction.CopyAction

    original = piece_list.QDrag
    piece_list.QDrag = Caught  # type: ignore[misc]
    try:
        yield caught
    finally:
        piece_list.QDrag = original  # type: ignore[misc]


def same_weights(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> bool:
    """Whether two sets of weights have the same names and bits."""
    return one.keys() == other.keys() and all(
        one[name].dtype == other[name].dtype and one[name].tobytes() == other[name].tobytes()
        for name in one
    )
