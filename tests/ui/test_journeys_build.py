"""Journeys of someone who builds: pieces dragged and wired, mended, cut, typed, by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from nnstudio.data import datasets
from nnstudio.document import edits
from nnstudio.document.problems import can_train
from nnstudio.exchange.project_file import open_project
from nnstudio.ui.dialogs.export import ExportSheet
from tests.helpers.journeys import Control, Right, Studio, opened, same_weights
from tests.helpers.peers import peer

Key = Qt.Key


@pytest.fixture
def studio(qtbot: QtBot) -> Iterator[Studio]:
    with opened(qtbot) as made:
        yield made


def blank(studio: Studio) -> None:
    """Start with an empty canvas, by the gallery."""
    studio.key(Key.Key_N, Control)
    studio.click(studio.sheet().content.tiles["blank"])
    assert not studio.project.graph.nodes


def build_iris(studio: Studio) -> None:
    blank(studio)
    for column, kind in enumerate(("input", "dense", "dense", "output")):
        studio.drag_piece(kind, -330 + 220.0 * column, 0)
    for source, target in (
        ("input_1", "dense_1"), ("dense_1", "dense_2"), ("dense_2", "output_1"),
    ):  # fmt: skip
        studio.connect(source, target)
    assert studio.wires == {
        ("input_1", "dense_1"), ("dense_1", "dense_2"), ("dense_2", "output_1"),
    }  # fmt: skip
    studio.click(studio.canvas.viewport(), QPoint(30, 30))
    data = studio.window.inspector.page.data
    studio.choose(lambda: studio.click(data.example), "Iris")
    assert studio.project.data.source.id == "iris"
    studio.select("dense_1")
    studio.pick(studio.field("activation"), "tanh")


def test_iris_is_built_by_drags_trained_saved_reopened_and_exported(
    studio: Studio, tmp_path: Path
) -> None:
    build_iris(studio)
    graph = studio.project.graph
    assert graph["dense_1"].layer.settings["activation"] == "tanh"
    assert graph["dense_2"].layer.settings["units"] == 3
    assert graph["dense_2"].layer.settings["activation"] == "softmax"
    assert can_train(studio.project)
    studio.run()
    studio.wait(lambda: studio.metric() >= 0.97 and not studio.live.running, 20)
    confusion = studio.plot("output").views["confusion"]
    studio.wait(lambda: bool(confusion.matrix.names) and bool(studio.live.snapshot.confusion))
    counts = studio.live.snapshot.confusion["test"]
    assert np.trace(counts) / counts.sum() >= 0.93
    file = tmp_path / "아이리스.nns"
    studio.key(Key.Key_S, Control)
    studio.save_as(file)
    assert not studio.store.modified
    trained, project = studio.weights(), studio.project
    log = {name: np.array(studio.live.log.column(name)) for name in studio.live.log.names}
    studio.window.files.start("xor")
    studio.drop_file(file)
    assert studio.store.path == file
    assert same_weights(studio.weights(), trained)
    assert studio.project.graph == project.graph
    studio.wait(lambda: studio.live.log.length == len(log["loss"]))
    for name, column in log.items():
        assert np.array_equal(studio.live.log.column(name), column, equal_nan=True), name
    assert not studio.store.modified
    check_onnx(studio, tmp_path / "아이리스.onnx")


def row_of(formats: QListWidget, id: str) -> int:
    """Return where a format stands in the list."""
    kinds = [formats.item(row).data(Qt.ItemDataRole.UserRole) for row in range(formats.count())]
    return [kind.id for kind in kinds].index(id)


def check_onnx(studio: Studio, path: Path) -> None:
    """Export by the sheet; ONNX Runtime answers raw rows as the program does."""
    runtime = peer("onnxruntime")
    studio.key(Key.Key_E, Control)
    content = studio.sheet().content
    assert isinstance(content, ExportSheet)
    content.list.setCurrentRow(row_of(content.list, "onnx"))
    studio.click(content.button)
    studio.save_as(path)
    assert path.exists()
    session = runtime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (given,) = session.get_inputs()
    table = datasets["iris"].load()
    columns = studio.project.data.feature_columns()
    for row in (0, 40, 60, 90, 120, 149):
        raw = {name: float(table.values(name)[row]) for name in columns}
        studio.live.set_example(raw)
        studio.wait(lambda raw=raw: dict(studio.live.snapshot.example.raw) == raw)
        shown = studio.live.snapshot.signals["dense_2"]
        answers = session.run(None, {given.name: np.array([list(raw.values())], np.float32)})
        scores = next(a for a in answers if np.shape(a) == (1, 3))
        np.testing.assert_allclose(scores[0], shown, atol=2e-6)


def test_a_wrong_wire_is_refused_with_the_reason_and_mended_by_the_button(studio: Studio) -> None:
    blank(studio)
    studio.drag_piece("input", -250, 0)
    studio.drag_piece("dense", 100, 0)
    studio.store.absorb(edits.set_setting, "input_1", "shape", (8, 8, 1))
    studio.connect("input_1", "dense_1")
    assert not studio.wires
    bubble = studio.canvas.bubble
    assert bubble.isVisible()
    assert "flatten" in bubble.text.text().lower()
    studio.click(bubble.button)
    assert studio.wires == {("input_1", "flatten_1"), ("flatten_1", "dense_1")}
    studio.key(Key.Key_Z, Control)
    assert not studio.wires
    studio.drag_piece("add", 100, 130)
    studio.drag_piece("dense", -130, 130)
    studio.drag_piece("dense", -330, 130)
    studio.store.absorb(edits.set_setting, "dense_3", "units", 7)
    studio.store.absorb(edits.set_setting, "input_1", "shape", (2,))
    for dense in ("dense_2", "dense_3"):
        studio.store.absorb(edits.connect, "input_1", dense)
    studio.drag(studio.output("dense_2"), studio.card("add_1"))
    assert ("dense_2", "add_1") in studio.wires
    studio.drag(studio.output("dense_3"), studio.card("add_1"))
    assert ("dense_3", "add_1") not in studio.wires
    assert bubble.isVisible()
    assert "4" in bubble.text.text()
    assert "7" in bubble.text.text()
    studio.click(bubble.button)
    assert ("dense_3", "add_1") in studio.wires or "concatenate_1" in studio.project.graph


def test_two_wires_are_cut_by_one_gesture_each_and_it_trains_with_the_holes(
    studio: Studio,
) -> None:
    start = studio.project
    studio.key(Key.Key_N)
    assert studio.window.stack.depth == "neurons"
    studio.wait(lambda: bool(studio.neurons.board.values.signals))
    for index in ((0, 0), (1, 3)):
        spot = studio.of_entry("dense_1/weight", *index)
        studio.drag(spot - QPoint(1, 9), spot + QPoint(1, 9), Right)
    mask = studio.project.masks["dense_1/weight.mask"]
    assert np.argwhere(~mask).tolist() == [[0, 0], [1, 3]]
    before = studio.project.weights.get("dense_1/weight")
    studio.run()
    studio.wait_epoch(10)
    studio.halt()
    after = studio.project.weights["dense_1/weight"]
    if before is not None:
        assert (after[~mask] == before[~mask]).all()
    studio.wait(lambda: studio.live.snapshot is not None)
    assert studio.project.run.epoch >= 10
    for _ in range(3):
        studio.key(Key.Key_Z, Control)
    assert not studio.project.masks
    assert studio.project.graph == start.graph
    assert studio.project.run.epoch == 0


def test_xor_is_wired_by_hand_and_solved_without_training(studio: Studio) -> None:
    blank(studio)
    for column, kind in enumerate(("input", "dense", "dense", "output")):
        studio.drag_piece(kind, -330 + 220.0 * column, 0)
    for source, target in (
        ("input_1", "dense_1"), ("dense_1", "dense_2"), ("dense_2", "output_1"),
    ):  # fmt: skip
        studio.connect(source, target)
    studio.click(studio.canvas.viewport(), QPoint(30, 30))
    data = studio.window.inspector.page.data
    studio.choose(lambda: studio.click(data.example), "XOR")
    studio.select("dense_1")
    studio.set_number(studio.field("units"), "2")
    studio.pick(studio.field("activation"), "step")
    studio.select("dense_2")
    studio.pick(studio.field("activation"), "step")
    studio.click(studio.canvas.viewport(), QPoint(30, 30))
    studio.key(Key.Key_N)
    studio.wait(lambda: bool(studio.neurons.board.values.signals))
    port = studio.neurons.viewport()
    studio.click(port, studio.of_entry("dense_1/weight", 0, 0))
    for text in ("1", "1", "-0,5", "1", "1", "-3/2", "1", "-1", "-.5"):
        field = studio.neurons.editor.field
        assert field.isVisible()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Key.Key_Tab)
    weights = studio.weights()
    assert weights["dense_1/weight"].tolist() == [[1, 1], [1, 1]]
    assert weights["dense_2/bias"].tolist() == [-0.5]
    answers = {}
    for row in (1, 2, 3, 0):
        studio.live.set_example(row)
        studio.wait(lambda row=row: studio.live.snapshot.example.row == row)
        signals = studio.live.snapshot.signals
        answers[tuple(signals["input_1"].tolist())] = signals["dense_2"].item()
    assert answers == {(0, 0): 0, (0, 1): 1, (1, 0): 1, (1, 1): 0}
    assert studio.project.run.iteration == 0


def test_a_network_is_built_trained_and_saved_without_a_mouse(
    studio: Studio, tmp_path: Path
) -> None:
    studio.key(Key.Key_N, Control)
    gallery = studio.sheet().content
    for _ in range(len(gallery.tiles)):
        if studio.window.focusWidget() is gallery.tiles["circle"]:
            break
        studio.key(Key.Key_Tab)
    studio.key(Key.Key_Return)
    assert studio.sheet() is None
    assert studio.project.template == "circle"
    layers_before = len(studio.project.graph.nodes)
    assert studio.window.stack.isAncestorOf(studio.window.focusWidget())
    for _ in range(2):  # to the first Dense
        studio.key(Key.Key_Tab)
    chosen = studio.rooms.selection.single
    assert chosen == "dense_1"
    studio.key(Key.Key_A)
    studio.type("dense")
    studio.key(Key.Key_Return)
    assert len(studio.project.graph.nodes) == layers_before + 1
    added = studio.rooms.selection.single
    assert ("dense_1", added) in studio.wires
    # a second way around the new layer: wired from the keyboard too
    studio.key(Key.Key_A)
    studio.type("add")
    studio.key(Key.Key_Return)
    joint = studio.rooms.selection.single
    assert (added, joint) in studio.wires
    studio.rooms.selection.select(nodes=("dense_1",))
    studio.key(Key.Key_C)
    for _ in range(len(studio.project.graph.nodes)):
        gesture = studio.canvas.pointer.gesture
        if gesture is None or gesture.target == joint:
            break
        studio.key(Key.Key_Tab)
    studio.key(Key.Key_Return)
    assert ("dense_1", joint) in studio.wires
    assert can_train(studio.project)
    studio.run()
    studio.wait(lambda: studio.metric() >= 0.95, 10)
    studio.halt()
    studio.key(Key.Key_S, Control)
    file = tmp_path / "keys.nns"
    studio.save_as(file)
    assert same_weights(
        {name: np.array(a) for name, a in open_project(file).project.weights.items()},
        studio.weights(),
    )
