"""What the plots are made of: decimation, ranges, ticks, shades."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from nnstudio.data import Table, propose
from nnstudio.data.spec import Source
from nnstudio.data.table import category_column, number_column
from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.ui.plots import PLOTS
from nnstudio.ui.plots.decimate import BINS, envelope, means, measured, smoothed
from nnstudio.ui.plots.output import OutputPlot
from nnstudio.ui.plots.ranges import Held, round_up
from nnstudio.ui.plots.shades import SIDE, shade
from nnstudio.ui.plots.ticks import linear_ticks, logarithmic_ticks
from nnstudio.ui.theme import DARK, LIGHT, Theme
from tests.helpers.plot_bench import PlotBench
from tests.helpers.projects import circle


def test_long_curves_keep_their_extremes_in_few_points(rng: np.random.Generator) -> None:
    x, y = np.arange(100_000.0), rng.normal(size=100_000)
    y[77_777] = 40.0
    band_x, band_y = envelope(x, y)
    assert len(band_x) == len(band_y) <= 2 * BINS
    assert band_y.max() == 40.0
    assert band_y.min() == y.min()
    line_x, line_y = means(x, y)
    assert len(line_x) <= BINS + 2
    assert (line_y[0], line_y[-1]) == (y[0], y[-1])


def test_short_curves_are_drawn_exactly(rng: np.random.Generator) -> None:
    x, y = np.arange(BINS * 1.0), rng.normal(size=BINS)
    np.testing.assert_array_equal(means(x, y)[1], y)
    np.testing.assert_array_equal(envelope(x, y)[1], y)


def test_smoothing_keeps_a_constant_and_calms_noise(rng: np.random.Generator) -> None:
    np.testing.assert_allclose(smoothed(np.full(200, 3.0)), 3.0)
    noise = rng.normal(size=200)
    assert np.std(smoothed(noise)) < 0.6 * np.std(noise)


def test_what_was_not_measured_leaves_no_gap() -> None:
    x, y = measured(np.arange(4.0), np.array([1.0, np.nan, 3.0, np.inf]))
    assert x.tolist() == [0.0, 2.0]
    assert y.tolist() == [1.0, 3.0]


@given(st.floats(1e-9, 1e9))
def test_easy_numbers_are_never_below(value: float) -> None:
    assert value * (1 - 1e-9) <= round_up(value) <= 2.01 * value


def test_a_held_range_only_grows() -> None:
    held = Held()
    held.include(0.1, 0.8)
    assert held.linear() == (0.0, 0.8)
    held.include(0.2, 0.3)
    assert held.linear() == (0.0, 0.8)
    held.include(0.2, 1.1)
    assert held.linear() == (0.0, 1.5)
    assert held.logarithmic() == (-1.0, 0.5)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(1, 8))
def test_ticks_lie_inside_and_are_few(low: float, span: float, most: int) -> None:
    ticks = linear_ticks(low, low + span, most)
    slack = 1e-6 * max(1.0, abs(low), span)
    assert len(ticks) <= most + 1
    assert all(low - slack <= tick <= low + span + slack for tick in ticks)


def test_logarithmic_ticks_fill_a_decade_with_two_and_five() -> None:
    shown = [round(10**tick, 6) for tick in logarithmic_ticks(-1.0, 0.0, 6)]
    assert shown == [0.1, 0.2, 0.5, 1.0]
    assert logarithmic_ticks(-6.0, 0.0, 4) == [-6.0, -4.0, -2.0, 0.0]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_surest_places_wear_the_class_colour(theme: Theme) -> None:
    values = np.zeros((16, 16, 1), np.float32)
    values[:, 8:] = 1.0
    picture = shade(values, 2, 1.0, theme)
    assert picture.shape == (SIDE, SIDE, 3)
    left, right = picture[50, 10].astype(int), picture[50, -10].astype(int)
    assert left[0] > left[2]  # orange: class 0
    assert right[2] > right[0]  # blue: class 1


def test_classes_have_a_border_without_colours() -> None:
    values = np.zeros((8, 8, 3), np.float32)
    values[:, :4, 0] = values[:, 4:, 2] = 1.0
    picture = shade(values, 3, 1.0, LIGHT).astype(int).sum(axis=2)
    middle = picture[40, SIDE // 2 - 3 : SIDE // 2 + 3]
    assert middle.min() < picture[40, 5]


@pytest.mark.parametrize("kind", PLOTS, ids=lambda kind: kind.id)
@pytest.mark.parametrize("size", [(420, 115), (300, 150), (230, 500), (900, 400)])
def test_every_plot_lives_in_any_place(qtbot: QtBot, kind: type, size: tuple[int, int]) -> None:
    bench = PlotBench(qtbot, kind, circle(), size)
    bench.train(3)
    plot = bench.plot
    assert not plot.is_empty
    if size[0] > size[1]:
        assert plot.minimumSizeHint().height() <= 116  # what is left at 1024×700
        assert plot.minimumSizeHint().width() <= 290
    for mode in ("dark", "light"):
        bench.themes.set_mode(mode)
        assert not plot.grab().isNull()
    bench.themes.set_presentation(True)
    bench.speak("ko")
    bench.settle()
    assert not plot.grab().isNull()


def test_ids_and_titles_of_the_tabs() -> None:
    ids = [kind.id for kind in PLOTS]
    assert ids == ["loss", "weights", "signals", "gradients", "output", "data"]
    assert all(kind.title and kind.icon.startswith("mdi6.") for kind in PLOTS)


@pytest.mark.parametrize("kind", PLOTS, ids=lambda kind: kind.id)
def test_no_number_outlives_its_network(qtbot: QtBot, kind: type) -> None:
    bench = PlotBench(qtbot, kind, circle())
    bench.train(2)
    assert not bench.plot.is_empty
    bench.store.replace(Project())
    bench.settle()
    assert bench.plot.is_empty
    bench.store.replace(circle())
    bench.settle()
    assert bench.plot.is_empty == (kind.id == "loss")


@pytest.mark.parametrize("kind", PLOTS, ids=lambda kind: kind.id)
def test_a_run_gone_mad_is_drawn_without_complaint(qtbot: QtBot, kind: type) -> None:
    wild = circle(explosion_guard=False, optimizer="sgd", learning_rate=1000.0)
    wild = edits.set_setting(wild, "dense_1", "activation", "identity")
    wild = edits.set_setting(wild, "dense_2", "activation", "identity")
    bench = PlotBench(qtbot, kind, wild)
    bench.train(6)
    bench.store.apply("NaN", edits.set_weight, "dense_1/weight", (0, 0), 1e300)
    bench.settle()
    assert not bench.plot.grab().isNull()


def test_missing_values_leave_points_out(qtbot: QtBot) -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=40)
    table = Table(
        (
            number_column("a", [None if i % 7 == 0 else v for i, v in enumerate(x)]),
            number_column("b", rng.normal(size=40).tolist()),
            category_column("c", rng.choice(["p", "q"], 40).tolist()),
        )
    )
    spec = propose(table, Source("embedded", "table"), "c")
    project = edits.bind_data(circle().but(data=None), spec, {"table": table})
    bench = PlotBench(qtbot, OutputPlot, project)
    drawn = sum(len(item.getData()[0]) for item in bench.plot.views["map"].cloud._items)
    assert drawn == sum(i % 7 != 0 for i in range(40))
