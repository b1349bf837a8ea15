"""Weights and biases in the inspector: read, typed, cut, frozen; live numbers don't disturb."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine import layers
from nnstudio.ui.inspector.inspector import Inspector
from nnstudio.ui.inspector.layer_page import LayerPage
from nnstudio.ui.inspector.weights_section import WeightTable
from tests.helpers.canvas_bench import row
from tests.helpers.form_bench import FormBench, click_cell, type_text


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[FormBench]:
    made = FormBench(qtbot)
    yield made
    made.close()


@pytest.fixture
def inspector(bench: FormBench) -> Inspector:
    made = Inspector(**bench.rooms)
    bench.show(made)
    bench.selection.select(nodes=["dense_1"])
    bench.snapshot(made)
    return made


def page(inspector: Inspector) -> LayerPage:
    found = inspector.page
    assert isinstance(found, LayerPage)
    return found


def grid(inspector: Inspector, name: str = "dense_1/weight") -> WeightTable:
    return page(inspector).tables[name]


def value(bench: FormBench, name: str, index: tuple[int, ...]) -> float:
    return float(edits.complete_weights(bench.store.project).weights[name][index])


@pytest.mark.parametrize(
    ("typed", "meant"), [("0,5", 0.5), ("1/3", 1 / 3), ("−2e-3", -0.002), ("-.25", -0.25)]
)
def test_numbers_typed_as_people_write_them(
    bench: FormBench, inspector: Inspector, typed: str, meant: float
) -> None:
    table = grid(inspector).table
    click_cell(table, 1, 2)
    assert table.hasFocus()
    type_text(typed + "\r")
    assert value(bench, "dense_1/weight", (1, 2)) == pytest.approx(meant)
    assert bench.undo_steps() == 1
    assert table.hasFocus(), "the next number can be typed at once"


def test_a_bias_is_typed_too(bench: FormBench, inspector: Inspector) -> None:
    click_cell(grid(inspector, "dense_1/bias").table, 0, 3)
    type_text("-3/4\r")
    assert value(bench, "dense_1/bias", (3,)) == -0.75
    bench.store.undo()
    assert value(bench, "dense_1/bias", (3,)) == 0
    assert not bench.store.can_undo


def test_what_is_no_number_changes_nothing_and_is_explained(
    bench: FormBench, inspector: Inspector
) -> None:
    before = value(bench, "dense_1/weight", (0, 0))
    click_cell(grid(inspector).table, 0, 0)
    type_text("1/0\r")
    assert value(bench, "dense_1/weight", (0, 0)) == before
    assert not bench.store.can_undo
    assert "divided by 0" in str(bench.told[0])


def test_escape_leaves_the_number(bench: FormBench, inspector: Inspector) -> None:
    table = grid(inspector).table
    click_cell(table, 0, 0)
    type_text("7")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not bench.store.can_undo


def test_choosing_a_cell_selects_the_connection_and_stays_here(
    bench: FormBench, inspector: Inspector
) -> None:
    before = page(inspector)
    click_cell(grid(inspector).table, 1, 3)
    assert bench.selection.entry is not None
    assert bench.selection.entry.index == (1, 3)
    assert page(inspector) is before


def test_delete_cuts_and_joins_l_freezes(bench: FormBench, inspector: Inspector) -> None:
    table = grid(inspector)
    click_cell(table.table, 0, 1)
    QTest.keyClick(table.table, Qt.Key.Key_Delete)
    assert not bench.store.project.masks["dense_1/weight.mask"][0, 1]
    assert table.model.index(0, 1).data() == "✂"
    QTest.keyClick(table.table, Qt.Key.Key_Delete)
    assert "dense_1/weight.mask" not in bench.store.project.masks
    QTest.keyClick(table.table, Qt.Key.Key_L)
    assert bench.store.project.masks["dense_1/weight.frozen"][0, 1]
    type_text("ㅣ")  # the same key while Hangul is typed
    assert "dense_1/weight.frozen" not in bench.store.project.masks
    assert bench.undo_steps() == 4


def test_several_cells_are_cut_as_one_step(bench: FormBench, inspector: Inspector) -> None:
    table = grid(inspector).table
    start = click_cell(table, 0, 0)
    assert start
    end = table.visualRect(table.model().index(1, 1)).center()
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, end
    )
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert (~bench.store.project.masks["dense_1/weight.mask"]).sum() == 4
    assert bench.undo_steps() == 1


def test_the_menu_cuts_and_freezes(bench: FormBench, inspector: Inspector) -> None:
    table = grid(inspector)
    cut, freeze = table.actions_for((1, 0), table)
    freeze.trigger()
    cut.trigger()
    masks = bench.store.project.masks
    assert masks["dense_1/weight.frozen"][1, 0]
    assert not masks["dense_1/weight.mask"][1, 0]
    join, thaw = table.actions_for((1, 0), table)
    assert (join.text(), thaw.text()) == ("Connect again", "Let it learn again")


def test_live_numbers_dont_disturb_typing(bench: FormBench, inspector: Inspector) -> None:
    table = grid(inspector)
    click_cell(table.table, 0, 0)
    type_text("12")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "12"
    bench.live.play()
    start = bench.live.snapshot
    bench.qtbot.waitUntil(
        lambda: (
            bench.live.snapshot is not start
            and bench.live.snapshot is not None
            and bench.live.snapshot.iteration > 200
        ),
        timeout=10_000,
    )
    assert editor.text() == "12"
    type_text("5\r")
    bench.live.pause()
    bench.qtbot.waitUntil(lambda: bench.live.state != "running", timeout=5000)
    assert bench.store.can_undo


def test_tables_fit_the_panel(bench: FormBench, inspector: Inspector) -> None:
    bench.dress()
    QApplication.processEvents()
    table = grid(inspector).table
    for width in (300, 272, 240):
        inspector.resize(width, 600)
        QApplication.processEvents()
        assert inspector.page.width() <= inspector.viewport().width()
        assert table.width() <= inspector.viewport().width()
    inspector.resize(300, 600)
    QApplication.processEvents()
    assert table.horizontalScrollBar().maximum() == 0


def test_an_array_too_large_for_a_table_says_so(qtbot: QtBot) -> None:
    project: Project = row(layers.Input((300,)), layers.Dense(100, "relu"), layers.Output())
    bench = FormBench(qtbot, project)
    inspector = Inspector(**bench.rooms)
    bench.show(inspector)
    bench.selection.select(nodes=["dense_1"])
    weights, biases = (grid(inspector, f"dense_1/{name}") for name in ("weight", "bias"))
    assert not weights.table.isVisible()
    assert weights.large.isVisible()
    assert biases.table.isVisible()
    assert np.isclose(biases.model.rowCount(), 1)
    bench.close()


def test_a_network_too_large_for_the_memory_shows_no_tables(qtbot: QtBot) -> None:
    small: Project = row(
        layers.Input((2,)), layers.Dense(3), layers.Dense(3), layers.Dense(1), layers.Output()
    )
    bench = FormBench(qtbot, small)
    inspector = Inspector(**bench.rooms)
    bench.show(inspector)
    bench.selection.select(nodes=["dense_2"])
    for node in ("dense_1", "dense_2"):
        bench.store.apply("Change", edits.set_setting, node, "units", 100_000)
    assert page(inspector).tables == {}
    assert "million" in page(inspector).state.text()
    bench.store.undo()
    assert page(inspector).tables
    bench.close()
