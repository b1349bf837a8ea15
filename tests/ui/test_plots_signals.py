"""The signals dock shows one example as the network sees it."""

import numpy as np
from pytestqt.qtbot import QtBot

from nnstudio.document.project import Project
from nnstudio.exchange.templates import load_template
from nnstudio.ui.plots.signals import SignalsPlot
from tests.helpers.plot_bench import PlotBench
from tests.helpers.projects import circle, trainable


def opened(qtbot: QtBot, project: Project | None = None) -> PlotBench:
    return PlotBench(qtbot, SignalsPlot, project or circle(), (640, 200))


def test_the_values_are_the_networks_signals(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.train(8)
    bench.live.set_example(11)
    bench.settle()
    inputs = {node: array[11:12] for node, array in bench.live.prepared.train.inputs.items()}
    signals = bench.network().signals(inputs)
    columns = bench.plot.board.columns
    assert [column.node for column in columns] == ["input_1", "dense_1", "dense_2", "dense_3"]
    for column in columns:
        np.testing.assert_allclose(column.values, signals[column.node][0])
    assert columns[0].names == ("x₁", "x₂")


def test_the_sentence_compares_answer_and_truth(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    row = int(bench.live.prepared.train.rows[0]) + 1
    true = bench.live.reading.table.column("y").values[row - 1]
    text = bench.plot.told.text()
    assert text.startswith(f"Row {row}: right is {true}, the network answers")
    assert "✓" in text or "✗" in text


def test_buttons_walk_through_the_rows_and_around_the_end(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    last = len(bench.live.prepared.train) - 1
    bench.plot.next.click()
    assert bench.live.example == 1
    bench.plot.previous.click()
    bench.plot.previous.click()
    assert bench.live.example == last
    bench.live.set_example({"x1": 1.0, "x2": 2.0})
    bench.settle()
    assert bench.plot.told.text().startswith("Own values")
    bench.plot.next.click()
    assert bench.live.example == 0


def test_a_click_selects_the_neuron_and_a_tip_names_it(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    board = bench.plot.board
    place = board.layout_now()[1]
    column, at = place.column, place.rect(2).center().toPoint()
    bench.click(board, at)
    assert bench.selection.neuron == ("dense_1", 2)
    assert bench.themes.number(float(column.values[2]), 6) in board.tip_at(at)


def test_pictures_are_shown_as_pictures(qtbot: QtBot) -> None:
    bench = opened(qtbot, load_template("digits_5x5"))
    first = bench.plot.board.columns[0]
    assert first.grid == (5, 5)
    assert [column.node for column in bench.plot.board.columns] == ["input_1", "dense_1", "dense_2"]
    board = bench.plot.board
    place = board.layout_now()[0]
    picture = board.grab().toImage()
    ink = int(np.argmax(first.values))
    paper = int(np.argmin(first.values))
    spots = [place.rect(unit).center().toPoint() for unit in (ink, paper)]
    colors = [picture.pixelColor(spot).lightness() for spot in spots]
    assert colors[0] < colors[1]  # ink is dark on light paper


def test_an_empty_network_says_what_to_do(qtbot: QtBot) -> None:
    bench = opened(qtbot, Project())
    assert bench.plot.is_empty


def test_without_data_the_signals_of_zeros_are_shown(qtbot: QtBot) -> None:
    bench = opened(qtbot, Project(graph=circle().graph))
    assert not bench.plot.is_empty
    assert bench.plot.told.text() == ""


def test_layers_too_long_for_bars_become_lists_or_cells(qtbot: QtBot) -> None:
    bench = opened(qtbot, trainable("circle", (12, 60)))
    styles = {place.column.node: place.style for place in bench.plot.board.layout_now()}
    assert styles == {"input_1": "bars", "dense_1": "list", "dense_2": "cells", "dense_3": "bars"}
    for place in bench.plot.board.layout_now():
        for unit in range(len(place.column.values)):
            assert place.unit_at(place.rect(unit).center().toPoint()) == unit
