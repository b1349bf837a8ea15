"""The palette: pieces by group, found in Korean and English, dragged and chosen."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.engine.layer import LAYERS
from nnstudio.i18n import set_language
from nnstudio.ui.palette.palette import Palette
from nnstudio.ui.palette.piece_list import KIND
from nnstudio.ui.palette.strip import Strip
from tests.helpers.form_bench import FormBench, type_text
from tests.helpers.qt_drag import PIECE

Left = Qt.MouseButton.LeftButton
NoModifier = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[FormBench]:
    made = FormBench(qtbot)
    yield made
    made.close()


@pytest.fixture
def palette(bench: FormBench) -> Palette:
    made = Palette(store=bench.store, themes=bench.themes, messages=bench.messages)
    bench.show(made, 196, 680)
    return made


def pieces(palette: Palette | Strip) -> list[str]:
    rows = (palette.list.item(row) for row in range(palette.list.count()))
    return [row.data(KIND) for row in rows if row.data(KIND)]


def row_of(palette: Palette | Strip, kind: str) -> int:
    rows = range(palette.list.count())
    return next(row for row in rows if palette.list.item(row).data(KIND) == kind)


def place_of(palette: Palette | Strip, kind: str) -> QPoint:
    return palette.list.visualItemRect(palette.list.item(row_of(palette, kind))).center()


def test_every_kind_is_offered_with_a_sentence(palette: Palette) -> None:
    assert sorted(pieces(palette)) == sorted(kind.id for kind in LAYERS)
    for kind in LAYERS:
        tip = palette.list.item(row_of(palette, kind.id)).toolTip()
        assert tip.endswith(".")
    assert palette.list.currentRow() == -1, "nothing is chosen at first"


def test_headings_cant_be_chosen(bench: FormBench, palette: Palette) -> None:
    heading = palette.list.item(0)
    assert not heading.data(KIND)
    QTest.mouseClick(
        palette.list.viewport(), Left, NoModifier, palette.list.visualItemRect(heading).center()
    )
    assert not palette.list.selectedItems()
    palette.field.setFocus()
    palette.list.setFocus(Qt.FocusReason.TabFocusReason)
    chosen = []
    for _ in pieces(palette):
        chosen.append(palette.list.currentItem().data(KIND))
        QTest.keyClick(palette.list, Qt.Key.Key_Down)
    assert chosen == pieces(palette)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("drop", "dropout"),
        ("ㅁㅈㅊ", "dense"),
        ("밀집", "dense"),
        ("평탄", "flatten"),
        ("ㅎㅅㅎ", "activation"),
    ],
)
def test_pieces_are_found(bench: FormBench, palette: Palette, typed: str, first: str) -> None:
    set_language("ko")
    QApplication.sendEvent(palette, QEvent(QEvent.Type.LanguageChange))
    palette.field.setFocus()
    type_text(typed)
    assert palette.list.currentItem().data(KIND) == first
    with bench.qtbot.waitSignal(palette.chosen) as heard:
        type_text("\r")
    assert heard.args == [first]
    assert palette.field.text() == ""


def test_what_isnt_there_is_said(palette: Palette) -> None:
    palette.field.setFocus()
    type_text("zzz")
    assert palette.nothing.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.nothing.isVisible()
    assert len(pieces(palette)) == len(list(LAYERS))


def test_double_click_chooses(bench: FormBench, palette: Palette) -> None:
    at = place_of(palette, "dense")
    QTest.mouseClick(palette.list.viewport(), Left, NoModifier, at)
    with bench.qtbot.waitSignal(palette.chosen) as heard:
        QTest.mouseDClick(palette.list.viewport(), Left, NoModifier, at)
    assert heard.args == ["dense"]


@pytest.mark.parametrize("narrow", [False, True])
def test_a_piece_is_dragged_by_the_mouse(
    bench: FormBench, palette: Palette, narrow: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: Palette | Strip = palette
    if narrow:
        shown = Strip(bench.themes)
        bench.show(shown, 44, 500)
    carried: list[dict[str, object]] = []

    def carry(drag: QDrag, *actions: Qt.DropAction) -> Qt.DropAction:
        carried.append(json.loads(bytes(drag.mimeData().data(PIECE).data())))
        assert not drag.pixmap().isNull()
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", carry)
    start = place_of(shown, "dropout")
    port = shown.list.viewport()
    QTest.mousePress(port, Left, NoModifier, start)
    for step in range(1, 8):
        QTest.mouseMove(port, start + QPoint(8 * step, 0))
    QTest.mouseRelease(port, Left, NoModifier, start + QPoint(56, 0))
    assert carried[0] == {"kind": "dropout", "settings": {}}
