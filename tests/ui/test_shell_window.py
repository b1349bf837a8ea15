"""The whole window: starts ready, opens, saves, asks only when work would be lost, keeps it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from nnstudio import i18n
from nnstudio.document import edits
from nnstudio.engine import layers
from nnstudio.exchange.project_file import open_project
from nnstudio.services.settings import Settings
from nnstudio.ui.gallery.gallery import Gallery
from tests.helpers import journeys


class Studio(journeys.Studio):
    """A running program, and short ways to its commands."""

    def trigger(self, id: str) -> None:
        self.window.actions_set[id].trigger()

    def edit(self) -> None:
        self.rooms.store.apply("Add", edits.add_node, layers.Dense(3), 0, 300)


@pytest.fixture
def studios(qapp: QApplication, qtbot: QtBot):
    opened: list[Studio] = []

    def start(size: tuple[int, int] = (1366, 768)) -> Studio:
        opened.append(Studio(qtbot, size))
        return opened[-1]

    yield start
    for studio in opened:
        studio.close()
    QApplication.processEvents()
    i18n.set_language("en")
    qapp.setStyleSheet("")


@pytest.fixture
def studio(studios, qtbot: QtBot) -> Studio:
    made = studios()
    qtbot.waitExposed(made.window)
    return made


def dialogs(kind: type) -> list:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def test_it_opens_with_the_finished_circle_network_and_the_canvas_focused(studio: Studio) -> None:
    project = studio.rooms.store.project
    units = [n.layer.settings["units"] for n in project.graph.of_kind("dense")]
    assert units == [4, 2, 1]
    assert not studio.rooms.store.modified
    assert studio.window.stack.isAncestorOf(QApplication.focusWidget())


def test_space_trains_and_space_pauses(studio: Studio, qtbot: QtBot) -> None:
    studio.rooms.store.absorb(edits.set_training, "epochs", 1_000_000)
    QTest.keyClick(studio.window, Qt.Key.Key_Space)
    live = studio.rooms.live
    qtbot.waitUntil(lambda: live.snapshot is not None and live.snapshot.iteration > 0)
    QTest.keyClick(studio.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not live.running)
    qtbot.waitUntil(lambda: studio.rooms.store.project.run.iteration > 0)
    assert studio.window.actions_set["edit.undo"].isEnabled()


def test_fewer_than_twelve_labelled_buttons_at_first(studio: Studio) -> None:
    labelled = [
        button.text()
        for kind in (QPushButton, QToolButton)
        for button in studio.window.findChildren(kind)
        if button.isVisible()
        and any(letter.isalpha() for letter in button.text())
        and not (
            isinstance(button, QToolButton)
            and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
            and not button.icon().isNull()
        )
    ]
    assert len(set(labelled)) < 12, labelled


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700), (960, 540)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_everything_fits_the_window(studios, qtbot: QtBot, size, language: str) -> None:
    studio = studios(size)
    studio.rooms.languages.set(language)
    qtbot.waitExposed(studio.window)
    QApplication.processEvents()
    assert (studio.window.width(), studio.window.height()) == size
    bar = studio.window.top_bar
    for button in (bar.menu_button, *bar.buttons.values()):
        if button.isVisible():
            assert bar.rect().contains(button.geometry()), button.toolTip()
            assert button.width() >= button.sizeHint().width() - 1, button.text()
    assert bar.training_bar.geometry().right() <= bar.width()
    assert studio.window.stack.width() > 0.4 * size[0]
    assert studio.window.stack.height() > 0.4 * size[1]


def test_the_language_changes_while_it_runs(studio: Studio, qtbot: QtBot) -> None:
    studio.rooms.store.absorb(edits.set_training, "epochs", 1_000_000)
    studio.trigger("train.toggle")
    qtbot.waitUntil(lambda: studio.rooms.live.running, timeout=5_000)
    studio.window.view.set_language("ko")
    assert studio.window.actions_set["file.save"].text() == "저장"
    assert studio.rooms.settings.get("language") == "ko"
    assert studio.rooms.live.running
    studio.trigger("view.language")
    assert studio.window.actions_set["file.save"].text() == "Save"
    studio.trigger("train.toggle")
    qtbot.waitUntil(lambda: not studio.rooms.live.running, timeout=5_000)


def test_a_talk_has_large_type_and_rails_and_ends_as_it_began(studio: Studio) -> None:
    docks = studio.window.docks
    studio.trigger("view.presentation")
    assert studio.themes.presentation
    assert docks.folded("left")
    assert docks.folded("right")
    assert QApplication.font().pointSizeF() == 20
    assert studio.window.actions_set["view.presentation"].isChecked()
    assert studio.window.top_bar.buttons["view.presentation"].isVisible()
    studio.trigger("view.presentation")
    assert not docks.folded("left")
    assert QApplication.font().pointSizeF() == 10


def test_save_asks_for_a_file_once_and_the_file_opens_again(
    studio: Studio, tmp_path: Path, qtbot: QtBot
) -> None:
    studio.edit()
    assert studio.window.isWindowModified()
    studio.trigger("file.save")
    (dialog,) = dialogs(QFileDialog)
    file = tmp_path / "내 신경망.nns"
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    assert file.exists()
    assert not studio.window.isWindowModified()
    assert "내 신경망" in studio.window.windowTitle()
    assert studio.rooms.recent.files() == [file.resolve()]
    studio.edit()
    studio.trigger("file.save")
    assert not dialogs(QFileDialog)
    saved = studio.rooms.store.project
    studio.window.files.start("xor")
    studio.window.files.open_path(file)
    assert studio.rooms.store.project.graph == saved.graph
    assert open_project(file).project.graph == saved.graph


def test_a_broken_file_is_answered_in_the_bar_and_nothing_is_lost(
    studio: Studio, tmp_path: Path
) -> None:
    before = studio.rooms.store.project
    file = tmp_path / "broken.nns"
    file.write_bytes(b"not a project")
    studio.window.files.open_path(file)
    assert studio.window.message_bar.isVisible()
    assert studio.rooms.store.project is before


def test_closing_asks_only_when_work_would_be_lost(studios, qtbot: QtBot) -> None:
    untouched = studios()
    untouched.window.close()
    assert not untouched.window.isVisible()
    edited = studios()
    edited.edit()
    edited.window.close()
    assert edited.window.isVisible()
    (box,) = dialogs(QMessageBox)
    texts = {button.text(): button for button in box.buttons()}
    texts["Cancel"].click()
    assert edited.window.isVisible()
    edited.window.close()
    (box,) = dialogs(QMessageBox)
    next(button for button in box.buttons() if "Don" in button.text()).click()
    assert not edited.window.isVisible()


def test_an_example_that_was_only_trained_is_closed_without_a_question(studio: Studio) -> None:
    studio.trigger("train.new_weights")
    studio.rooms.store.undo()
    studio.window.close()
    assert not studio.window.isVisible()


def test_work_of_a_session_that_was_killed_is_offered(studios, qtbot: QtBot) -> None:
    first = studios()
    first.edit()
    first.keeper.keep()
    first.window.leave_keeping()
    project = first.rooms.store.project
    # the lock dies with the process; here the session lets go of it by hand
    first.rooms.autosave._lock.release()
    second = studios()
    bar = second.window.message_bar
    assert bar.isVisible()
    bar._button.click()
    assert second.rooms.store.project.graph == project.graph
    assert second.rooms.store.modified
    second.keeper.end(keep=False)


def test_a_project_is_opened_by_dropping_it(studio: Studio, tmp_path: Path) -> None:
    studio.edit()
    file = tmp_path / "net.nns"
    studio.window.files.document.save(file)
    studio.window.files.start("blank")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(
        QPoint(300, 300), actions, data, buttons, Qt.KeyboardModifier.NoModifier
    )
    studio.window.dragEnterEvent(enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(300, 300), actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    studio.window.dropEvent(drop)
    assert studio.rooms.store.path == file
    assert len(studio.rooms.store.project.graph.nodes) > 1


def test_a_table_opens_the_import_sheet(studio: Studio, tmp_path: Path) -> None:
    file = tmp_path / "점수.csv"
    file.write_bytes("키,몸무게,반\n1,2,가\n3,4,나\n5,6,가\n".encode("cp949"))
    studio.window.files.open_path(file)
    sheet = studio.sheet()
    assert sheet is not None
    assert any("점수.csv" in label.text() for label in sheet.findChildren(QLabel))
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert studio.sheet() is None


def test_the_gallery_starts_an_example(studio: Studio) -> None:
    studio.trigger("file.new")
    sheet = studio.sheet()
    gallery = sheet.content
    assert isinstance(gallery, Gallery)
    gallery.tiles["xor"].click()
    assert studio.sheet() is None
    assert studio.rooms.store.project.template == "xor"
    assert studio.rooms.store.path is None


def test_settings_take_effect_and_stay(studio: Studio) -> None:
    studio.trigger("file.settings")
    fields = studio.sheet().content.form.fields
    fields["theme"].setCurrentIndex(2)
    fields["theme"].activated.emit(2)
    assert studio.themes.theme.dark
    fields["swap_colors"].click()
    assert studio.themes.swap_colors
    assert Settings().get("theme") == "dark"


def test_commands_are_found_by_typing(studio: Studio) -> None:
    studio.trigger("help.search")
    search = studio.sheet().content
    search.field.setText("reset the lay")
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert studio.sheet() is None
    studio.trigger("help.search")
    studio.sheet().content.field.setText("structure")
    QTest.keyClick(studio.sheet().content.field, Qt.Key.Key_Return)
    assert studio.window.structure.isVisible()
    studio.trigger("help.search")
    studio.sheet().content.field.setText("light")
    QTest.keyClick(studio.sheet().content.field, Qt.Key.Key_Return)
    assert studio.themes.theme.dark


def test_f1_explains_what_is_selected(studio: Studio) -> None:
    studio.rooms.selection.select(nodes=("dense_1",))
    studio.trigger("help.reference")
    assert studio.window.reference.isVisible()
    assert studio.window.reference.toPlainText().startswith("Dense")


def test_place_and_layout_are_remembered(studios) -> None:
    first = studios((1200, 700))
    first.window.docks.fold("right", True)
    first.window.close()
    second = studios()
    assert second.window.docks.folded("right")


@pytest.mark.parametrize(
    "id", ["help.shortcuts", "help.about", "file.export", "file.picture", "edit.find"]
)
def test_each_sheet_opens_and_closes_with_escape(studio: Studio, id: str) -> None:
    studio.trigger(id)
    sheet = studio.sheet()
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert studio.sheet() is None


def test_one_key_leads_through_the_parts_of_the_window(studio: Studio) -> None:
    areas = studio.window._areas()
    visited = []
    for _ in areas:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        visited.append(next(area for area in areas if area.isAncestorOf(focus)))
    assert len(set(visited)) == len(areas)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert visited[-2].isAncestorOf(QApplication.focusWidget())


def test_the_inspector_asks_for_the_users_own_data(studio: Studio) -> None:
    studio.window.inspector.own_data.emit()
    (dialog,) = dialogs(QFileDialog)
    assert any("csv" in text for text in dialog.nameFilters())
    dialog.reject()
