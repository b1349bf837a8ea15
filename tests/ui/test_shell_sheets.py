"""Sheets lie over the window, keep the keys to themselves and give the focus back."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nnstudio import i18n
from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine import layers
from nnstudio.services.settings import ROWS
from nnstudio.ui.dialogs.searches import search_layers
from nnstudio.ui.dialogs.shortcuts import Shortcuts
from nnstudio.ui.language import Languages
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.parameter_form import ParameterForm
from nnstudio.ui.widgets.search_list import SearchList
from nnstudio.ui.widgets.sheet import Sheet
from nnstudio.ui.widgets.tool_button import ToolButton


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    box = QVBoxLayout(made)
    box.addWidget(QLineEdit())
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.findChild(QLineEdit).setFocus()
    return made


def open_sheet(host: QWidget) -> Sheet:
    content = QPushButton("inside")
    return Sheet(host, ("Settings", "Settings"), content, ThemeManager(host), QSize(500, 300))


def test_a_sheet_covers_its_host_and_follows_its_size(host: QWidget, qtbot: QtBot) -> None:
    sheet = open_sheet(host)
    assert sheet.geometry() == host.rect()
    host.resize(400, 300)
    assert sheet.geometry() == host.rect()
    assert host.rect().contains(sheet.card.geometry())


def test_escape_closes_it_and_gives_the_focus_back(host: QWidget, qtbot: QtBot) -> None:
    field = host.findChild(QLineEdit)
    sheet = open_sheet(host)
    assert sheet.content.hasFocus()
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert field.hasFocus()


def test_a_click_beside_the_card_closes_it_and_one_on_it_does_not(
    host: QWidget, qtbot: QtBot
) -> None:
    sheet = open_sheet(host)
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.card.geometry().center())
    assert sheet.isVisible()
    with qtbot.waitSignal(sheet.closed):
        QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))


def test_tab_stays_inside(host: QWidget) -> None:
    sheet = open_sheet(host)
    for _ in range(5):
        QTest.keyClick(host.window().focusWidget(), Qt.Key.Key_Tab)
        assert sheet.isAncestorOf(host.window().focusWidget())


def test_enter_presses_a_flat_button(qtbot: QtBot) -> None:
    button = ToolButton()
    qtbot.addWidget(button)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == [1]


def test_a_layer_is_found_by_its_name_and_selected(host: QWidget, qtbot: QtBot) -> None:
    project = edits.add_node(Project(), layers.Input((2,)), 0, 0)
    project = edits.add_node(project, layers.Dense(3), 0, 0)
    store = Store(edits.rename(project, "dense_1", "은닉층"))
    selection = Selection(store)
    sheet = search_layers(host, store, selection, ThemeManager(host))
    search = sheet.content
    assert isinstance(search, SearchList)
    assert search.list.count() == 2
    search.field.setText("ㅇㄴㅊ")
    assert search.list.count() == 1
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert selection.nodes == {"dense_1"}
    selection.close()


def test_arrows_walk_through_what_was_found(host: QWidget, qtbot: QtBot) -> None:
    project = edits.add_node(Project(), layers.Input((2,)), 0, 0)
    store = Store(edits.add_node(project, layers.Dense(3), 0, 0))
    selection = Selection(store)
    sheet = search_layers(host, store, selection, ThemeManager(host))
    QTest.keyClick(sheet.content.field, Qt.Key.Key_Down)
    assert sheet.content.list.currentRow() == 1
    QTest.keyClick(sheet.content.field, Qt.Key.Key_Down)
    assert sheet.content.list.currentRow() == 0
    selection.close()
    sheet.close_sheet()


def test_a_form_shows_each_parameter_and_reports_changes(qtbot: QtBot) -> None:
    form = ParameterForm(ROWS, {"threads": 3})
    qtbot.addWidget(form)
    assert list(form.fields) == [row.name for row in ROWS]
    assert form.fields["threads"].value() == 3
    edited: list[tuple[str, object]] = []
    form.edited.connect(lambda name, value: edited.append((name, value)))
    form.fields["threads"].setValue(4)
    form.fields["swap_colors"].click()
    combo = form.fields["language"]
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    assert edited == [("threads", 4), ("swap_colors", True), ("language", "ko")]
    assert all(field.accessibleName() for field in form.fields.values())


def test_the_language_changes_every_open_widget_at_once(qtbot: QtBot, host: QWidget) -> None:
    languages = Languages(host)
    sheet = open_sheet(host)
    form = ParameterForm(ROWS, {})
    qtbot.addWidget(form)
    try:
        languages.set("ko")
        assert sheet.heading.text() == "설정"
        assert form.fields["theme"].itemText(1) == "밝게"
        languages.set("en")
        assert sheet.heading.text() == "Settings"
        assert form.fields["theme"].itemText(1) == "light"
        with pytest.raises(ValueError, match="Unknown language"):
            languages.set("xx")
    finally:
        i18n.set_language("en")
    sheet.close_sheet()


def test_the_sheet_of_keys_names_them_all(qtbot: QtBot) -> None:
    page = Shortcuts(ThemeManager())
    qtbot.addWidget(page)
    text = page.toPlainText()
    for expected in ("Ctrl+S", "Space", "F5", "One epoch", "Type its weight"):
        assert expected in text


def test_the_windows_shortcuts_rest_while_a_sheet_is_open(host: QWidget, qtbot: QtBot) -> None:
    pressed: list[str] = []
    for key in ("Space", "Ctrl+E", "F5"):
        action = QAction(host)
        action.setShortcut(key)
        action.triggered.connect(lambda _=False, key=key: pressed.append(key))
        host.addAction(action)
    sheet = open_sheet(host)
    focus = sheet.content
    QTest.keyClick(focus, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(focus, Qt.Key.Key_F5)
    assert pressed == ["F5"]
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    QTest.keyClick(host, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["F5", "Ctrl+E"]
