"""The gradients dock: the engine's gradients per layer, and a fair word about each."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnstudio.document.compile import losses_of
from nnstudio.document.project import Project
from nnstudio.ui.plots.gradient_board import HIGHEST, LOWEST
from nnstudio.ui.plots.gradients import GradientsPlot
from nnstudio.ui.plots.health import WORDS, health
from tests.helpers.plot_bench import PlotBench
from tests.helpers.projects import circle, trainable


def opened(qtbot: QtBot, project: Project | None = None) -> PlotBench:
    return PlotBench(qtbot, GradientsPlot, project or circle(), (620, 200))


def test_each_bar_is_the_root_mean_square_of_the_layers_gradient(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.train(5)
    examples = bench.live.prepared.train
    inputs = {node: array[:256] for node, array in examples.inputs.items()}
    targets = {node: array[:256] for node, array in examples.targets.items()}
    found = bench.network().gradients(inputs, targets, losses_of(bench.store.project))
    for layer in bench.plot.board.layers:
        own = [np.ravel(array) for name, array in found.items() if name.startswith(layer.node)]
        expected = float(np.sqrt(np.mean(np.concatenate(own) ** 2)))
        assert layer.rms == pytest.approx(expected, rel=1e-6)
        share = (np.log10(expected) - LOWEST) / (HIGHEST - LOWEST)
        assert bench.plot.board.bar_share(layer) == pytest.approx(share)


def test_a_deep_chain_of_sigmoids_vanishes(qtbot: QtBot) -> None:
    deep = trainable("circle", (4,) * 8, activation="sigmoid", training={"seed": 1})
    bench = opened(qtbot, deep)
    words = {layer.node: layer.word for layer in bench.plot.board.layers}
    assert words["dense_1"] == "vanishing"
    assert words["dense_9"] == "healthy"


def test_words_for_sizes() -> None:
    assert health(0.1, 0.2) == "healthy"
    assert health(1e-5, 0.2) == "vanishing"
    assert health(50.0, 50.0) == "exploding"
    assert health(float("inf"), 1.0) == "exploding"
    assert health(1e-9, 1e-9) == "resting"
    assert health(0.0, 0.2) == "vanishing"
    assert {"healthy", "vanishing", "exploding", "resting"} == set(WORDS)


def test_a_row_selects_its_layer_and_explains_its_word(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    board = bench.plot.board
    at = board.rect().topLeft()
    at.setX(40)
    at.setY(round(1.5 * board._height()))
    assert "Dense 2" in board.tip_at(at)
    assert "\n" in board.tip_at(at)
    bench.click(board, at)
    assert bench.selection.nodes == frozenset(["dense_2"])


def test_without_data_a_sentence_stands_there(qtbot: QtBot) -> None:
    bench = opened(qtbot, Project(graph=circle().graph))
    assert bench.plot.is_empty
