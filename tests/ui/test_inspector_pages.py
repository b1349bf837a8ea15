"""The inspector's pages: settings, formula, problems, several layers, wires."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from nnstudio.document import edits
from nnstudio.engine import layers
from nnstudio.ui.inspector.entry_page import EntryPage
from nnstudio.ui.inspector.formula import lines_of, sums_of
from nnstudio.ui.inspector.inspector import Inspector
from nnstudio.ui.inspector.layer_page import LayerPage
from nnstudio.ui.inspector.layers_page import LayersPage
from nnstudio.ui.inspector.project_page import ProjectPage
from nnstudio.ui.inspector.wires_page import WiresPage
from nnstudio.ui.selection import Entry
from tests.helpers.canvas_bench import row
from tests.helpers.form_bench import FormBench, type_text


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[FormBench]:
    made = FormBench(qtbot)
    yield made
    made.close()


@pytest.fixture
def inspector(bench: FormBench) -> Inspector:
    made = Inspector(**bench.rooms)
    bench.show(made)
    return made


def layer_page(bench: FormBench, inspector: Inspector, node: str) -> LayerPage:
    bench.selection.select(nodes=[node])
    page = inspector.page
    assert isinstance(page, LayerPage)
    return page


def test_the_page_follows_the_selection(bench: FormBench, inspector: Inspector) -> None:
    kinds = [type(inspector.page)]
    wire = bench.store.project.graph.wires[0]
    for selected in (
        {"nodes": ["dense_1"]},
        {"nodes": ["dense_1", "dense_2"]},
        {"wires": [wire]},
        {"entry": Entry("dense_1/weight", (0, 1))},
        {"neuron": ("dense_2", 1)},
        {},
    ):
        bench.selection.select(**selected)
        kinds.append(type(inspector.page))
    assert kinds == [
        ProjectPage, LayerPage, LayersPage, WiresPage, EntryPage, LayerPage, ProjectPage,
    ]  # fmt: skip


def test_a_setting_is_one_step_and_follows_undo(bench: FormBench, inspector: Inspector) -> None:
    units = layer_page(bench, inspector, "dense_1").form.fields["units"]
    assert isinstance(units, QSpinBox)
    units.setFocus()
    units.selectAll()
    type_text("7\r")
    assert bench.store.project.graph["dense_1"].layer.settings["units"] == 7
    bench.store.undo()
    assert units.value() == 4


def test_all_fields_are_equally_high(bench: FormBench, inspector: Inspector) -> None:
    bench.dress()
    page = layer_page(bench, inspector, "dense_1")
    page.form.fold.unfold()
    QApplication.processEvents()
    heights = {f.height() for f in page.form.fields.values() if f.isVisible()}
    assert len(heights) == 1
    assert 27 <= heights.pop() <= 31
    assert page.width() <= inspector.viewport().width()


def test_renaming_by_keys(bench: FormBench, inspector: Inspector) -> None:
    page = layer_page(bench, inspector, "dense_1")
    page.head.name.setFocus()
    type_text("은닉\r")
    assert bench.store.project.graph["dense_1"].label == "은닉"
    assert bench.undo_steps() == 1


def test_the_formula_is_what_the_neuron_computes(bench: FormBench, inspector: Inspector) -> None:
    page = layer_page(bench, inspector, "dense_1")
    bench.snapshot(inspector)
    page.formula.unfold()
    snapshot = bench.live.snapshot
    assert snapshot is not None
    assert snapshot.signals is not None
    first = float(snapshot.signals["dense_1"][0])
    text = page.formula.text.text()
    assert text.startswith("h₁⁽¹⁾ = tanh(")
    shown = float(text.rsplit("= ", 1)[1].replace("−", "-"))
    assert shown == pytest.approx(first, abs=1e-4)
    bench.selection.select(neuron=("dense_1", 2))
    bench.snapshot(inspector)
    assert page.formula.text.text().startswith("h₃⁽¹⁾ = tanh(")


def test_formula_leaves_out_cut_wires_and_ends_long_sums() -> None:
    project = row(layers.Input((20,)), layers.Dense(2, "identity"), layers.Output())
    project = edits.complete_weights(edits.cut(project, "dense_1/weight", (0, 0)))
    signals = {"input_1": np.arange(20.0)}
    sums = sums_of(project, "dense_1", project.weights, signals)
    assert sums is not None
    lines = lines_of(project, "dense_1", 0, sums, (), ("y",))
    assert "x₁ " not in lines[0]
    assert "·x₂ " in lines[0]
    assert " + …" in lines[0]
    expected = sum(float(project.weights["dense_1/weight"][i, 0]) * i for i in range(1, 20))
    assert sums.z[0] == pytest.approx(expected)


def test_softmax_is_written_out(bench: FormBench) -> None:
    project = row(layers.Input((1,)), layers.Dense(3, "softmax"), layers.Output())
    project = edits.complete_weights(project)
    sums = sums_of(project, "dense_1", project.weights, {"input_1": np.ones(1)})
    assert sums is not None
    lines = lines_of(project, "dense_1", 1, sums, ("x",), ("a", "b", "c"))
    assert lines[-1].startswith("b = eᶻ₂ / Σ eᶻ = ")


def test_the_curve_shows_where_the_neurons_stand(bench: FormBench, inspector: Inspector) -> None:
    page = layer_page(bench, inspector, "dense_1")
    bench.snapshot(inspector)
    assert page.curve.isVisible()
    assert len(page.curve._sums) == 4
    combo = page.form.fields["activation"]
    assert isinstance(combo, QComboBox)
    bench.store.apply("x", edits.set_setting, "dense_1", "activation", "softmax")
    assert not page.curve.isVisible()
    assert combo.currentData() == "softmax"


def test_a_problem_is_mended_by_its_button(qtbot: QtBot) -> None:
    project = row(layers.Input((4, 4)), layers.Flatten(), layers.Dense(3), layers.Output())
    bench = FormBench(qtbot, edits.remove_and_heal(project, ["flatten_1"]))
    inspector = Inspector(**bench.rooms)
    bench.show(inspector)
    page = layer_page(bench, inspector, "dense_1")
    assert page.trouble.isVisible()
    page.trouble.buttons[0].setFocus()
    QTest.keyClick(page.trouble.buttons[0], Qt.Key.Key_Return)
    assert "flatten_1" in bench.store.project.graph
    assert not page.trouble.isVisible()
    bench.close()


def test_several_layers_are_changed_as_one_step(bench: FormBench, inspector: Inspector) -> None:
    bench.selection.select(nodes=["dense_1", "dense_2"])
    page = inspector.page
    assert isinstance(page, LayersPage)
    assert "Neurons" in page.differs.text()
    combo = page.form.fields["activation"]
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    combo.setCurrentIndex(combo.findData("relu"))
    combo.activated.emit(combo.currentIndex())
    graph = bench.store.project.graph
    assert {graph[id].layer.settings["activation"] for id in ("dense_1", "dense_2")} == {"relu"}
    assert bench.undo_steps() == 1
    bench.selection.select(nodes=["dense_1", "input_1"])
    assert not inspector.page.form.isVisible()


def test_wires_are_told_and_removed(bench: FormBench, inspector: Inspector) -> None:
    wire = bench.store.project.graph.wires[1]
    bench.selection.select(wires=[wire])
    page = inspector.page
    assert isinstance(page, WiresPage)
    QTest.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    assert wire not in bench.store.project.graph.wires
    assert isinstance(inspector.page, ProjectPage)


def test_one_connection_is_typed_cut_and_frozen(bench: FormBench, inspector: Inspector) -> None:
    bench.selection.select(entry=Entry("dense_1/weight", (1, 0)))
    page = inspector.page
    assert isinstance(page, EntryPage)
    assert "x₂ → h₁⁽¹⁾" in page.where.text()
    page.field.setFocus()
    page.field.selectAll()
    type_text("1/3\r")
    assert bench.store.project.weights["dense_1/weight"][1, 0] == pytest.approx(1 / 3)
    page.cut.click()
    assert not page.field.isEnabled()
    page.cut.click()
    page.hold.click()
    assert bench.store.project.masks["dense_1/weight.frozen"][1, 0]
    page.layer.click()
    assert isinstance(inspector.page, LayerPage)
