"""The loss dock shows the numbers of the run's log, in every dress."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from nnstudio.document.project import Project
from nnstudio.ui.plots.loss import LossPlot
from tests.helpers.plot_bench import PlotBench
from tests.helpers.projects import circle, trainable


def opened(
    qtbot: QtBot, project: Project | None = None, size: tuple[int, int] = (620, 220)
) -> PlotBench:
    """Return a shown loss dock, of the circle unless told otherwise."""
    return PlotBench(qtbot, LossPlot, project or circle(), size)


def test_a_sentence_stands_there_until_there_is_a_curve(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    assert bench.plot.is_empty
    assert "▶" in bench.plot.empty.text()
    bench.train(3)
    assert not bench.plot.is_empty


def test_the_curve_and_the_caption_are_the_numbers_of_the_log(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.train(40)
    chart, log = bench.plot.loss, bench.live.log
    x, y = chart.lines["training"].getData()
    np.testing.assert_array_equal(x, log.column("epoch"))
    np.testing.assert_array_equal(y, log.column("loss"))
    shown = [mark.value for mark in chart.caption.marks]
    assert shown == [
        bench.themes.number(float(log.column(name)[-1]), 3) for name in ("loss", "validation_loss")
    ]
    assert [mark.dashed for mark in chart.caption.marks] == [False, True]
    accuracy = bench.plot.measure.lines["training"].getData()[1]
    np.testing.assert_allclose(accuracy, 100 * log.column("accuracy"))


def test_hovering_an_epoch_tells_its_values(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.train(20)
    chart = bench.plot.loss
    chart.chart.hovered(QPointF(7.2, 0.1))
    assert "7" in chart.caption.title
    value = float(bench.live.log.column("loss")[bench.live.log.column("epoch") == 7][0])
    assert chart.caption.marks[0].value == bench.themes.number(value, 3)
    chart.chart.hovered(None)
    assert chart.caption.title == ""


def test_the_log_axis_shows_powers_of_ten(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.train(10)
    bench.plot.log_axis.setChecked(True)
    _, y = bench.plot.loss.lines["training"].getData()
    np.testing.assert_allclose(y, np.log10(bench.live.log.column("loss")))
    assert bench.plot.loss.chart.left.tickStrings([-1.0, 0.0], 1, 1) == ["0.1", "1"]


def test_the_range_holds_while_the_loss_falls(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.train(5)
    before = bench.plot.loss.chart.getViewBox().viewRange()
    bench.train(9)
    after = bench.plot.loss.chart.getViewBox().viewRange()
    assert after[1] == before[1]


def test_a_narrow_dock_shows_one_measure_behind_a_switch(qtbot: QtBot) -> None:
    bench = opened(qtbot, size=(330, 130))
    bench.train(4)
    plot = bench.plot
    assert plot.loss.isVisible()
    assert not plot.measure.isVisible()
    plot.switch.buttons["accuracy"].click()
    assert plot.measure.isVisible()
    assert not plot.loss.isVisible()
    assert plot.measure.caption.title == "Accuracy"


def test_numbers_have_error_measures_instead_of_accuracy(qtbot: QtBot) -> None:
    bench = opened(qtbot, trainable("sine", (6,), training={"seed": 1}))
    bench.train(4)
    assert [id for id, b in bench.plot.switch.buttons.items() if b.isVisible()] == [
        "mean_absolute_error",
        "root_mean_squared_error",
        "r2",
    ]


def test_saving_writes_what_the_log_holds(qtbot: QtBot, tmp_path: Path) -> None:
    bench = opened(qtbot)
    bench.train(6)
    bench.plot.save_csv(str(tmp_path / "곡선.csv"))
    lines = (tmp_path / "곡선.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].split(",")[:3] == ["epoch", "iteration", "loss"]
    assert float(lines[-1].split(",")[2]) == bench.live.log.column("loss")[-1]


def test_theme_and_language_change_while_it_is_open(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.train(4)
    bench.themes.set_mode("dark")
    color = bench.plot.loss.lines["training"].opts["pen"].color().name()
    assert color == bench.themes.theme.accent
    bench.speak("ko")
    assert bench.plot.measure.caption.title == "정확도"


def test_the_hovered_epoch_is_named_however_narrow(qtbot: QtBot) -> None:
    bench = opened(qtbot, size=(360, 200))
    bench.train(12)
    chart = bench.plot.loss
    chart.chart.hovered(QPointF(5.0, 0.1))
    assert chart.caption.title == "epoch 5"
    assert chart.caption.keep_title
