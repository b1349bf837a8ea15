"""Kept pictures of cards: the same to the eye, dropped when something changes or room is short."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

from nnstudio.ui.canvas.items.pictures import Pictures
from nnstudio.ui.canvas.items.signals import dots_image
from nnstudio.ui.canvas.stage import Stage
from nnstudio.ui.theme import LIGHT, signed_color
from tests.helpers.canvas_bench import Bench, small


def seen(bench: Bench) -> np.ndarray:
    picture = bench.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), np.uint8)
    return pixels.reshape(picture.height(), picture.width(), 4)[:, :, :3].astype(int)


@pytest.mark.parametrize("zoom", [0.3, 0.45, 0.84, 1.22])
def test_a_kept_picture_looks_like_the_card_itself(qtbot: QtBot, zoom: float) -> None:
    bench = Bench(qtbot, small())
    bench.view.camera.look(zoom, bench.view.canvas_scene.content().center())
    stage = bench.view.canvas_scene.stage
    stage.pictures.clear()
    painted, made, copied = (seen(bench) for _ in range(3))
    assert len(stage.pictures) == 4
    assert np.abs(painted - made).max() <= 2
    assert np.array_equal(made, copied)


def test_a_change_is_seen_at_once(qtbot: QtBot) -> None:
    bench = Bench(qtbot, small())
    for _ in range(3):
        before = seen(bench)
    bench.selection.select(("dense_1",))
    after = seen(bench)
    assert np.abs(after - before).max() > 60
    bench.selection.select(())
    assert np.abs(seen(bench) - before).max() <= 2
    bench.themes.set_mode("dark")
    assert seen(bench).mean() < 90


def test_pictures_are_made_the_second_time_and_the_oldest_go_first() -> None:
    made: list[str] = []

    def draw(id: str) -> QPixmap:
        made.append(id)
        return QPixmap(10, 10)

    pictures = Pictures(budget=900)
    for id in ("a", "b"):
        assert pictures.find(id, 1, lambda id=id: draw(id)) is None
        assert pictures.find(id, 1, lambda id=id: draw(id)) is not None
        assert pictures.find(id, 1, lambda id=id: draw(id)) is not None
    assert made == ["a", "b"]
    assert pictures.find("a", 2, lambda: draw("a")) is None, "another look"
    assert pictures.find("c", 1, lambda: draw("c")) is None
    assert pictures.find("c", 1, lambda: draw("c")) is not None
    assert len(pictures) == 2
    assert pictures.find("a", 2, lambda: draw("a")) is not None
    assert len(pictures) == 2, "b has gone"
    pictures.clear()
    assert len(pictures) == 0


def test_dots_have_the_colours_of_the_values(qtbot: QtBot) -> None:
    bench = Bench(qtbot, small())
    face = bench.view.canvas_scene.cards["dense_1"].face
    values = np.array([1.0, -0.5, np.nan])
    left, top, image = dots_image(face, values, 1.0, LIGHT, False, 2.0)
    middles = [(2.0 * (16.0 + 12.6 * k) - left, 2.0 * 56.0 - top) for k in range(4)]
    colors = [image.pixelColor(int(x), int(y)) for x, y in middles]
    wanted = [signed_color(LIGHT, v, 1.0) for v in (1.0, -0.5)] + [QColor(LIGHT.bad)]
    for color, right in zip(colors, wanted, strict=False):
        assert all(abs(a - b) <= 2 for a, b in zip(color.getRgb(), right.getRgb(), strict=True))
    assert colors[3].lightness() > 180, "pale while unknown"
    assert image.pixelColor(0, 0) == QColor(Qt.GlobalColor.transparent)


def test_strengths_of_all_nodes_are_found_at_once() -> None:
    stage = Stage(LIGHT)
    stage.show({"a": np.array([[3.0, -1.0]]), "empty": np.zeros(0), "b": np.array([0.0, 0.5])})
    assert stage.limits == {"a": 3.0, "b": 0.5}
    assert stage.strength("a") == pytest.approx(2 / 3)
    assert stage.strength("b") == pytest.approx(0.5)
    assert stage.strength("empty") == 0.0
    stage.show({"a": np.array([np.inf, 1.0])})
    assert stage.strength("a") == 1.0
    assert stage.limits["a"] == 3.0
    assert stage.strength("b") == 0.0, "no longer shown"
