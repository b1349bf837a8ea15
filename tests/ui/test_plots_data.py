"""The data dock: the table as it is, quick for long tables."""

from time import perf_counter

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnstudio.data import Table, propose
from nnstudio.data.spec import Source
from nnstudio.data.table import category_column, number_column
from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.exchange.templates import load_template
from nnstudio.ui.plots.data import DataPlot
from nnstudio.ui.plots.data_model import PARTS
from tests.helpers.plot_bench import PlotBench
from tests.helpers.projects import circle

DOWN = Qt.SortOrder.DescendingOrder


def opened(qtbot: QtBot, project: Project | None = None, height: int = 240) -> PlotBench:
    return PlotBench(qtbot, DataPlot, project or load_template("iris"), (520, height))


def test_cells_hold_the_table_and_say_the_part(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    model, reading = bench.plot.model, bench.live.reading
    assert model.rowCount() == reading.table.row_count == 150
    value = reading.table.fields[0].values[7]
    assert model.data(model.index(7, 1)) == bench.themes.number(float(value), 6)
    parts = (reading.prepared.train, reading.prepared.validation, reading.prepared.test)
    for place, examples in enumerate(parts):
        row = int(examples.rows[3])
        sign, word = PARTS[place]
        assert model.data(model.index(row, 0)) == f"{row + 1}  {sign} {word}"


def test_a_click_makes_the_row_the_current_example(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    train = bench.live.prepared.train
    row = int(train.rows[5])
    bench.plot.table.clicked.emit(bench.plot.model.index(row, 2))
    assert bench.live.example == 5
    held_out = int(bench.live.prepared.test.rows[0])
    bench.plot.table.clicked.emit(bench.plot.model.index(held_out, 2))
    name = bench.live.reading.table.fields[0].name
    assert bench.live.example[name] == bench.live.reading.table.fields[0].values[held_out]


def test_the_current_example_is_marked(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    bench.live.set_example(9)
    bench.settle()
    row = bench.plot.table.currentIndex().row()
    assert row == int(bench.live.prepared.train.rows[9])


def test_heads_name_role_and_kind_and_sketch_the_values(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    head = bench.plot.head
    assert head.words(1) == "input · number"
    assert head.words(5) == "target · category"
    assert head.counts(1).sum() == 150
    np.testing.assert_array_equal(head.counts(5), [50, 50, 50])
    assert head.sketched
    bench.plot.resize(520, 120)
    assert not head.sketched
    bench.speak("ko")
    assert head.words(1) == "입력 · 숫자"


def test_sorting_keeps_rows_whole(qtbot: QtBot) -> None:
    bench = opened(qtbot)
    model, table = bench.plot.model, bench.plot.table
    table.sortByColumn(1, DOWN)
    values = bench.live.reading.table.fields[0].values
    shown = [values[model.table_row(row)] for row in range(model.rowCount())]
    assert shown == sorted(values.tolist(), reverse=True)
    bench.plot.table.clicked.emit(model.index(0, 1))
    picked = model.table_row(0)
    example = bench.live.example
    found = (
        int(bench.live.prepared.train.rows[example])
        if isinstance(example, int)
        else next(row for row in range(150) if values[row] == max(values))
    )
    assert found == picked


def test_pictures_are_drawn_in_their_cells(qtbot: QtBot) -> None:
    bench = opened(qtbot, load_template("digits_5x5"))
    model = bench.plot.model
    picture = model.data(model.index(0, 1), Qt.ItemDataRole.DecorationRole)
    assert picture is not None
    assert not picture.isNull()


def long_table(rows: int) -> Project:
    rng = np.random.default_rng(1)
    table = Table(
        (
            number_column("키", rng.normal(size=rows).tolist()),
            number_column("몸무게", rng.normal(size=rows).tolist()),
            category_column("반", rng.choice(["가", "나"], rows).tolist()),
        )
    )
    spec = propose(table, Source("embedded", "table"), "반")
    return edits.bind_data(circle().but(data=None), spec, {"table": table})


def test_a_hundred_thousand_rows_are_scrolled_without_waiting(qtbot: QtBot) -> None:
    bench = opened(qtbot, long_table(100_000))
    table = bench.plot.table
    assert bench.plot.model.rowCount() == 100_000
    started = perf_counter()
    for row in (50_000, 99_999, 0):
        table.scrollTo(bench.plot.model.index(row, 0))
        table.grab()
    assert perf_counter() - started < 2.0
    assert bench.plot.model.headerData(1, Qt.Orientation.Horizontal) == "키"


def test_without_data_a_sentence_invites_a_table(qtbot: QtBot) -> None:
    bench = opened(qtbot, Project())
    assert bench.plot.is_empty
