"""Pieces come onto the canvas: from the palette, from the menu, by double click and keys."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio import i18n
from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine import layers
from nnstudio.ui.canvas.gestures.drop import layer_of
from nnstudio.ui.widgets.matching import initials
from tests.helpers.canvas_bench import Bench, small
from tests.helpers.qt_drag import PieceDrag


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    """A canvas with Input - Dense - Dense - Output."""
    return Bench(qtbot, small())


def test_a_piece_dropped_on_paper_stands_there(bench: Bench) -> None:
    assert PieceDrag(bench.view, "dense").drop(bench.at(300, 220))
    x, y = bench.project.places["dense_3"]
    assert abs(x + 74 - 300) <= 6
    assert abs(y + 44 - 220) <= 6
    assert bench.project.graph["dense_3"].layer.settings["units"] == 4
    assert bench.selection.nodes == {"dense_3"}
    bench.store.undo()
    assert "dense_3" not in bench.project.graph


def test_a_piece_dropped_on_a_wire_is_inserted(bench: Bench) -> None:
    piece = PieceDrag(bench.view, "dropout")
    middle = bench.middle("dense_1", "dense_2")
    piece.move(middle)
    item = bench.view.canvas_scene.wires[bench.wire("dense_1", "dense_2")]
    assert item.highlight == "good"
    piece.drop(middle)
    assert {("dense_1", "dropout_1"), ("dropout_1", "dense_2")} <= bench.wires
    assert ("dense_1", "dense_2") not in bench.wires
    assert bench.project.places["dense_2"][0] == 600, "what follows makes room"
    bench.store.undo()
    assert ("dense_1", "dense_2") in bench.wires


def test_an_activation_clicks_into_a_layer(bench: Bench) -> None:
    piece = PieceDrag(bench.view, "activation", {"function": "relu"})
    piece.move(bench.card("dense_1"))
    assert bench.view.canvas_scene.cards["dense_1"].target == "good"
    piece.drop(bench.card("dense_1"))
    assert bench.project.graph["dense_1"].layer.settings["activation"] == "relu"
    assert len(bench.project.graph.nodes) == 4


def test_a_piece_carried_away_leaves_no_trace(bench: Bench) -> None:
    items, before = len(bench.view.canvas_scene.items()), bench.project
    piece = PieceDrag(bench.view, "dropout")
    piece.move(bench.middle("dense_1", "dense_2"))
    piece.leave()
    assert len(bench.view.canvas_scene.items()) == items
    assert bench.project is before
    assert not any(item.highlight for item in bench.view.canvas_scene.wires.values())


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"kind": "nothing"}', b'{"kind": "dense", "settings": 3}', b"\xff"],
)
def test_nonsense_is_not_a_piece(qapp: object, content: bytes) -> None:
    mime = QMimeData()
    mime.setData("application/x-nnstudio-layer", content)
    assert layer_of(mime) is None


def test_other_things_are_left_to_the_window(bench: Bench) -> None:
    piece = PieceDrag(bench.view, "dense")
    piece.mime.clear()
    piece.mime.setText("x")
    assert not piece.move(QPoint(100, 100))


def test_double_click_on_paper_opens_the_menu_there(bench: Bench) -> None:
    at = bench.at(300, 200)
    QTest.mouseDClick(bench.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert bench.view.menu.isVisible()
    bench.type("drop")
    bench.type("\r")
    x, y = bench.project.places["dropout_1"]
    assert abs(x + 74 - 300) < 12
    assert abs(y + 44 - 200) < 12
    assert bench.view.hasFocus()


@pytest.mark.parametrize("way", ["start", "initials", "half a syllable", "English", "capitals"])
def test_the_menu_finds_korean_initials_and_english(bench: Bench, way: str) -> None:
    i18n.set_language("ko")
    bench.view.retranslate()
    name = i18n.translate("Layer", "Dense")
    assert name != "Dense"
    half = name[0] + chr(ord(name[1]) - (ord(name[1]) - 0xAC00) % 28)  # no final consonant
    queries = {"start": name[:2], "initials": initials(name), "half a syllable": half}
    bench.key(Qt.Key.Key_A)
    bench.type(queries.get(way, "dense" if way == "English" else "DEN"))
    item = bench.view.menu.list.item(0)
    assert item.data(Qt.ItemDataRole.UserRole) == "dense"
    bench.view.menu.close_menu()


def test_a_syllable_still_being_typed_counts_already(bench: Bench) -> None:
    i18n.set_language("ko")
    bench.key(Qt.Key.Key_A)
    name = i18n.translate("Layer", "Flatten")
    typing = QInputMethodEvent(name[0], [])
    QApplication.sendEvent(bench.view.menu.search, typing)
    kinds = {
        bench.view.menu.list.item(n).data(Qt.ItemDataRole.UserRole)
        for n in range(bench.view.menu.list.count())
    }
    assert "flatten" in kinds
    assert "dense" not in kinds
    bench.view.menu.close_menu()


def test_the_menu_says_when_nothing_is_found_and_escape_closes_it(bench: Bench) -> None:
    bench.key(Qt.Key.Key_A)
    bench.type("zzzz")
    assert bench.view.menu.empty.isVisible()
    QTest.keyClick(bench.view.menu.search, Qt.Key.Key_Escape)
    assert not bench.view.menu.isVisible()
    assert len(bench.project.graph.nodes) == 4


def test_a_piece_chosen_in_the_palette_goes_behind_the_selection(bench: Bench) -> None:
    bench.click(bench.card("dense_1"))
    bench.stack.add_kind("dropout")
    assert {("dense_1", "dropout_1"), ("dropout_1", "dense_2")} <= bench.wires


def test_a_network_is_built_by_choosing_pieces_one_after_the_other(qtbot: QtBot) -> None:
    bench = Bench(qtbot, Project())
    for kind in ("input", "dense", "dense", "output"):
        bench.stack.add_kind(kind)
    assert bench.wires == {("input_1", "dense_1"), ("dense_1", "dense_2"), ("dense_2", "output_1")}
    xs = [x for x, _ in bench.places(["input_1", "dense_1", "dense_2", "output_1"])]
    assert xs == sorted(xs)
    assert len(set(xs)) == 4


def test_the_menu_on_a_selected_wire_offers_what_fits_between(bench: Bench) -> None:
    bench.click(bench.middle("dense_1", "dense_2"))
    assert bench.selection.wires == {bench.wire("dense_1", "dense_2")}
    bench.key(Qt.Key.Key_A)
    bench.type("dropout\r")
    assert ("dropout_1", "dense_2") in bench.wires


def test_new_pieces_are_not_hidden_behind_others(bench: Bench) -> None:
    bench.view.select()
    for _ in range(3):
        bench.stack.add_kind("input")
        bench.view.select()
    frames = [bench.view.frame_of(node.id) for node in bench.project.graph.nodes]
    for n, frame in enumerate(frames):
        assert not any(frame.intersects(other) for other in frames[n + 1 :])


def test_a_loose_card_moved_onto_a_wire_is_inserted(qtbot: QtBot) -> None:
    bench = Bench(qtbot, edits.add_node(small(), layers.Dropout(), 300, 220))
    bench.drag(bench.card("dropout_1"), bench.middle("dense_1", "dense_2"))
    assert {("dense_1", "dropout_1"), ("dropout_1", "dense_2")} <= bench.wires
