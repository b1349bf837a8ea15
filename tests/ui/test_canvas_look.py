"""What the canvas shows: signals while a run goes on, problems, themes, languages, far and near."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio import i18n
from nnstudio.document import edits
from nnstudio.document.problems import problems
from nnstudio.document.project import Project
from nnstudio.engine import layers
from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.face import faces, shape_text
from nnstudio.ui.canvas.items.card import BADGE
from nnstudio.ui.canvas.items.words import FAR, NEAR, level_of
from nnstudio.ui.canvas.stage import Stage
from nnstudio.ui.theme import LIGHT
from tests.helpers.canvas_bench import Bench, row, small
from tests.helpers.projects import circle
from tests.helpers.qt_drag import PieceDrag, press_and_move


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    """A canvas with Input - Dense - Dense - Output."""
    return Bench(qtbot, small())


def pixel(bench: Bench, at: QPoint) -> QColor:
    picture: QImage = bench.view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    return picture.pixelColor(round(at.x() * ratio), round(at.y() * ratio))


def near(a: QColor, b: str, most: int = 24) -> bool:
    c = QColor(b)
    pairs = ((a.red(), c.red()), (a.green(), c.green()), (a.blue(), c.blue()))
    return max(abs(x - y) for x, y in pairs) <= most


def test_a_card_says_what_its_layer_is(bench: Bench) -> None:
    project = bench.project
    face = faces(project, problems(project))["dense_1"]
    assert face.title == "Dense 1"
    assert face.settings == "Neurons 4 · Tanh"
    assert face.shape == "2 → 4"
    assert face.parameters == 12
    assert face.units == 4
    assert face.function == "tanh"
    named = edits.rename(project, "dense_1", "Hidden")
    assert faces(named, ())["dense_1"].title == "Hidden"
    assert faces(named, ())["dense_2"].title == "Dense", "one of a kind needs no number"


def test_shapes_are_written_as_people_do() -> None:
    assert shape_text((28, 28, 1)) == "28×28×1"
    assert shape_text((4,)) == "4"
    assert shape_text(None) == "?"
    project = row(layers.Input((8, 8, 1)), layers.Dense(3), wired=False)
    assert faces(project, ())["dense_1"].shape == "?"
    assert faces(project, ())["input_1"].picture == (8, 8, 1)


def test_signals_are_shown_and_dots_run_only_while_a_run_is_seen(qtbot: QtBot) -> None:
    bench = Bench(qtbot, circle(epochs=100_000))
    bench.themes.reduced_motion = False
    bench.themes.changed.emit()
    stage = bench.view.canvas_scene.stage
    qtbot.waitUntil(lambda: "dense_1" in stage.signals)
    first = stage.signals["dense_1"].copy()
    assert not stage.moving
    bench.live.play()
    assert stage.moving
    phase = bench.view.canvas_scene.dots._phase
    qtbot.waitUntil(lambda: not np.array_equal(stage.signals["dense_1"], first), timeout=5000)
    qtbot.waitUntil(lambda: bench.view.canvas_scene.dots._phase != phase)
    bench.stack.set_depth("neurons")
    assert not stage.moving
    bench.stack.set_depth("layers")
    assert stage.moving
    bench.live.pause()
    qtbot.waitUntil(lambda: bench.live.state != "running", timeout=5000)
    assert not stage.moving
    bench.stack.crossing.stop()


def test_colours_are_held_on_a_scale_that_only_grows() -> None:
    stage = Stage(LIGHT)
    stage.show({"dense_1": np.array([[0.5, -2.0]])})
    stage.show({"dense_1": np.array([0.1, 0.0])})
    assert stage.limits["dense_1"] == 2.0
    assert stage.strength("dense_1") == pytest.approx(0.05 / 2.0)
    stage.show({"dense_1": np.array([np.nan, 1.0])})
    assert stage.limits["dense_1"] == 2.0
    assert stage.strength("nothing") == 0.0
    stage.forget()
    assert stage.signals == {}


def test_a_problem_is_a_badge_that_tells_and_mends(qtbot: QtBot) -> None:
    bench = Bench(qtbot, row(layers.Input((8, 8, 1)), layers.Dense(3), wired=False))
    broken = next(p.node for p in bench.view.sync.problems if p.node and p.fix)
    card = bench.view.canvas_scene.cards[broken]
    assert card.face.severity
    bench.click(bench.view.mapFromScene(card.pos() + BADGE.center()))
    assert bench.view.bubble.isVisible()
    assert bench.view.bubble.button.isVisible()
    before = bench.project
    QTest.mouseClick(bench.view.bubble.button, Qt.MouseButton.LeftButton)
    assert bench.project is not before
    bench.store.undo()
    assert bench.project is before


def test_the_theme_reaches_paper_cards_and_floating_controls(bench: Bench) -> None:
    bench.themes.set_mode("light")
    paper = bench.at(100, 190) + QPoint(4, 5)
    card = bench.at(200 + g.CARD_WIDTH - 30, 14)
    assert near(pixel(bench, paper), bench.themes.theme.canvas)
    assert near(pixel(bench, card), bench.themes.theme.card)
    bench.themes.set_mode("dark")
    QApplication.processEvents()
    assert near(pixel(bench, paper), bench.themes.theme.canvas)
    assert near(pixel(bench, card), bench.themes.theme.card)
    assert bench.themes.theme.panel in bench.stack.zoom_controls.styleSheet()


def test_the_language_reaches_cards_and_controls(bench: Bench) -> None:
    i18n.set_language("en", wrap=lambda text: f"⟦{text}⟧")
    bench.view.retranslate()
    bench.stack.depth_switch.retranslate()
    face = bench.view.canvas_scene.cards["dense_1"].face
    assert "⟦Dense⟧" in face.title
    assert "⟦" in face.settings
    assert bench.stack.depth_switch.buttons["layers"].text() == "⟦Layers⟧"


def test_letters_get_larger_from_far_away_and_in_a_talk() -> None:
    assert level_of(1.0, 1.0) == NEAR
    assert level_of(0.5, 1.0) == FAR
    assert level_of(1.0, 2.0) == FAR
    assert level_of(2.0, 2.0) == NEAR


def test_another_project_is_shown_whole(bench: Bench) -> None:
    many = row(layers.Input((2,)), *(layers.Dense(3) for _ in range(12)))
    bench.store.replace(many)
    frame = bench.view.mapFromScene(bench.view.canvas_scene.content()).boundingRect()
    assert bench.view.viewport().rect().contains(frame)
    assert len(bench.view.canvas_scene.cards) == 13
    assert bench.selection.empty


def test_an_empty_canvas_says_how_to_begin(qtbot: QtBot) -> None:
    bench = Bench(qtbot, Project())
    assert bench.view.empty.isVisible()
    PieceDrag(bench.view, "input").drop(QPoint(500, 300))
    assert not bench.view.empty.isVisible()
    bench.store.undo()
    QTest.mouseClick(bench.view.empty.start, Qt.MouseButton.LeftButton)
    assert len(bench.project.graph.nodes) >= 3
    assert not bench.view.empty.isVisible()


def test_undo_during_a_drag_ends_the_drag(bench: Bench) -> None:
    bench.drag(bench.card("dense_2"), bench.card("dense_2") + QPoint(0, 90))
    press_and_move(bench.view, bench.card("dense_1"), bench.at(300, 200))
    bench.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseRelease(bench.view.viewport(), Qt.MouseButton.LeftButton, pos=bench.at(300, 200))
    assert bench.project.places["dense_1"] == (200, 0)
    assert bench.project.places["dense_2"] == (400, 0)


def test_what_another_view_selects_is_brought_into_sight(bench: Bench) -> None:
    bench.view.camera.zoom_by(1.6)
    bench.view.camera.pan(-3000, 0)
    bench.selection.select(("input_1",))
    frame = bench.view.mapFromScene(bench.view.frame_of("input_1")).boundingRect()
    assert bench.view.viewport().rect().contains(frame)
