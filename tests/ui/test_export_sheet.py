"""Taking the network away from the window: every format, real files, refusals in the bar."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from nnstudio.errors import StudioError
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.i18n import set_language
from nnstudio.ui.app import build_rooms
from nnstudio.ui.dialogs.export import ExportSheet, formats
from nnstudio.ui.picture import PICTURES
from nnstudio.ui.rooms import Rooms
from nnstudio.ui.theme import ThemeManager
from tests.helpers.exports import template


@pytest.fixture
def rooms(qapp: QApplication) -> Iterator[Rooms]:
    made = build_rooms(ThemeManager())
    made.store.replace(template("iris", 2))
    yield made
    made.live.close()


@pytest.fixture
def sheet(rooms: Rooms, qtbot: QtBot, tmp_path: Path) -> ExportSheet:
    made = ExportSheet(rooms, tmp_path)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def choose(sheet: ExportSheet, id: str) -> None:
    sheet.list.setCurrentRow([kind.id for kind in formats()].index(id))


def export(sheet: ExportSheet, path: Path) -> None:
    """Press the button and choose `path` in the real file dialog."""
    QTest.mouseClick(sheet.button, Qt.MouseButton.LeftButton)
    (dialog,) = [each for each in sheet.findChildren(QFileDialog) if each.isVisible()]
    dialog.fileSelected.emit(str(path))
    dialog.done(0)


def test_every_format_and_every_picture_is_offered(sheet: ExportSheet) -> None:
    ids = [kind.id for kind in formats()]
    assert set(ids) == {*EXPORTERS.ids(), *(kind.id for kind in PICTURES)}
    assert ids.index("png") == ids.index("svg") + 1
    assert sheet.list.count() == len(ids)
    assert all(sheet.list.item(row).text() for row in range(sheet.list.count()))


@pytest.mark.parametrize("kind", formats(), ids=lambda kind: kind.id)
def test_a_press_writes_the_file(
    kind: type, sheet: ExportSheet, rooms: Rooms, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[str] = []
    rooms.messages.said.connect(said.append)
    choose(sheet, kind.id)
    path = tmp_path / f"net{kind.extension}"
    with qtbot.waitSignal(sheet.done):
        export(sheet, path)
    assert path.exists()
    assert path.name in said[-1]


def test_the_proposed_name_ends_as_the_format_does(sheet: ExportSheet, tmp_path: Path) -> None:
    for id, ending in (("onnx", ".onnx"), ("numpy", "")):
        choose(sheet, id)
        QTest.mouseClick(sheet.button, Qt.MouseButton.LeftButton)
        (dialog,) = [each for each in sheet.findChildren(QFileDialog) if each.isVisible()]
        (name,) = dialog.selectedFiles()
        assert Path(name).suffix == ending
        assert dialog.defaultSuffix() == ending.lstrip(".")
        dialog.reject()


def test_settings_of_a_format_reach_the_file(sheet: ExportSheet, tmp_path: Path) -> None:
    choose(sheet, "svg")
    sheet._form.edited.emit("numbers", False)
    export(sheet, tmp_path / "net.svg")
    assert ">b 0" not in (tmp_path / "net.svg").read_text("utf-8")


def test_a_refusal_is_shown_and_the_sheet_stays(
    sheet: ExportSheet, rooms: Rooms, tmp_path: Path
) -> None:
    failures: list[StudioError] = []
    rooms.messages.failure.connect(failures.append)
    choose(sheet, "onnx")
    export(sheet, tmp_path / "nowhere" / "net.onnx")
    assert len(failures) == 1
    assert failures[0].hint
    assert sheet.isVisible()


def test_texts_follow_the_language(sheet: ExportSheet) -> None:
    set_language("ko")
    try:
        sheet.retranslate()
        texts = [sheet.list.item(row).text() for row in range(sheet.list.count())]
    finally:
        set_language("en")
    assert "그림 (PNG)" in texts
