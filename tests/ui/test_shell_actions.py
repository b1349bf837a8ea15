"""The table of commands: complete, without clashes, and alive in Hangul mode."""

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine import layers
from nnstudio.ui.action_set import ActionSet, menu_titles
from nnstudio.ui.actions import ACTIONS, MENUS, Action, sequences
from nnstudio.ui.icons import icon
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import LIGHT, ThemeManager


class Recorder:
    """Takes every command of the table and notes its name."""

    presenting = full_screen = left_shown = right_shown = locked = False

    def __init__(self) -> None:
        self.done: list[str] = []

    def __getattr__(self, name: str):
        if name not in {row.method for row in ACTIONS}:
            raise AttributeError(name)
        return lambda: self.done.append(name)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def actions(qtbot: QtBot, recorder: Recorder):
    store = Store(Project())
    selection = Selection(store)
    themes = ThemeManager()
    made = ActionSet(dict.fromkeys(dict(MENUS), recorder), store, selection, themes, themes)
    made.store, made.selection = store, selection
    yield made
    made.close()
    selection.close()


def test_ids_are_unique_and_belong_to_a_menu() -> None:
    ids = [row.id for row in ACTIONS]
    assert len(set(ids)) == len(ids)
    assert {row.menu for row in ACTIONS} == {id for id, _ in MENUS}


def test_no_two_commands_share_a_key() -> None:
    owner: dict[str, str] = {}
    for row in ACTIONS:
        for text in {sequence.toString() for sequence in sequences(row)}:
            assert owner.setdefault(text, row.id) == row.id, text


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row.id)
def test_every_command_has_a_name_and_a_real_icon(qapp, row: Action) -> None:
    assert row.text
    if row.icon:
        assert not icon(row.icon, LIGHT).pixmap(20, 20).isNull()


def test_keys_named_in_the_product_are_bound() -> None:
    bound = {sequence.toString() for row in ACTIONS for sequence in sequences(row)}
    named = "Space . Shift+. A Del Backspace Ctrl+D F2 F1 [ ] Ctrl++ Ctrl+- Ctrl+0 F N Shift+A"
    for key in (*named.split(), "Ctrl+F", "Ctrl+Shift+E", "F5", "F11", "Ctrl+Q", "Ctrl+Shift+P"):
        assert QKeySequence(key).toString() in bound, key


def test_letters_also_work_while_hangul_is_switched_on() -> None:
    keys = {row.id: [s.toString() for s in sequences(row)] for row in ACTIONS}
    assert "ㅁ" in keys["edit.add"]
    assert "ㄹ" in keys["view.fit"]
    assert "ㅜ" in keys["view.depth"]


def test_every_command_calls_its_method(actions: ActionSet, recorder: Recorder) -> None:
    for row in ACTIONS:
        actions[row.id].setEnabled(True)
        actions[row.id].trigger()
    assert recorder.done == [row.method for row in ACTIONS]


def test_a_row_without_its_method_fails_at_the_start(qapp) -> None:
    store = Store(Project())
    themes = ThemeManager()
    selection = Selection(store)
    with pytest.raises(AttributeError):
        ActionSet(dict.fromkeys(dict(MENUS), object()), store, selection, themes, themes)


def test_undo_is_named_and_enabled_by_the_history(actions: ActionSet) -> None:
    assert not actions["edit.undo"].isEnabled()
    actions.store.apply("Add Dense", edits.add_node, layers.Dense(2), 0, 0)
    assert actions["edit.undo"].isEnabled()
    assert actions["edit.undo"].text() == "Undo: Add Dense"
    actions.store.undo()
    assert not actions["edit.undo"].isEnabled()
    assert actions["edit.redo"].text() == "Redo: Add Dense"


def test_commands_on_a_selection_wait_for_one(actions: ActionSet) -> None:
    assert not actions["edit.delete"].isEnabled()
    actions.store.apply("Add", edits.add_node, layers.Dense(2), 0, 0)
    actions.selection.select(nodes=("dense_1",))
    assert actions["edit.delete"].isEnabled()
    actions.store.undo()
    assert not actions["edit.delete"].isEnabled()


def test_menus_are_titled_in_order(qapp) -> None:
    assert [title for _, title in menu_titles()] == ["File", "Edit", "View", "Training", "Help"]
