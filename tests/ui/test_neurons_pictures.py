"""Large layers and picture inputs in the neuron view: tiles, samples, pixels to type on."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnstudio.data import datasets
from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine import layers
from nnstudio.ui.neurons.marks import more_box, tile_box
from nnstudio.ui.selection import Entry
from tests.helpers.neuron_bench import Bench, chain, xor

Open = Callable[[Project], Bench]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    made: list[Bench] = []

    def open_(project: Project) -> Bench:
        made.append(Bench(qtbot, project))
        return made[-1]

    yield open_
    for bench in made:
        bench.close()


def digits(hidden: int = 30) -> Project:
    """Return 5×5 digits read by one hidden layer."""
    net = chain(
        layers.Input(),
        layers.Dense(hidden, activation="relu"),
        layers.Dense(5, activation="softmax"),
        layers.Output(),
    )
    return edits.bind_data(net, datasets["digits5x5"].default_spec())


def test_a_pixel_of_a_tile_is_a_weight_to_type(opened: Open) -> None:
    bench = opened(digits())
    board = bench.view.board
    group = board.anatomy.groups["dense_1"]
    assert board.anatomy.groups["input_1"].grid == (5, 5)
    box = tile_box(board, group, 2)
    pixel = bench.at(box.left() + box.width() * 0.3, box.top() + box.height() * 0.7)
    bench.click(pixel)
    assert bench.selection.entry == Entry("dense_1/weight", (3 * 5 + 1, 2))
    bench.type("2.5")
    assert bench.weight("dense_1/weight")[16, 2] == 2.5


def test_more_turns_to_the_next_neurons(opened: Open) -> None:
    bench = opened(digits())
    board = bench.view.board
    group = board.anatomy.groups["dense_1"]
    before = board.layout.places["dense_1"].shown.tolist()
    box = more_box(board, group, bench.view.camera.scale).center()
    bench.click(bench.at(box.x(), box.y()))
    assert board.layout.places["dense_1"].shown[0] == before[-1] + 1


def test_784_200_10_opens_and_draws(opened: Open) -> None:
    net = chain(
        layers.Input((28, 28)),
        layers.Flatten(),
        layers.Dense(200, activation="sigmoid"),
        layers.Dense(10, activation="softmax"),
        layers.Output(),
    )
    bench = opened(net)
    assert bench.view.board.anatomy.groups["input_1"].grid == (28, 28)
    bench.click(bench.of_neuron("dense_1", 3))
    assert bench.selection.neuron == ("dense_1", 3)
    assert not bench.view.grab().isNull()


def test_many_lines_stay_quick_and_none_is_an_item(opened: Open) -> None:
    bench = opened(chain(layers.Input((40,)), layers.Dense(40), layers.Dense(40), layers.Output()))
    assert len(bench.view.picture.items()) < 30
    assert not bench.view.grab().isNull()
    bench.view.commands.toggle_mode()
    assert bench.view.board.values.mode == "signals"
    assert not bench.view.grab().isNull()


def test_another_project_language_and_theme_are_drawn(opened: Open) -> None:
    bench = opened(xor())
    bench.store.replace(digits(6))
    bench.qtbot.waitUntil(lambda: "dense_2" in bench.view.board.values.signals)
    bench.view.retranslate()
    assert "dense_2" in bench.view.board.values.signals
    bench.view.themes.set_mode("dark")
    picture = bench.view.grab().toImage()
    assert picture.pixelColor(5, 5) == QColor(bench.view.themes.theme.canvas)
    bench.store.replace(Project())
    assert not bench.view.grab().isNull()


def test_plus_is_solid_and_minus_dashed(opened: Open) -> None:
    bench = opened(xor())
    for index, value in (((0, 0), 4.0), ((1, 1), -4.0)):
        bench.store.apply("w", edits.set_weight, "dense_1/weight", index, value, half="weights")
    for index in ((0, 1), (1, 0)):
        bench.store.apply("cut", edits.cut, "dense_1/weight", index)
    picture = bench.view.grab().toImage()
    ground = QColor(bench.view.themes.theme.canvas)

    def painted(row: int) -> list[bool]:
        line = bench.view.board.line(Entry("dense_1/weight", (row, row)))
        assert line is not None
        share = np.linspace(0.2, 0.8, 120)
        points = line[:2] + share[:, None] * (line[2:] - line[:2])
        return [picture.pixelColor(bench.at(x, y)) != ground for x, y in points]

    assert all(painted(0))
    assert not all(painted(1))
    assert any(painted(1))


def test_a_resized_window_still_shows_every_neuron(opened: Open) -> None:
    bench = opened(xor())
    for width, height in ((400, 300), (1400, 420), (500, 900)):
        bench.view.resize(width, height)
        for id, place in bench.view.board.layout.places.items():
            for unit in place.shown.tolist():
                at: QPoint = bench.of_neuron(id, unit)
                assert bench.view.viewport().rect().contains(at)


def test_view_state_comes_back_and_nonsense_is_ignored(opened: Open) -> None:
    bench = opened(xor())
    bench.view.commands.set_mode("signals")
    bench.view.zoom_in()
    state = bench.view.view_state()
    bench.view.fit()
    bench.view.commands.set_mode("weights")
    bench.view.restore_view(state)
    assert bench.view.view_state() == state
    for nonsense in (None, {}, {"zoom": "x"}, [1]):
        bench.view.restore_view(nonsense)
    assert bench.view.view_state() == state


def test_a_click_right_opens_the_menu_of_a_neuron(opened: Open) -> None:
    bench = opened(xor())
    bench.click(bench.of_neuron("dense_1", 0), Qt.MouseButton.RightButton)
    (menu,) = [child for child in bench.view.children() if child.inherits("QMenu")]
    texts = [action.text().partition("\t")[0] for action in menu.actions()]
    assert texts == ["Switch off", "Lock or unlock", "Type the bias"]
    menu.actions()[0].trigger()
    menu.close()
    assert bench.view.board.off["dense_1"] == {0}
