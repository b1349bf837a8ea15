"""Wires by mouse: drawing, pulling off, refusals at the place, and their mends."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine import layers
from tests.helpers.canvas_bench import Bench, row, small
from tests.helpers.qt_drag import press_and_move

Make = Callable[[Project], Bench]


@pytest.fixture
def bench(qtbot: QtBot) -> Make:
    """Makes a canvas showing a project."""
    return lambda project: Bench(qtbot, project)


def loose() -> Project:
    """Input and two Dense without wires."""
    return row(layers.Input((2,)), layers.Dense(4), layers.Dense(1), wired=False)


def picture() -> Project:
    """A picture and a Dense, not wired."""
    return row(layers.Input((8, 8, 1)), layers.Dense(3), wired=False)


def test_a_wire_is_drawn_from_port_to_port(bench: Make) -> None:
    b = bench(loose())
    b.drag(b.output("input_1"), b.input("dense_1"))
    assert b.wires == {("input_1", "dense_1")}
    b.store.undo()
    assert b.wires == set()


def test_a_wire_dropped_on_a_card_takes_its_free_input(bench: Make) -> None:
    b = bench(loose())
    b.drag(b.output("input_1"), b.card("dense_2"))
    assert b.wires == {("input_1", "dense_2")}


def test_a_wire_can_be_drawn_from_an_input_backwards(bench: Make) -> None:
    b = bench(loose())
    b.drag(b.input("dense_1"), b.output("input_1"))
    assert b.wires == {("input_1", "dense_1")}


def test_a_port_answers_within_14_pixels(bench: Make) -> None:
    b = bench(loose())
    b.drag(b.output("input_1") + QPoint(10, 5), b.input("dense_1") + QPoint(-11, -4))
    assert b.wires == {("input_1", "dense_1")}


def test_a_refused_wire_tells_why_while_held_and_offers_the_mend(bench: Make) -> None:
    b = bench(picture())
    press_and_move(b.view, b.output("input_1"), b.input("dense_1"))
    assert b.view.bubble.isVisible()
    assert "flatten" in b.view.bubble.text.text().lower()
    assert not b.view.bubble.button.isVisible()
    assert b.view.canvas_scene.cards["dense_1"].target == "bad"
    QTest.mouseRelease(b.view.viewport(), Qt.MouseButton.LeftButton, pos=b.input("dense_1"))
    assert b.wires == set()
    button = b.view.bubble.button
    assert button.isVisible()
    assert "Flatten" in button.text()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert b.wires == {("input_1", "flatten_1"), ("flatten_1", "dense_1")}
    assert not b.view.bubble.isVisible()
    b.store.undo()
    assert "flatten_1" not in b.project.graph


def test_enter_presses_the_mend(bench: Make) -> None:
    b = bench(picture())
    b.drag(b.output("input_1"), b.input("dense_1"))
    b.key(Qt.Key.Key_Return)
    assert ("flatten_1", "dense_1") in b.wires


def test_a_second_wire_into_dense_is_mended_by_concatenate(bench: Make) -> None:
    project = edits.add_node(small(), layers.Input((3,)), 0, 200)
    b = bench(project)
    b.drag(b.output("input_2"), b.card("dense_1"))
    assert b.view.bubble.button.isVisible()
    QTest.mouseClick(b.view.bubble.button, Qt.MouseButton.LeftButton)
    assert ("input_2", "concatenate_1") in b.wires
    assert ("concatenate_1", "dense_1") in b.wires


def test_a_circle_is_refused(bench: Make) -> None:
    b = bench(small())
    before = b.wires
    b.drag(b.output("dense_2"), b.card("dense_1"))
    assert b.wires == before
    assert b.view.bubble.isVisible()


def test_a_wire_pulled_into_nothing_is_cut(bench: Make) -> None:
    b = bench(small())
    b.drag(b.input("dense_2"), b.input("dense_2") + QPoint(-10, 160))
    assert ("dense_1", "dense_2") not in b.wires
    b.store.undo()
    assert ("dense_1", "dense_2") in b.wires


def test_a_wire_is_rewired_in_one_step(bench: Make) -> None:
    project = edits.add_node(small(), layers.Dense(3), 400, 200)
    b = bench(project)
    b.drag(b.input("dense_2"), b.card("dense_3"))
    assert ("dense_1", "dense_3") in b.wires
    assert ("dense_1", "dense_2") not in b.wires
    b.store.undo()
    assert b.project is project


def test_a_wire_is_pulled_off_at_its_body(bench: Make) -> None:
    b = bench(small())
    start = b.middle("dense_1", "dense_2") + QPoint(3, 0)
    b.drag(start, start + QPoint(0, 150))
    assert ("dense_1", "dense_2") not in b.wires


def test_a_wire_put_back_changes_nothing(bench: Make) -> None:
    b = bench(small())
    before = b.project
    press_and_move(b.view, b.input("dense_2"), b.input("dense_2") + QPoint(-20, 80))
    QTest.mouseMove(b.view.viewport(), b.input("dense_2"))
    QTest.mouseRelease(b.view.viewport(), Qt.MouseButton.LeftButton, pos=b.input("dense_2"))
    assert b.project is before


def test_escape_cancels_a_wire_without_a_trace(bench: Make) -> None:
    b = bench(small())
    before, items = b.project, len(b.view.canvas_scene.items())
    press_and_move(b.view, b.input("dense_2"), b.at(300, 200))
    b.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(b.view.viewport(), Qt.MouseButton.LeftButton, pos=b.at(300, 200))
    assert b.project is before
    assert len(b.view.canvas_scene.items()) == items
    assert not any(item.faded for item in b.view.canvas_scene.wires.values())


def test_a_wire_dropped_on_nothing_offers_what_fits(bench: Make) -> None:
    b = bench(picture())
    b.drag(b.output("input_1"), b.at(250, 200))
    menu = b.view.menu
    assert menu.isVisible()
    kinds = [menu.list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(menu.list.count())]
    assert kinds[0] == "flatten"
    assert "dense" not in kinds
    assert "input" not in kinds
    QTest.keyClick(menu.search, Qt.Key.Key_Return)
    assert b.wires == {("input_1", "flatten_1")}
    assert b.selection.nodes == {"flatten_1"}


def test_what_feeds_an_input_is_offered_backwards(bench: Make) -> None:
    b = bench(loose())
    b.drag(b.input("dense_1"), b.at(120, 220))
    menu = b.view.menu
    kinds = [menu.list.item(n).data(Qt.ItemDataRole.UserRole) for n in range(menu.list.count())]
    assert "output" not in kinds
    assert "input" in kinds


def test_wires_of_add_are_kept_apart_and_pulled_one_by_one(bench: Make) -> None:
    project = row(layers.Input((2,)), layers.Dense(4), layers.Dense(4), wired=False)
    project = edits.add_node(project, layers.Add(), 600, 0, wire_from="dense_1")
    project = edits.connect(project, "dense_2", "add_1")
    b = bench(project)
    port = b.project.graph["add_1"].layer.ports[0].name
    first, second = b.input("add_1", port, 0), b.input("add_1", port, 1)
    assert (second - first).y() >= 5
    b.drag(second, second + QPoint(-30, 150))
    assert b.wires == {("dense_1", "add_1")}
