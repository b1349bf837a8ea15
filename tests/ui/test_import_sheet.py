"""The import sheet: a file is dropped, one sheet, Enter, ▶; every guess can be changed."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMainWindow, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from nnstudio.document.compile import prepared_of
from nnstudio.ui.data import assessment
from nnstudio.ui.data.choice_cells import CHOICE
from nnstudio.ui.data.columns import KIND, ROLE
from nnstudio.ui.data.sheet import ImportSheet
from nnstudio.ui.widgets.sheet import Sheet
from tests.helpers.form_bench import FormBench

CLASSES = {"부채붓꽃": (5.0, 1.4), "버시컬러": (6.0, 4.3), "버지니카": (6.6, 5.6)}


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[FormBench]:
    made = FormBench(qtbot)
    yield made
    made.close()


@pytest.fixture
def flowers(tmp_path: Path, rng: np.random.Generator) -> Path:
    """A table as a Korean Excel saves it: cp949, Hangul headers, four numbers and a class."""
    lines = ["꽃받침 길이,꽃받침 너비,꽃잎 길이,꽃잎 너비,품종"]
    for name, (sepal, petal) in CLASSES.items():
        for _ in range(40):
            a, b, c, d = rng.normal((sepal, 3.0, petal, petal / 3), 0.2)
            lines.append(f"{a:.1f},{b:.1f},{c:.1f},{d:.1f},{name}")
    path = tmp_path / "붓꽃.csv"
    path.write_text("\n".join(lines), encoding="cp949")
    return path


def opened(bench: FormBench, path: Path) -> ImportSheet:
    sheet = ImportSheet(path, store=bench.store, messages=bench.messages, themes=bench.themes)
    bench.show(sheet, 860, 560)
    bench.qtbot.waitUntil(lambda: not sheet._background.busy, timeout=5000)
    return sheet


def ready(bench: FormBench, sheet: ImportSheet) -> None:
    bench.qtbot.waitUntil(lambda: not sheet._background.busy, timeout=5000)


def test_a_korean_table_is_used_by_enter_and_trained(bench: FormBench, flowers: Path) -> None:
    sheet = opened(bench, flowers)
    assert sheet.target.currentText() == "품종"
    assert sheet.facts.text() == "붓꽃.csv: 120 rows, 5 columns"
    assert "cp949" in sheet.notes.text.text()
    with bench.qtbot.waitSignal(sheet.done):
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert bench.undo_steps() == 1
    prepared = prepared_of(bench.store.project)
    assert set(prepared.fitted.classes(("품종",))) == set(CLASSES)
    view = _Watching()
    bench.show(view)
    bench.live.register(view)
    bench.live.play()
    bench.qtbot.waitUntil(lambda: view.good, timeout=15_000)
    bench.live.pause()
    bench.qtbot.waitUntil(lambda: not bench.live.running, timeout=5000)
    assert bench.live.snapshot is not None
    assert set(bench.live.snapshot.classes) == set(CLASSES)


class _Watching(QWidget):
    """Looks at accuracy and confusion matrix as the output plot does."""

    good = False

    def wants(self) -> frozenset[str]:
        return frozenset(["confusion"])

    def show_snapshot(self, snapshot: object) -> None:
        metrics, confusion = snapshot.metrics, snapshot.confusion  # type: ignore[attr-defined]
        shapes = {matrix.shape for matrix in (confusion or {}).values() if matrix is not None}
        self.good = metrics.get("accuracy", 0) > 0.9 and shapes == {(3, 3)}


def test_the_target_can_be_chosen(bench: FormBench, flowers: Path) -> None:
    sheet = opened(bench, flowers)
    sheet.target.setFocus()
    sheet.target.setCurrentIndex(2)
    sheet.target.activated.emit(2)
    ready(bench, sheet)
    assert sheet.spec is not None
    assert sheet.spec.target_columns() == ("꽃잎 길이",)
    assert "품종" in sheet.spec.feature_columns()


def test_roles_and_kinds_are_chosen_in_the_list(bench: FormBench, flowers: Path) -> None:
    sheet = opened(bench, flowers)
    choose(sheet, 0, ROLE, "ignore")
    ready(bench, sheet)
    assert sheet.spec is not None
    assert sheet.spec.feature_columns() == ("꽃받침 너비", "꽃잎 길이", "꽃잎 너비")
    choose(sheet, 1, ROLE, "target")
    ready(bench, sheet)
    assert sheet.spec.target_columns() == ("꽃받침 너비",)
    assert "꽃받침 길이" not in sheet.spec.feature_columns(), "what was chosen before stays"
    choose(sheet, 2, KIND, "category")
    ready(bench, sheet)
    assert sheet.preview is not None
    assert sheet.preview.table.kind("꽃잎 길이") == "category"
    choose(sheet, 1, ROLE, "ignore")
    ready(bench, sheet)


def choose(sheet: ImportSheet, row: int, column: int, id: str) -> None:
    """Choose in a cell with the keyboard: Space opens the list, the arrows walk, Enter takes."""
    sheet.columns.setFocus()
    sheet.columns.setCurrentCell(row, column)
    QTest.keyClick(sheet.columns, Qt.Key.Key_Space)
    QApplication.processEvents()
    combo = sheet.columns.findChild(QComboBox)
    assert combo is not None
    while combo.view().currentIndex().row() != combo.findData(id):
        before = combo.view().currentIndex().row()
        way = Qt.Key.Key_Down if combo.findData(id) > before else Qt.Key.Key_Up
        QTest.keyClick(combo.view(), way)
        assert combo.view().currentIndex().row() != before
    QTest.keyClick(combo.view(), Qt.Key.Key_Return)
    QApplication.processEvents()
    item = sheet.columns.item(row, column)
    assert item is not None
    assert item.data(CHOICE) == id


def test_how_the_file_was_read_can_be_changed(bench: FormBench, tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("a;b;y\n1,5;2;ja\n2,5;3;nein\n3,5;1;ja\n", encoding="utf-8")
    sheet = opened(bench, path)
    assert sheet.preview is not None
    assert (sheet.preview.separator, sheet.preview.decimal) == (";", ",")
    header = sheet.reading.fields["header_row"]
    assert isinstance(header, QSpinBox)
    header.setValue(0)
    ready(bench, sheet)
    assert sheet.preview.header_row == -1
    assert sheet.preview.table.row_count == 4
    separator = sheet.reading.fields["separator"]
    assert isinstance(separator, QComboBox)
    separator.activated.emit(separator.findData("\t"))
    ready(bench, sheet)


def test_what_cant_be_read_is_said_and_can_be_mended(bench: FormBench, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    sheet = opened(bench, path)
    assert "empty" in sheet.notes.text.text()
    assert not sheet.use.isEnabled()
    assert not sheet.columns.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert not bench.store.can_undo


def test_gaps_and_warnings_are_listed(bench: FormBench, tmp_path: Path) -> None:
    rows = [f"{n},{n % 7},{'' if n % 2 else 3.5},5,{'ab'[n % 2]}" for n in range(40)]
    path = tmp_path / "gaps.csv"
    path.write_text("\n".join(["id,x,gap,same,class", *rows]), encoding="utf-8")
    sheet = opened(bench, path)
    item = sheet.columns.item(2, 3)
    assert item is not None
    assert item.text() == "20"
    assert sheet.rows.rowCount() == 20
    choose(sheet, 3, ROLE, "feature")
    ready(bench, sheet)
    assert "same" in sheet.notes.text.text()


def test_closing_while_reading_leaves_no_thread(
    bench: FormBench, flowers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = threading.Event()
    real = assessment.inspect_table

    def slow(*given: object, **choices: object) -> object:
        going.set()
        time.sleep(0.2)
        return real(*given, **choices)  # type: ignore[arg-type]

    monkeypatch.setattr(assessment, "inspect_table", slow)
    window = QMainWindow()
    page = QWidget()
    window.setCentralWidget(page)
    bench.show(window, 900, 600)
    content = ImportSheet(flowers, store=bench.store, messages=bench.messages, themes=bench.themes)
    sheet = Sheet(page, ("Data", "Use my data"), content, bench.themes, QSize(800, 500))
    assert going.wait(2)
    QTest.keyClick(content, Qt.Key.Key_Escape)
    with bench.qtbot.waitSignal(sheet.destroyed, timeout=2000):
        pass
    bench.qtbot.waitUntil(
        lambda: not any(t.name.startswith("background") for t in threading.enumerate()),
        timeout=3000,
    )
    assert not bench.store.can_undo
