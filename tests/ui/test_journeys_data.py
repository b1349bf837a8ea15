"""Journeys with files: one's own table from Korean Excel, and files that are broken."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from nnstudio.ui.data.sheet import ImportSheet
from tests.helpers.journeys import Control, Studio, opened

Key = Qt.Key


@pytest.fixture
def studio(qtbot: QtBot) -> Iterator[Studio]:
    with opened(qtbot) as made:
        yield made


def korean_table(path: Path, rows: int = 120) -> Path:
    """Four numbers and a class with Hangul headers, as Korean Excel saves it."""
    rng = np.random.default_rng(3)
    lines = ["키,몸무게,앉은키,발길이,학급"]
    for row in range(rows):
        group = row % 3
        tall, heavy, sitting, foot = rng.normal(0, 2, 4) + [
            (150, 45, 80, 230), (160, 60, 85, 245), (172, 70, 92, 270),
        ][group]  # fmt: skip
        name = ("개나리반", "진달래반", "무궁화반")[group]
        lines.append(f"{tall:.1f},{heavy:.1f},{sitting:.1f},{foot:.1f},{name}")
    path.write_bytes("\r\n".join(lines).encode("cp949"))
    return path


def test_a_table_from_korean_excel_is_learned_in_three_actions(
    studio: Studio, tmp_path: Path
) -> None:
    assert studio.drop_file(korean_table(tmp_path / "우리 학년.csv"))
    content = studio.sheet().content
    assert isinstance(content, ImportSheet)
    studio.wait(content.use.isEnabled)
    assert content.target.currentText() == "학급"
    studio.key(Key.Key_Return)
    assert studio.sheet() is None
    assert "우리 학년.csv" in studio.window.inspector.page.data.facts.text()
    assert [column.name for column in studio.project.data.columns][:2] == ["키", "몸무게"]
    studio.key(Key.Key_Space)
    studio.wait(lambda: studio.metric() >= 0.95, 10)
    assert studio.actions == 3
    output = studio.plot("output")
    confusion = output.views["confusion"]
    studio.wait(lambda: output.body.currentWidget() is confusion)
    assert set(confusion.matrix.names) == {"개나리반", "진달래반", "무궁화반"}
    assert confusion.matrix.counts.sum() > 0
    assert "학급" not in confusion.matrix.names
    studio.halt()
    for _ in range(2):
        studio.key(Key.Key_Z, Control)
    assert studio.project.data.source.id == "circle"


def _broken(folder: Path) -> list[tuple[Path, str]]:
    rng = np.random.default_rng(5)
    garbage = folder / "숙제.nns"
    garbage.write_bytes(rng.bytes(5000))
    picture = folder / "사진.csv"
    picture.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + rng.bytes(5000))
    empty = folder / "빈.csv"
    empty.write_bytes(b"")
    return [(garbage, "damaged"), (picture, "사진"), (empty, "빈")]


@pytest.mark.parametrize("which", [0, 1, 2], ids=["project", "picture", "empty"])
def test_a_broken_file_is_answered_clearly_and_nothing_is_lost(
    studio: Studio, tmp_path: Path, which: int
) -> None:
    file, name = _broken(tmp_path)[which]
    studio.endless()
    studio.run()
    studio.wait_epoch(5)
    graph, data = studio.project.graph, studio.project.data
    epoch = studio.live.snapshot.epoch
    studio.drop_file(file)
    bar = studio.window.message_bar

    def answered() -> str:
        sheet = studio.sheet()
        if sheet is not None and isinstance(sheet.content, ImportSheet):
            told = [label.text() for label in sheet.content.findChildren(QLabel)
                    if label.isVisible()]  # fmt: skip
            return " ".join(told) if not sheet.content.use.isEnabled() else ""
        return bar._text.text() if bar.isVisible() else ""

    studio.wait(lambda: name in answered() and "Reading" not in answered())
    assert "Traceback" not in answered()
    assert "Error" not in answered()
    assert len(answered().split()) >= 6, answered()
    if studio.sheet() is not None:
        studio.key(Key.Key_Escape)
    assert studio.sheet() is None
    assert studio.project.graph is graph
    assert studio.project.data is data
    assert studio.live.running
    studio.wait(lambda: studio.live.snapshot.epoch > epoch)
    studio.halt()
    assert QApplication.focusWidget() is not None
