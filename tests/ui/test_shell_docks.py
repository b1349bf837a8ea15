"""Panels fold, move, detach, come home and are remembered."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from nnstudio.ui.dock_menu import fill_panels
from nnstudio.ui.docks import Docks
from nnstudio.ui.theme import ThemeManager

PANELS = (
    ("palette", "Layers", "left"),
    ("loss", "Loss", "bottom_left"),
    ("weights", "Weights", "bottom_left"),
    ("output", "Output", "bottom_right"),
    ("inspector", "Settings", "right"),
    ("try_it", "Try it", "right"),
)


@pytest.fixture
def docks(qtbot: QtBot) -> Docks:
    made = Docks(QLabel("canvas"), ThemeManager())
    qtbot.addWidget(made)
    for id, title, area in PANELS:
        made.add(id, title, "mdi6.tune-variant", QLabel(id), area)
    made.resize(1366, 680)
    made.show()
    qtbot.waitExposed(made)
    return made


def area_of(docks: Docks, id: str) -> str:
    return next(panel.area for panel in docks.panels() if panel.id == id)


def test_the_canvas_gets_most_of_the_room(docks: Docks) -> None:
    left, right = docks.frame.groups["left"], docks.frame.groups["right"]
    assert left.width() < 230
    assert right.width() < 300
    assert docks.frame.groups["bottom_left"].height() < 0.4 * docks.height()


def test_a_side_folds_into_its_rail_and_the_rail_unfolds_it(docks: Docks) -> None:
    docks.frame.groups["right"].collapse.emit()
    assert docks.folded("right")
    assert docks.frame.groups["right"].isHidden()
    assert docks.frame.rails["right"].isVisible()
    docks.frame.rails["right"].wanted.emit("try_it")
    assert not docks.folded("right")
    assert docks.frame.groups["right"].current == "try_it"
    assert docks.frame.rails["right"].isHidden()


def test_a_narrow_window_folds_the_palette_until_it_is_wide_again(docks: Docks) -> None:
    docks.resize(900, 540)
    assert docks.folded("left")
    docks.resize(1366, 680)
    assert not docks.folded("left")


def test_what_the_user_folded_stays_folded(docks: Docks) -> None:
    docks.fold("left", True)
    docks.resize(900, 540)
    docks.resize(1366, 680)
    assert docks.folded("left")


def test_the_palette_can_be_unfolded_in_a_narrow_window(docks: Docks) -> None:
    docks.resize(900, 540)
    docks.show_panel("palette")
    assert not docks.folded("left")
    docks.resize(890, 540)
    assert not docks.folded("left")


def test_a_panel_moves_to_another_card(docks: Docks) -> None:
    docks.frame.groups["bottom_right"].dropped.emit("loss")
    assert docks.frame.groups["bottom_right"].ids == ["output", "loss"]
    assert docks.frame.groups["bottom_right"].current == "loss"
    assert area_of(docks, "loss") == "bottom_right"


def test_a_card_without_panels_is_not_shown(docks: Docks) -> None:
    docks.move_panel("output", "bottom_left")
    assert docks.frame.groups["bottom_right"].isHidden()
    docks.move_panel("output", "bottom_right")
    assert docks.frame.groups["bottom_right"].isVisible()


def test_a_detached_panel_comes_home_when_its_window_closes(docks: Docks, qtbot: QtBot) -> None:
    widget = next(panel.widget for panel in docks.panels() if panel.id == "loss")
    docks.detach("loss", QPoint(50, 50))
    assert area_of(docks, "loss") == "detached"
    assert widget.isVisible()
    assert widget.window() is not docks.window()
    widget.window().close()
    assert area_of(docks, "loss") == "bottom_left"
    assert widget.window() is docks.window()
    assert docks.frame.groups["bottom_left"].ids == ["loss", "weights"]
    docks.show_panel("loss")
    assert widget.isVisible()


def test_resetting_brings_everything_home_in_order(docks: Docks) -> None:
    docks.detach("weights", QPoint(10, 10))
    docks.move_panel("palette", "right")
    docks.fold("right", True)
    docks.reset()
    assert docks.frame.groups["bottom_left"].ids == ["loss", "weights"]
    assert docks.frame.groups["bottom_left"].current == "loss"
    assert docks.frame.groups["left"].ids == ["palette"]
    assert not docks.folded("right")


def test_the_layout_is_remembered(docks: Docks, qtbot: QtBot) -> None:
    docks.move_panel("weights", "bottom_right")
    docks.fold("left", True)
    docks.lock(True)
    state = docks.state()
    docks.reset()
    docks.lock(False)
    docks.restore(state)
    assert docks.frame.groups["bottom_right"].ids == ["output", "weights"]
    assert docks.folded("left")
    assert docks.locked


@pytest.mark.parametrize(
    "damaged",
    [
        {},
        {"areas": 3},
        {"areas": {"left": ["nothing"]}, "front": {"left": "x"}},
        {"sizes": {"outer": ["a"], "middle": [0, 0]}},
    ],
)
def test_a_damaged_layout_is_left_as_usual(docks: Docks, damaged: dict) -> None:
    docks.restore(damaged)
    assert docks.frame.groups["left"].ids == ["palette"]


def test_a_locked_layout_can_not_be_torn(docks: Docks) -> None:
    docks.lock(True)
    bar = docks.frame.groups["bottom_left"].bar
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    QTest.mouseMove(bar, bar.tabRect(0).center() - QPoint(0, 200))
    assert area_of(docks, "loss") == "bottom_left"
    assert not any(button.isVisible() for button in [docks.frame.groups["bottom_left"]._button])


def test_tabs_turn_with_the_keyboard(docks: Docks) -> None:
    bar = docks.frame.groups["bottom_left"].bar
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert docks.frame.groups["bottom_left"].current == "weights"


def test_a_talk_shows_one_picture_below(docks: Docks) -> None:
    docks.frame.set_single(True)
    assert docks.frame.groups["bottom_left"].isHidden()
    assert docks.frame.groups["bottom_right"].isVisible()
    docks.frame.set_single(False)
    assert docks.frame.groups["bottom_left"].isVisible()


def test_a_panel_is_closed_and_asked_for_again(docks: Docks) -> None:
    docks.add("help", "Help", "mdi6.book-open-variant", QLabel("help"), "right", shown=False)
    assert area_of(docks, "help") == "closed"
    docks.show_panel("help")
    assert docks.frame.groups["right"].current == "help"
    docks.close_panel("help")
    assert docks.frame.groups["right"].ids == ["inspector", "try_it"]
    docks.close_panel("loss")
    state = docks.state()
    docks.reset()
    assert area_of(docks, "loss") == "bottom_left"
    assert area_of(docks, "help") == "closed"
    docks.restore(state)
    assert area_of(docks, "loss") == "closed"


def test_the_list_of_panels_shows_and_closes_them(docks: Docks) -> None:
    menu = QMenu(docks)
    fill_panels(menu, docks)
    actions = {action.text(): action for action in menu.actions()}
    assert all(action.isChecked() for action in actions.values())
    actions["Loss"].trigger()
    assert area_of(docks, "loss") == "closed"
    fill_panels(menu, docks)
    next(action for action in menu.actions() if action.text() == "Loss").trigger()
    assert area_of(docks, "loss") == "bottom_left"
