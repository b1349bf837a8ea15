"""Selecting, moving, copying and removing by mouse and keys."""

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnstudio.document import edits
from nnstudio.engine import layers
from tests.helpers.canvas_bench import Bench, row, small
from tests.helpers.qt_drag import press_and_move

Key, Held = Qt.Key, Qt.KeyboardModifier
ALL = ["input_1", "dense_1", "dense_2", "output_1"]


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    """A canvas with Input - Dense - Dense - Output and a note."""
    return Bench(qtbot, edits.add_note(small(), "Look here", 180.0, 220.0))


def test_clicks_select_one_or_several_or_none(bench: Bench) -> None:
    bench.click(bench.card("dense_1"))
    assert bench.selection.nodes == {"dense_1"}
    bench.click(bench.card("dense_2"), Held.ControlModifier)
    assert bench.selection.nodes == {"dense_1", "dense_2"}
    bench.click(bench.card("dense_1"), Held.ShiftModifier)
    assert bench.selection.nodes == {"dense_2"}
    bench.click(bench.middle("dense_1", "dense_2"))
    assert bench.selection.wires == {bench.wire("dense_1", "dense_2")}
    assert not bench.selection.nodes
    bench.click(bench.at(300, -200))
    assert bench.selection.empty


def test_the_rubber_band_selects_what_it_touches(bench: Bench) -> None:
    bench.drag(bench.at(150, -80), bench.at(560, 120))
    assert bench.selection.nodes == {"dense_1", "dense_2"}
    bench.drag(bench.at(-40, 150), bench.at(60, 60), modifiers=Held.ShiftModifier)
    assert bench.selection.nodes == {"input_1", "dense_1", "dense_2"}


def test_escape_gives_the_selection_back_that_a_band_changed(bench: Bench) -> None:
    bench.click(bench.card("output_1"))
    press_and_move(bench.view, bench.at(-40, -80), bench.at(400, 120))
    assert "input_1" in bench.selection.nodes
    bench.key(Key.Key_Escape)
    QTest.mouseRelease(bench.view.viewport(), Qt.MouseButton.LeftButton, pos=bench.at(400, 120))
    assert bench.selection.nodes == {"output_1"}


def test_a_move_is_one_step_on_release(bench: Bench) -> None:
    before, revision = bench.project, bench.store.revision
    press_and_move(bench.view, bench.card("dense_1"), bench.at(310, -105))
    assert bench.store.revision == revision, "nothing changes while it moves"
    QTest.mouseRelease(bench.view.viewport(), Qt.MouseButton.LeftButton, pos=bench.at(310, -105))
    x, y = bench.project.places["dense_1"]
    assert abs(x - 236) <= 8
    assert abs(y + 149) <= 2
    bench.store.undo()
    assert bench.project is before
    assert bench.view.canvas_scene.cards["dense_1"].x() == 200


def test_escape_puts_a_moving_card_back(bench: Bench) -> None:
    before = bench.project
    press_and_move(bench.view, bench.card("dense_1"), bench.at(300, -150))
    bench.key(Key.Key_Escape)
    QTest.mouseRelease(bench.view.viewport(), Qt.MouseButton.LeftButton, pos=bench.at(300, -150))
    assert bench.project is before
    card = bench.view.canvas_scene.cards["dense_1"]
    assert (card.x(), card.y(), card.lifted) == (200, 0, False)


def test_several_cards_and_a_note_move_together(bench: Bench) -> None:
    bench.key(Key.Key_A, Held.ControlModifier)
    bench.drag(bench.card("dense_1"), bench.card("dense_1") + QPoint(20, 40))
    assert len({round(x - 200 * n, 3) for n, (x, _) in enumerate(bench.places(ALL))}) == 1
    assert bench.project.notes[0].y > 240
    bench.store.undo()
    assert bench.places(ALL) == [(0, 0), (200, 0), (400, 0), (600, 0)]
    assert bench.project.notes[0].y == 220


def test_a_moving_card_clicks_into_line(bench: Bench) -> None:
    bench.store.apply("Move", edits.move, {"dense_1": (200.0, 150.0)})
    start = bench.card("dense_1")
    bench.drag(start, start + QPoint(0, round(-146 * bench.view.camera.scale)))
    assert bench.project.places["dense_1"] == (200.0, 0.0)


def test_alt_drag_leaves_a_copy_in_one_step(bench: Bench) -> None:
    before = bench.project
    bench.drag(bench.card("dense_1"), bench.at(274, 180), modifiers=Held.AltModifier)
    assert "dense_3" in bench.project.graph
    assert bench.project.places["dense_1"] == (200, 0)
    assert bench.project.places["dense_3"][1] > 100
    assert bench.selection.nodes == {"dense_3"}
    bench.store.undo()
    assert bench.project is before


def test_arrows_nudge_in_one_step_and_shift_ten_times(bench: Bench) -> None:
    bench.click(bench.card("dense_1"))
    bench.key(Key.Key_Right, times=3)
    bench.key(Key.Key_Down, Held.ShiftModifier)
    assert bench.project.places["dense_1"] == (203, 10)
    bench.store.undo()
    assert bench.project.places["dense_1"] == (200, 0)


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_heals_the_chain(bench: Bench, key: Qt.Key) -> None:
    bench.click(bench.card("dense_1"))
    bench.key(key)
    assert bench.wires == {("input_1", "dense_2"), ("dense_2", "output_1")}
    bench.store.undo()
    assert ("dense_1", "dense_2") in bench.wires


def test_a_selected_wire_is_deleted(bench: Bench) -> None:
    bench.click(bench.middle("dense_1", "dense_2"))
    bench.key(Key.Key_Delete)
    assert ("dense_1", "dense_2") not in bench.wires
    assert len(bench.project.graph.nodes) == 4


def test_copy_and_paste_bring_layers_wires_and_notes(bench: Bench) -> None:
    bench.drag(bench.at(150, -80), bench.at(560, 330))
    bench.key(Key.Key_C, Held.ControlModifier)
    bench.key(Key.Key_V, Held.ControlModifier)
    assert ("dense_3", "dense_4") in bench.wires
    assert len(bench.project.notes) == 2
    assert bench.selection.nodes == {"dense_3", "dense_4"}
    bench.key(Key.Key_V, Held.ControlModifier)
    xs = [bench.project.places[id][0] for id in ("dense_3", "dense_5")]
    assert xs == [240, 280], "a second paste stands beside the first"
    bench.store.undo()
    bench.store.undo()
    assert len(bench.project.graph.nodes) == 4


def test_cut_takes_away_and_duplicate_adds(bench: Bench) -> None:
    bench.click(bench.card("dense_1"))
    bench.key(Key.Key_D, Held.ControlModifier)
    assert bench.project.places["dense_3"] == (240, 40)
    bench.key(Key.Key_X, Held.ControlModifier)
    assert "dense_3" not in bench.project.graph
    bench.key(Key.Key_V, Held.ControlModifier)
    assert "dense_3" in bench.project.graph


def test_pasting_nonsense_is_told_not_raised(bench: Bench, qapp: object) -> None:
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText("hello")
    bench.key(Key.Key_V, Held.ControlModifier)
    assert len(bench.refusals) == 1


def test_f2_renames_in_place_and_escape_keeps_the_old_name(bench: Bench) -> None:
    bench.click(bench.card("dense_1"))
    bench.key(Key.Key_F2)
    assert bench.view.inline.line.isVisible()
    bench.type("은닉층\r")
    assert bench.project.graph["dense_1"].label == "은닉층"
    assert bench.view.canvas_scene.cards["dense_1"].face.title == "은닉층"
    bench.key(Key.Key_F2)
    bench.type("other")
    QTest.keyClick(bench.view.inline.line, Key.Key_Escape)
    assert bench.project.graph["dense_1"].label == "은닉층"
    assert bench.view.hasFocus()


def test_a_note_is_added_edited_moved_and_deleted(bench: Bench) -> None:
    bench.view.notes.add(bench.view.mapToScene(bench.at(300, -150)))
    bench.type("learning rate 0.1")
    QTest.keyClick(bench.view.inline.text, Key.Key_Return, Held.ControlModifier)
    note = bench.project.notes[1]
    assert note.text == "learning rate 0.1"
    item = bench.view.canvas_scene.notes[note.id]
    middle = bench.view.mapFromScene(item.middle)
    bench.drag(middle, middle + QPoint(40, -30))
    assert bench.project.notes[1].x > note.x + 30
    middle = bench.view.mapFromScene(item.middle)
    QTest.mouseDClick(bench.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    bench.type("0.5")
    bench.click(bench.at(0, 200))
    assert bench.project.notes[1].text == "0.5"
    bench.click(bench.view.mapFromScene(item.middle))
    bench.key(Key.Key_Delete)
    assert len(bench.project.notes) == 1


def test_an_empty_new_note_is_not_kept(bench: Bench) -> None:
    bench.view.notes.add()
    QTest.keyClick(bench.view.inline.text, Key.Key_Return, Held.ControlModifier)
    assert len(bench.project.notes) == 1


def test_align_and_tidy_are_one_step_each(qtbot: QtBot) -> None:
    project = row(layers.Input((2,)), layers.Dense(4), layers.Dense(1))
    project = edits.move(project, {"dense_1": (230.0, 90.0), "dense_2": (391.0, -70.0)})
    bench = Bench(qtbot, project)
    bench.key(Key.Key_A, Held.ControlModifier)
    bench.view.arranging.align("row")
    assert len({y for _, y in bench.project.places.values()}) == 1
    bench.store.undo()
    bench.view.arranging.align("column")
    xs = {x for x, _ in bench.project.places.values()}
    ys = sorted(y for _, y in bench.project.places.values())
    assert len(xs) == 1
    assert min(b - a for a, b in itertools.pairwise(ys)) >= 88, "no card covers another"
    bench.store.undo()
    bench.key(Key.Key_A, Held.ShiftModifier)
    assert len({y for _, y in bench.project.places.values()}) == 1
    bench.store.undo()
    assert bench.project is project


def test_a_right_click_opens_the_menu_and_a_right_drag_pans(bench: Bench) -> None:
    center = bench.view.camera.center
    bench.drag(bench.at(300, 200), bench.at(300, 200) + QPoint(60, 0), Qt.MouseButton.RightButton)
    assert bench.view.camera.center.x() < center.x() - 20
    bench.click(bench.card("dense_1"), button=Qt.MouseButton.RightButton)
    from PySide6.QtWidgets import QApplication, QMenu

    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert bench.selection.nodes == {"dense_1"}
    next(a for a in menu.actions() if a.text().startswith("Duplicate")).trigger()
    menu.close()
    assert "dense_3" in bench.project.graph
