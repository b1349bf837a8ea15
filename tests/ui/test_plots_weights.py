"""The weights dock shows, selects and counts the numbers of the document."""

import numpy as np
from pytestqt.qtbot import QtBot

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.ui.plots.matrix_layout import Place
from nnstudio.ui.plots.weights import WeightsPlot
from nnstudio.ui.selection import Entry
from tests.helpers.plot_bench import PlotBench
from tests.helpers.projects import circle, trainable


def opened(qtbot: QtBot, project: Project | None = None) -> PlotBench:
    return PlotBench(qtbot, WeightsPlot, project or circle(), (700, 200))


def place_of(bench: PlotBench, name: str) -> Place:
    found = bench.plot.board.layout_now()[1]
    return next(place for place in found if place.array.name == name)


def test_every_array_is_shown_as_it_is(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.train(10)
    weights = bench.network().weights
    shown = {array.name: array for block in bench.plot.blocks for array in block.arrays}
    assert set(shown) == set(weights)
    for name, array in shown.items():
        np.testing.assert_array_equal(array.values.reshape(weights[name].shape), weights[name])


def test_a_cell_tells_and_selects_its_connection(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    place = place_of(bench, "dense_1/weight")
    at = place.rect(1, 2).center().toPoint()
    value = bench.themes.number(float(bench.network().weights["dense_1/weight"][1, 2]), 6)
    assert bench.plot.board.tip_at(at) == f"x₂ → h₃⁽¹⁾ = {value}"
    bench.click(bench.plot.board, at)
    assert bench.selection.entry == Entry("dense_1/weight", (1, 2))
    # the selected layer now stands alone
    assert [block.node for block in bench.plot.board.blocks] == ["dense_1"]


def test_a_bias_is_selected_by_one_index(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    place = place_of(bench, "dense_2/bias")
    bench.click(bench.plot.board, place.rect(0, 1).center())
    assert bench.selection.entry == Entry("dense_2/bias", (1,))


def test_a_cut_connection_is_hatched_and_not_counted(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.store.apply("cut", edits.cut, "dense_1/weight", (0, 0))
    bench.settle()
    place = place_of(bench, "dense_1/weight")
    tip = bench.plot.board.tip_at(place.rect(0, 0).center().toPoint())
    assert tip.endswith("cut: counts as 0")
    picture = bench.plot.board.grab().toImage()
    cell = place.rect(0, 0)
    colors = {
        picture.pixelColor(x, y).name()
        for x in range(int(cell.left()) + 3, int(cell.right()) - 3)
        for y in range(int(cell.top()) + 3, int(cell.bottom()) - 3)
    }
    assert len(colors) >= 2
    bench.plot.switch.buttons["histogram"].click()
    assert bench.plot.histogram.counts.sum() == bench.network().parameter_count - 1


def test_the_histogram_counts_the_selected_layer(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.selection.select(nodes=["dense_2"])
    bench.plot.switch.buttons["histogram"].click()
    assert bench.plot.histogram.counts.sum() == 4 * 2 + 2
    assert bench.plot.histogram.edges[0] == -bench.plot.limit


def test_the_scale_is_symmetric_and_covers_every_weight(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.train(10)
    largest = max(float(np.abs(array).max()) for array in bench.network().weights.values())
    assert bench.plot.limit >= largest
    number = bench.themes.number
    texts = [row.text for row in bench.plot.key.rows]
    assert texts == [number(bench.plot.limit, 3), "0", number(-bench.plot.limit, 3)]


def test_a_large_matrix_is_averaged_not_cut_off(qtbot: QtBot) -> None:
    bench = opened(qtbot, trainable("digits8x8", (400,)))
    assert not bench.plot.board.grab().isNull()
    place = place_of(bench, "dense_1/weight")
    at = place.rect(63, 399).center().toPoint()
    assert bench.plot.board.entry_at(at) is not None


def test_a_network_without_weights_says_so(qtbot: QtBot) -> None:
    bench = opened(qtbot, Project())
    assert bench.plot.is_empty
    bench.speak("ko")
    assert "가중치" in bench.plot.empty.text()


def test_negative_cells_differ_from_positive_ones_in_both_themes(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    for mode in ("light", "dark"):
        bench.themes.set_mode(mode)
        theme = bench.themes.theme
        colors = [row.color for row in bench.plot.key.rows]
        assert colors == [theme.positive, theme.border, theme.negative]
