"""Journeys of someone who trains: solve, pause, take back, break, mend, go on."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.ui.gallery.gallery import Gallery
from tests.helpers.journeys import Control, Studio, opened, same_weights

Key = Qt.Key


@pytest.fixture
def studio(qtbot: QtBot) -> Iterator[Studio]:
    with opened(qtbot) as made:
        yield made


def test_the_circle_is_solved_within_ten_seconds_of_one_key(studio: Studio) -> None:
    output, loss = studio.plot("output"), studio.plot("loss")
    studio.wait(lambda: not output.is_empty)
    map_before = output.views["map"]._map.values.copy()
    wires_before = studio.canvas.viewport().grab().toImage()
    bar = studio.window.training_bar
    counter_before, loss_before = bar.epoch_chip.text(), bar.loss_chip.text()
    studio.key(Key.Key_Space)
    studio.wait(lambda: studio.metric() >= 0.97 and studio.metric(part="validation") >= 0.97, 10)
    assert studio.actions == 1
    assert bar.epoch_chip.text() != counter_before
    assert bar.loss_chip.text() != loss_before
    assert not loss.is_empty
    assert "training" in loss.loss._points
    assert not np.array_equal(output.views["map"]._map.values, map_before)
    assert studio.canvas.viewport().grab().toImage() != wires_before
    studio.halt()


def test_space_pauses_and_undo_takes_the_training_back(studio: Studio) -> None:
    before = studio.project
    studio.run()
    studio.wait_epoch(5)
    studio.halt()
    trained = studio.weights()
    epoch = studio.project.run.epoch
    assert epoch >= 5
    studio.key(Key.Key_Z, Control)
    assert studio.project.weights == before.weights
    assert studio.project.run.epoch == 0
    studio.key(Key.Key_Z, Control | Qt.KeyboardModifier.ShiftModifier)
    assert same_weights(studio.weights(), trained)
    assert studio.project.run.epoch == epoch
    studio.key(Key.Key_R, Control)
    assert studio.project.run.epoch == 0
    studio.key(Key.Key_Z, Control)
    assert same_weights(studio.weights(), trained)
    assert studio.project.run.epoch == epoch


def test_xor_from_the_gallery_is_solved_within_ten_seconds(studio: Studio) -> None:
    studio.key(Key.Key_N, Control)
    sheet = studio.sheet()
    assert sheet is not None
    assert isinstance(sheet.content, Gallery)
    studio.click(sheet.content.tiles["xor"])
    assert studio.project.template == "xor"
    studio.key(Key.Key_Space)
    studio.wait(lambda: studio.metric() == 1.0, 10)
    assert studio.actions == 3
    studio.halt()
    table = studio.plot("output")
    studio.click(studio.button("Table", table))
    model = table.answers.table.model()
    studio.wait(lambda: model.rowCount() == 4)


def test_learning_rate_ten_is_paused_and_mended_by_one_click(studio: Studio) -> None:
    studio.run()
    studio.wait_epoch(20)
    studio.halt()
    epochs = studio.project.run.epoch
    bar = studio.window.training_bar
    studio.click(bar.settings_button)
    studio.set_number(bar.popover.rate.field, "10")
    studio.key(Key.Key_Escape)
    assert not bar.popover.isVisible()
    assert studio.project.training.learning_rate == 10
    studio.key(Key.Key_Space)
    message = studio.window.message_bar
    studio.wait(message.isVisible)
    studio.wait(lambda: not studio.live.running)
    # the sentence says what and why; the weights are finite; the curve has kept its past
    assert "learning rate" in message._text.text().lower()
    assert all(np.isfinite(array).all() for array in studio.weights().values())
    reached = studio.project.run.epoch
    assert reached >= epochs  # nothing learned before the change is given up
    rows = studio.live.log.length
    studio.click(message._button)
    assert 0 < studio.project.training.learning_rate <= 1
    studio.wait(lambda: studio.live.running)
    studio.wait_epoch(reached + 20)
    assert np.isfinite(studio.live.snapshot.loss)
    log = studio.live.log
    assert log.length > rows
    assert (np.diff(log.column("epoch")) > 0).all()
    studio.wait(lambda: studio.metric() >= 0.97, 10)
    studio.halt()
    assert not message.isVisible()


def test_the_structure_changes_while_it_runs_and_keeps_what_was_learned(studio: Studio) -> None:
    studio.endless()
    studio.run()
    studio.wait(lambda: studio.metric() >= 0.97, 10)
    log = studio.live.log
    start, rows = log.column("loss")[0], log.length
    studio.select("dense_1")
    studio.set_number(studio.field("units"), "5")
    assert studio.live.running
    assert studio.project.graph["dense_1"].layer.settings["units"] == 5
    studio.wait(lambda: log.length > rows + 20)
    assert log.column("loss")[rows:].max() < start / 2
    epoch = studio.live.snapshot.epoch
    wire = studio.canvas.canvas_scene.wires[
        next(w for w in studio.project.graph.wires if w.target == "dense_3")
    ]
    studio.drag_piece("dense", wire.middle.x(), wire.middle.y())
    assert ("dense_2", "dense_4") in studio.wires
    assert ("dense_4", "dense_3") in studio.wires
    assert studio.live.running
    studio.wait(lambda: studio.live.snapshot.epoch > epoch)
    studio.wait(lambda: studio.metric() >= 0.97, 10)
    assert studio.live.running
    studio.halt()
    shapes = {name: array.shape for name, array in studio.weights().items()}
    assert shapes["dense_1/weight"] == (2, 5)
    assert shapes["dense_4/weight"][0] == 2
    for _ in range(3):
        studio.key(Key.Key_Z, Control)
    assert studio.weights().get("dense_1/weight", np.zeros((2, 4))).shape == (2, 4)


def test_the_language_changes_in_the_middle_of_a_run_and_nothing_is_lost(studio: Studio) -> None:
    studio.endless()
    studio.run()
    studio.wait_epoch(5)
    log = studio.live.log
    for language in ("ko", "en", "ko"):
        rows, generation = log.length, log.generation
        studio.key(Key.Key_K, Control | Qt.KeyboardModifier.ShiftModifier)
        assert studio.rooms.languages.current == language
        assert studio.live.running
        studio.wait(lambda rows=rows: log.length > rows)
        assert log.generation == generation
        switch = studio.window.stack.depth_switch
        assert studio.window.stack.rect().contains(switch.geometry())
        assert switch.width() >= switch.sizeHint().width()
    assert studio.window.training_bar.play_button.text() == "멈춤"
    studio.halt()
    assert studio.project.run.epoch > 5
    assert QApplication.focusWidget() is not None
