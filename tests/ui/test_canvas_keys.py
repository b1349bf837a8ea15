"""The canvas without a mouse, its camera, and what screen readers get."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.document import edits
from nnstudio.engine import layers
from nnstudio.ui.canvas.structure import Structure
from tests.helpers.canvas_bench import Bench, row, small

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    """A canvas with Input - Dense - Dense - Output."""
    return Bench(qtbot, small())


def wheel(bench: Bench, at: QPoint, degrees: int, held: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(bench.view.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, degrees),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(bench.view.viewport(), event)


def test_tab_walks_in_reading_order_and_leaves_after_the_last(bench: Bench) -> None:
    seen = []
    for _ in range(4):
        bench.key(Key.Key_Tab)
        seen.append(bench.selection.single)
    assert seen == ["input_1", "dense_1", "dense_2", "output_1"]
    bench.key(Key.Key_Backtab, Held.ShiftModifier)
    assert bench.selection.single == "dense_2"


@pytest.mark.parametrize("hangul", [False, True])
def test_c_tab_enter_connects(qtbot: QtBot, hangul: bool) -> None:
    b = Bench(qtbot, row(layers.Input((2,)), layers.Dense(4), layers.Dense(1), wired=False))
    b.click(b.card("input_1"))
    if hangul:
        press = QKeyEvent(QKeyEvent.Type.KeyPress, 0x314A, Held.NoModifier, "ㅊ")
        QApplication.sendEvent(b.view, press)
    else:
        b.key(Key.Key_C)
    assert b.view.canvas_scene.cards["dense_1"].target == "good"
    b.key(Key.Key_Tab)
    assert b.view.canvas_scene.cards["dense_2"].target == "good"
    b.key(Key.Key_Return)
    assert b.wires == {("input_1", "dense_2")}
    assert b.selection.single == "dense_2"
    b.key(Key.Key_C)
    b.key(Key.Key_Escape)
    assert b.wires == {("input_1", "dense_2")}
    assert not b.view.bubble.isVisible()


def test_connecting_says_when_nothing_fits(bench: Bench) -> None:
    bench.click(bench.card("dense_2"))
    bench.key(Key.Key_C)
    assert bench.view.bubble.isVisible()
    assert bench.view.pointer.gesture is None


@pytest.mark.parametrize("text", ["ㅁ", "A"])
def test_a_opens_the_menu_in_both_input_modes(bench: Bench, text: str) -> None:
    press = QKeyEvent(QKeyEvent.Type.KeyPress, ord(text), Held.NoModifier, text)
    QApplication.sendEvent(bench.view, press)
    assert bench.view.menu.isVisible()
    bench.view.menu.close_menu()


def test_ctrl_wheel_zooms_around_the_mouse(bench: Bench) -> None:
    at = bench.card("output_1")
    before = bench.view.mapToScene(at)
    wheel(bench, at, 240, Held.ControlModifier)
    assert bench.view.camera.zoom > 1.2
    after = bench.view.mapToScene(at)
    assert abs(after.x() - before.x()) < 1.5
    assert abs(after.y() - before.y()) < 1.5


def test_the_wheel_scrolls_and_zoom_keys_zoom(bench: Bench) -> None:
    center = QPointF(bench.view.camera.center)
    wheel(bench, bench.at(0, 0), -120, Held.NoModifier)
    assert bench.view.camera.center.y() > center.y()
    wheel(bench, bench.at(0, 0), -120, Held.ShiftModifier)
    assert bench.view.camera.center.x() > center.x()
    zoom = bench.view.camera.zoom
    bench.key(Key.Key_Plus, Held.ControlModifier)
    assert bench.view.camera.zoom > zoom
    bench.key(Key.Key_0, Held.ControlModifier)
    assert bench.view.camera.zoom == 1.0
    bench.key(Key.Key_F)
    frame = bench.view.mapFromScene(bench.view.canvas_scene.content()).boundingRect()
    assert bench.view.viewport().rect().contains(frame)


def test_all_stays_in_sight_while_the_window_changes_size(bench: Bench) -> None:
    bench.stack.resize(520, 400)
    frame = bench.view.mapFromScene(bench.view.canvas_scene.content()).boundingRect()
    assert bench.view.viewport().rect().contains(frame)


def test_n_changes_the_depth_and_the_view_is_remembered(bench: Bench) -> None:
    bench.key(Key.Key_N)
    assert bench.stack.depth == "neurons"
    assert bench.stack.neurons.isVisible()
    assert not bench.view.isVisible()
    assert bench.selection.empty, "hiding the cards is no step of the Tab key"
    state = bench.stack.view_state()
    QTest.keyClick(bench.stack.neurons, Key.Key_N)
    assert bench.stack.depth == "layers"
    bench.stack.restore_view(state)
    assert bench.stack.depth == "neurons"
    bench.stack.restore_view({"depth": 3, "layers": [], "neurons": {"zoom": "x"}})
    bench.stack.set_depth("layers")
    assert bench.view.isVisible()


def test_zooming_on_changes_the_depth(bench: Bench) -> None:
    for _ in range(12):
        wheel(bench, bench.card("dense_1"), 120, Held.ControlModifier)
        if bench.stack.depth == "neurons":
            break
    assert bench.stack.depth == "neurons"
    for _ in range(30):
        bench.stack.zoom_out()
        if bench.stack.depth == "layers":
            break
    assert bench.stack.depth == "layers"


def test_incoming_and_outgoing_are_selected(bench: Bench) -> None:
    bench.click(bench.card("dense_1"))
    bench.stack.select_outgoing()
    assert bench.selection.nodes == {"dense_2"}
    bench.stack.select_incoming()
    bench.stack.select_incoming()
    assert bench.selection.nodes == {"input_1"}


def test_the_structure_list_mirrors_and_edits_the_network(bench: Bench, qtbot: QtBot) -> None:
    panel = Structure(
        store=bench.store, selection=bench.selection, themes=bench.themes, messages=bench.messages
    )
    qtbot.addWidget(panel)
    panel.show()
    tree = panel.tree
    titles = [tree.topLevelItem(n).text(0) for n in range(tree.topLevelItemCount())]
    assert titles == ["Input", "Dense 1", "Dense 2", "Output"]
    item = tree.topLevelItem(1)
    assert "2 → 4" in item.data(0, Qt.ItemDataRole.AccessibleTextRole)
    tree.setCurrentItem(item)
    assert bench.selection.nodes == {"dense_1"}
    tree.setFocus()
    QTest.keyClick(tree, Key.Key_Delete)
    assert bench.wires == {("input_1", "dense_2"), ("dense_2", "output_1")}
    bench.store.apply("x", edits.disconnect, bench.wire("input_1", "dense_2"))
    bench.selection.select(("input_1",))
    panel.connect_menu.aboutToShow.emit()
    action = next(a for a in panel.connect_menu.actions() if a.text() == "Dense")
    action.trigger()
    assert ("input_1", "dense_2") in bench.wires
    item = tree.topLevelItem(1)
    item.setText(0, "Last")
    assert bench.project.graph["dense_2"].label == "Last"
    panel.close_view()
