"""The neuron view with real mouse and keys: type, cut, wire, lock, train with holes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnstudio.document import edits
from nnstudio.ui.neurons.marks import bias_boxes
from nnstudio.ui.selection import Entry
from tests.helpers.neuron_bench import Bench, Left, Right, event_move, xor


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot, xor())
    yield made
    made.close()


def test_xor_is_solved_by_nine_typed_numbers(bench: Bench) -> None:
    bench.click(bench.of_entry("dense_1/weight", 0, 0))
    # h₁ = x₁ or x₂, h₂ = x₁ and x₂, y = h₁ and not h₂
    for text in ("1", "1", "-0,5", "1", "1", "-3/2", "1", "-1", "-.5"):
        bench.type(text, Qt.Key.Key_Tab)
    assert bench.weight("dense_1/weight").tolist() == [[1, 1], [1, 1]]
    assert bench.weight("dense_1/bias").tolist() == [-0.5, -1.5]
    assert bench.weight("dense_2/weight").tolist() == [[1], [-1]]
    assert bench.weight("dense_2/bias").tolist() == [-0.5]
    board = bench.view.board
    answers = {}
    for row in (1, 2, 3, 0):
        bench.live.set_example(row)
        bench.qtbot.waitUntil(lambda row=row: bench.live.snapshot.example.row == row)
        inputs = tuple(board.values.signals["input_1"].tolist())
        answers[inputs] = board.values.signals["dense_2"].item()
    assert answers == {(0, 0): 0, (0, 1): 1, (1, 0): 1, (1, 1): 0}
    corners = board.values.maps["dense_2"][0][[[1, 1], [-2, -2]], [[1, -2], [1, -2]]]
    assert corners.tolist() == [[0, 1], [1, 0]]
    assert bench.store.can_undo


def test_undo_takes_back_one_typed_number(bench: Bench) -> None:
    before = edits.complete_weights(bench.project).weights["dense_1/weight"][1, 0]
    bench.click(bench.of_entry("dense_1/weight", 1, 0))
    bench.type("1/3")
    assert bench.weight("dense_1/weight")[1, 0] == 1 / 3
    bench.store.undo()
    shown = bench.view.board.values.weights["dense_1/weight"][1, 0]
    assert shown == pytest.approx(before)


def test_nonsense_is_refused_in_the_field_and_escape_leaves_it(bench: Bench) -> None:
    said: list[str] = []
    bench.messages.said.connect(said.append)
    revision = bench.store.revision
    bench.click(bench.of_entry("dense_1/weight", 0, 1))
    bench.type("abc")
    assert bench.view.editor.isVisible()
    assert "abc" in said[-1]
    bench.escape()
    assert not bench.view.editor.isVisible()
    assert bench.store.revision == revision


def test_arrows_nudge_and_are_one_step(bench: Bench) -> None:
    bench.click(bench.of_entry("dense_1/bias", 1))
    bench.escape()
    bench.key(Qt.Key.Key_Up)
    bench.key(Qt.Key.Key_Up)
    bench.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    bench.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert bench.weight("dense_1/bias")[1] == pytest.approx(1.19)
    bench.store.undo()
    assert bench.view.board.values.weights["dense_1/bias"][1] == 0
    assert not bench.store.can_undo


def test_nudging_in_the_field_shows_the_new_value(bench: Bench) -> None:
    bench.click(bench.of_entry("dense_1/bias", 0))
    QTest.keyClick(bench.view.editor.field, Qt.Key.Key_Up)
    assert bench.view.editor.field.text() == "0.1"
    assert bench.weight("dense_1/bias")[0] == pytest.approx(0.1)


@pytest.mark.parametrize("button", [Right, Left])
def test_knife_cuts_what_it_crosses_as_one_step(bench: Bench, button: Qt.MouseButton) -> None:
    if button == Left:
        bench.key(Qt.Key.Key_K)
    first, second = bench.of_neuron("input_1", 0), bench.of_neuron("dense_1", 0)
    middle = (first.x() + second.x()) // 2
    low = bench.of_neuron("input_1", 1).y()
    bench.drag(QPoint(middle, first.y() - 40), QPoint(middle, low + 40), button)
    assert not bench.project.masks["dense_1/weight.mask"].any()
    bench.store.undo()
    assert not bench.project.masks


def test_dragging_from_neuron_to_neuron_restores_a_connection(bench: Bench) -> None:
    bench.click(bench.of_entry("dense_1/weight", 0, 0))
    bench.escape()
    bench.key(Qt.Key.Key_Delete)
    assert not bench.project.masks["dense_1/weight.mask"][0, 0]
    bench.drag(bench.of_neuron("input_1", 0), bench.of_neuron("dense_1", 0))
    assert not bench.project.masks
    assert bench.view.editor.entry == Entry("dense_1/weight", (0, 0))


def test_a_connection_that_cannot_be_is_refused_with_a_reason(bench: Bench) -> None:
    bench.drag(bench.of_neuron("input_1", 0), bench.of_neuron("dense_2", 0))
    assert len(bench.refusals) == 1
    assert bench.refusals[0].text
    assert bench.refusals[0].hint
    bench.drag(bench.of_neuron("dense_1", 0), bench.of_neuron("dense_1", 1))
    assert len(bench.refusals) == 2


def test_switching_a_neuron_off_and_on(bench: Bench) -> None:
    bench.click(bench.of_neuron("dense_1", 1))
    bench.key(Qt.Key.Key_O)
    assert bench.project.masks["dense_2/weight.mask"].tolist() == [[True], [False]]
    assert bench.view.board.off["dense_1"] == {1}
    bench.key(Qt.Key.Key_O)
    assert not bench.project.masks


def test_locking_a_number_a_neuron_and_a_layer(bench: Bench) -> None:
    bench.click(bench.of_entry("dense_1/weight", 1, 1))
    bench.escape()
    bench.key(Qt.Key.Key_L)
    assert bench.project.masks["dense_1/weight.frozen"].tolist() == [[False, False], [False, True]]
    bench.key(Qt.Key.Key_L)
    assert not bench.project.masks
    bench.click(bench.of_neuron("dense_1", 0))
    bench.key(Qt.Key.Key_L)
    assert bench.project.masks["dense_1/weight.frozen"][:, 0].all()
    assert bench.project.masks["dense_1/bias.frozen"].tolist() == [True, False]
    assert bench.view.board.locked["dense_1"] == {0}
    bench.press("dense_2", "title")
    bench.key(Qt.Key.Key_L)
    assert bench.view.board.locked_layers == {"dense_2"}


def test_buttons_change_the_number_of_neurons_and_keep_weights(bench: Bench) -> None:
    bench.click(bench.of_entry("dense_1/weight", 0, 0))
    bench.type("2")
    for name, count in (("more", 3), ("less", 2), ("less", 1)):
        bench.press("dense_1", name)
        assert bench.project.graph.shapes["dense_1"] == (count,)
        assert bench.weight("dense_1/weight")[0, 0] == 2
    bench.press("dense_1", "less")
    assert len(bench.refusals) == 1


def test_keyboard_walks_selects_and_leaves(bench: Bench) -> None:
    bench.view.setFocus()
    bench.key(Qt.Key.Key_Tab)
    assert bench.selection.neuron == ("input_1", 0)
    bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Right)
    assert bench.selection.neuron == ("dense_1", 1)
    bench.key(Qt.Key.Key_BracketLeft)
    assert bench.selection.entry == Entry("dense_1/weight", (0, 1))
    bench.key(Qt.Key.Key_BracketLeft)
    assert bench.selection.entry == Entry("dense_1/weight", (1, 1))
    bench.key(Qt.Key.Key_Return)
    bench.type("7")
    assert bench.weight("dense_1/weight")[1, 1] == 7
    bench.key(Qt.Key.Key_Right)
    bench.key(Qt.Key.Key_BracketRight)
    assert bench.selection.entry == Entry("dense_2/weight", (1, 0))
    bench.key(Qt.Key.Key_Escape)
    assert bench.selection.empty
    with bench.qtbot.waitSignal(bench.view.left):
        bench.key(Qt.Key.Key_Escape)


def test_hovering_names_a_connection_and_its_product(bench: Bench) -> None:
    bench.live.set_example(3)
    bench.qtbot.waitUntil(lambda: bench.live.snapshot.example.row == 3)
    bench.click(bench.of_entry("dense_1/weight", 1, 0))
    bench.type("0.25")
    event_move(
        bench.view.viewport(), bench.of_entry("dense_1/weight", 1, 0), Qt.MouseButton.NoButton
    )
    assert bench.view.hint.isVisible()
    lines = bench.view.hint.text().splitlines()
    assert lines[0] == "w₂₁⁽¹⁾ = 0.25"
    assert lines[1] == "x₂ → h₁"
    assert lines[2] == "1 · 0.25 = 0.25"


def test_every_bias_is_drawn_also_at_the_output(bench: Bench) -> None:
    board, scale = bench.view.board, bench.view.camera.scale
    for id, count in (("dense_1", 2), ("dense_2", 1)):
        assert len(bias_boxes(board, board.anatomy.groups[id], scale)) == count


def test_a_shared_bias_is_drawn_once_and_typed_there(bench: Bench) -> None:
    bench.store.apply("shared", edits.set_setting, "dense_1", "bias", "layer")
    board, scale = bench.view.board, bench.view.camera.scale
    boxes = bias_boxes(board, board.anatomy.groups["dense_1"], scale)
    assert len(boxes) == 1
    bench.click(bench.at(boxes[0][1].center().x(), boxes[0][1].center().y()))
    bench.type("-2")
    assert bench.weight("dense_1/bias").tolist() == [-2]


def test_holes_stay_holes_while_training(qtbot: QtBot) -> None:
    bench = Bench(qtbot, xor("tanh", "sigmoid"))
    try:
        bench.click(bench.of_entry("dense_1/weight", 0, 1))
        bench.escape()
        bench.key(Qt.Key.Key_Delete)
        bench.click(bench.of_entry("dense_1/weight", 0, 0))
        bench.type("0.75")
        bench.key(Qt.Key.Key_L)
        bench.train(20)
        network = bench.live.snapshot
        qtbot.waitUntil(lambda: bench.live.snapshot.epoch == 20)
        assert network is not None
        assert bench.view.board.values.matrix(bench.view.board.anatomy.links[0])[0, 1] == 0
        assert bench.weight("dense_1/weight")[0, 0] == 0.75
        assert bench.weight("dense_1/weight")[1, 0] != 0
        bench.store.undo()
        assert bench.project.run.epoch == 0
    finally:
        bench.close()


def test_a_locked_number_typed_during_training_stays(qtbot: QtBot) -> None:
    bench = Bench(qtbot, xor("tanh", "sigmoid"))
    try:
        bench.store.apply("epochs", edits.set_training, "epochs", 1_000_000)
        bench.click(bench.of_entry("dense_1/weight", 0, 0))
        bench.escape()
        bench.key(Qt.Key.Key_L)
        bench.live.play()
        qtbot.waitUntil(lambda: bench.live.snapshot.epoch > 5)
        limit = bench.view.board.values.limit
        bench.key(Qt.Key.Key_Return)
        bench.type("-1.25")
        now = bench.live.snapshot.epoch
        qtbot.waitUntil(lambda: bench.live.snapshot.epoch > now + 5)
        assert bench.view.board.values.weights["dense_1/weight"][0, 0] == -1.25
        assert bench.view.board.values.limit == limit
        bench.live.pause()
        qtbot.waitUntil(lambda: bench.live.state == "paused")
        assert bench.weight("dense_1/weight")[0, 0] == -1.25
    finally:
        bench.close()
