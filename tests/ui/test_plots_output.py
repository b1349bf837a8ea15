"""The output dock: every picture shows the network's own answers."""

import numpy as np
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from nnstudio.document.project import Project
from nnstudio.engine.metrics import confusion_matrix
from nnstudio.ui.plots.output import OutputPlot
from nnstudio.ui.plots.part_bar import FittingLabel
from tests.helpers.plot_bench import PlotBench
from tests.helpers.projects import circle, trainable

CLOSE = 1e-5  # pictures are float32


def opened(
    qtbot: QtBot, project: Project | None = None, size: tuple[int, int] = (420, 260)
) -> PlotBench:
    """Return a shown output dock, of the circle unless told otherwise."""
    return PlotBench(qtbot, OutputPlot, project or circle(), size)


def iris() -> Project:
    return trainable("iris", (5,), training={"seed": 2})


def test_the_map_shows_what_the_network_answers_at_each_place(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.train(20)
    seen = bench.plot.views["map"]
    found = seen._map
    x0, x1, y0, y1 = found.plane.extent
    side = len(found.values)
    row, column = 11, 50
    x = x0 + (column + 0.5) / side * (x1 - x0)
    y = y0 + (row + 0.5) / side * (y1 - y0)
    encoded = bench.live.reading.encode({"x1": [x], "x2": [y]})
    answer = float(np.asarray(bench.network().predict(encoded)).ravel()[0])
    assert abs(float(found.values[row, column, 0]) - answer) < CLOSE
    share = answer if answer >= 0.5 else 1 - answer
    assert seen.answer_at(x, y).endswith(f"{bench.themes.number(100 * share, 3)} %")


def test_every_row_is_a_point_and_held_out_ones_are_hollow(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    cloud = bench.plot.views["map"].cloud
    prepared = bench.live.prepared
    counts = {points.part: len(points.rows) for points in cloud.points}
    assert counts == {
        "training": len(prepared.train),
        "validation": len(prepared.validation),
        "test": len(prepared.test),
    }
    panel, symbols = bench.themes.theme.panel, set()
    for item in cloud._items:
        hollow = item.opts["brush"].color().name() == panel
        assert hollow == (item.zValue() == 10)
        symbols.add(item.opts["symbol"])
    assert len(symbols) == 2  # the class is a shape, not only a colour


def test_a_click_on_a_point_makes_its_row_the_example(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    seen = bench.plot.views["map"]
    points = next(found for found in seen.cloud.points if found.part == "training")
    for place in (17, 40):
        at = seen.chart.place_of(points.x[place], points.y[place])
        bench.click(seen.chart.viewport(), at)
        chosen = bench.live.example
        if isinstance(chosen, int):
            far = np.hypot(points.x[chosen] - points.x[place], points.y[chosen] - points.y[place])
            assert far < 0.6  # the nearest of crowded points
    bench.settle()
    ring = seen.cloud.ring.getData()
    example = bench.live.snapshot.example.raw
    assert (ring[0][0], ring[1][0]) == (example["x1"], example["x2"])


def test_a_click_on_an_empty_place_asks_for_that_place(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    seen = bench.plot.views["map"]
    corner = seen.chart.place_of(5.3, 5.3)
    bench.click(seen.chart.viewport(), corner)
    assert isinstance(bench.live.example, dict)
    assert abs(bench.live.example["x1"] - 5.3) < 0.2


def test_any_number_of_classes_gets_a_map(qtbot: QtBot) -> None:
    bench = opened(qtbot, trainable("blobs", (6,), training={"seed": 1}))
    bench.train(10)
    image = bench.plot.views["map"].image.image
    assert image.shape[2] == 3
    assert len(bench.plot.key.rows) == 3 + 2
    assert len({row.shape for row in bench.plot.key.rows[:3]}) == 3


def test_numbers_over_a_plane_are_a_map_with_a_scale(qtbot: QtBot) -> None:
    bench = opened(qtbot, trainable("plane", (3,)))
    assert bench.plot.switch.current == "map"
    assert not bench.plot.is_empty
    assert [row.text[0] for row in bench.plot.key.rows[1:2]] == ["−"]


def test_the_confusion_matrix_counts_what_the_network_confuses(qtbot: QtBot) -> None:
    bench = opened(qtbot, iris())
    bench.train(15)
    view = bench.plot.confusion
    assert bench.plot.switch.current == "confusion"
    network, prepared = bench.network(), bench.live.prepared
    for part, examples in (("training", prepared.train), ("test", prepared.test)):
        view.bar.switch.buttons[part].click()
        answers = np.asarray(network.predict(examples.inputs))
        target = next(iter(examples.targets.values()))
        np.testing.assert_array_equal(view.matrix.counts, confusion_matrix(answers, target, 3))
        right = int(np.trace(view.matrix.counts))
        assert view.bar.told.text().endswith(f"% right · {right}/{len(target)}")


def test_a_narrow_line_shows_the_share_whole_or_not_at_all(qtbot: QtBot) -> None:
    label = FittingLabel()
    qtbot.addWidget(label)
    label.tell("58.3 % right · 14/24", "14/24")
    whole, short = (label.fontMetrics().horizontalAdvance(text) for text in (label.text(), "14/24"))
    for width, text in ((whole, label.text()), (whole - 1, "14/24"), (short - 1, "")):
        label.resize(width, 20)
        assert label.shown() == text


def test_a_cell_lists_its_rows_and_a_row_becomes_the_example(qtbot: QtBot) -> None:
    bench = opened(qtbot, iris())
    bench.train(15)
    matrix = bench.plot.confusion.matrix
    bench.plot.confusion.bar.switch.buttons["training"].click()
    true = int(np.argmax(np.diag(matrix.counts)))
    count = int(matrix.counts[true, true])
    bench.click(matrix, matrix.cell_rect(true, true).center())
    bench.settle()
    assert bench.plot.switch.current == "table"
    model = bench.plot.answers.model
    assert model.rowCount() == count
    bench.plot.answers.table.clicked.emit(model.index(0, 0))
    row = int(bench.live.prepared.train.rows[bench.live.example])
    assert row == model.table_row(0)


def test_the_table_marks_wrong_rows(qtbot: QtBot) -> None:
    bench = opened(qtbot, iris())
    bench.plot.switch.buttons["table"].click()
    bench.settle()
    answers = bench.plot.answers
    answers.bar.switch.buttons["training"].click()
    answers.wrong_only.setChecked(True)
    found = bench.live.snapshot.predictions.training
    wrong = int((found.true != found.predicted).sum())
    assert 0 < wrong == answers.model.rowCount()
    assert answers.model.data(answers.model.index(0, 2)).startswith("✗")


def test_one_input_gives_a_curve_through_the_points(qtbot: QtBot) -> None:
    bench = opened(qtbot, trainable("sine", (5,), training={"seed": 4}))
    bench.train(10)
    seen = bench.plot.views["curve"]
    assert bench.plot.switch.current == "curve"
    x, y = seen.lines[0].getData()
    encoded = bench.live.reading.encode({seen._curve.column: x[::50]})
    answers = np.asarray(bench.network().predict(encoded))
    decoded = bench.live.reading.fitted.decode_target((), answers)[:, 0]
    np.testing.assert_allclose(y[::50], decoded, atol=CLOSE)


def test_numbers_are_compared_with_the_truth(qtbot: QtBot) -> None:
    bench = opened(qtbot, trainable("diabetes", (4,), training={"seed": 4}))
    bench.train(5)
    seen = bench.plot.views["scatter"]
    assert bench.plot.switch.current == "scatter"
    points = next(found for found in seen.cloud.points if found.part == "test")
    examples = bench.live.prepared.test
    answers = np.asarray(bench.network().predict(examples.inputs))
    decoded = bench.live.reading.fitted.decode_target((), answers)[:, 0]
    np.testing.assert_allclose(points.y, decoded)
    bench.plot.switch.buttons["table"].click()
    bench.settle()
    model = bench.plot.answers.model
    shown = model.data(model.index(0, 3))
    found = bench.live.snapshot.predictions.validation
    error = float(found.predicted[0, 0] - found.true[0, 0])
    assert shown == bench.themes.number(error)


def test_without_data_a_sentence_says_what_is_missing(qtbot: QtBot) -> None:
    bench = opened(qtbot, Project(graph=circle().graph))
    assert bench.plot.is_empty
    bench.speak("ko")
    assert "데이터" in bench.plot.empty.text()


def test_other_data_brings_another_picture(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    assert bench.plot.switch.current == "map"
    bench.store.replace(iris())
    qtbot.waitUntil(lambda: bench.plot.switch.current == "confusion")
    qtbot.waitUntil(lambda: len(bench.plot.confusion.matrix.counts) == 3)


def test_class_names_are_translated_and_speak_in_tooltips(qtbot: QtBot) -> None:
    bench = opened(qtbot, iris())
    bench.speak("ko")
    bench.settle()
    matrix = bench.plot.confusion.matrix
    assert matrix.names[0] == "세토사"
    cell = matrix.cell_rect(0, 0).center().toPoint()
    assert "세토사" in matrix.tip_at(cell)
    assert matrix.tip_at(QPoint(0, 0)) == ""
