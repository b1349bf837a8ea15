"""Try it: values are moved, typed, drawn; the answer follows; nothing fights with the fingers."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio.document.project import Project
from nnstudio.i18n import set_language
from nnstudio.ui.try_it.inputs import CategoryInput, NumberInput, PictureInput
from nnstudio.ui.try_it.try_it import TryIt
from nnstudio.ui.try_it.wording import percent
from tests.helpers.form_bench import FormBench, type_text


@pytest.fixture
def benches(qtbot: QtBot) -> Iterator[list[FormBench]]:
    made: list[FormBench] = []
    yield made
    for bench in made:
        bench.close()


def opened(
    benches: list[FormBench], qtbot: QtBot, template: str | Project
) -> tuple[FormBench, TryIt]:
    bench = FormBench(qtbot, template)
    benches.append(bench)
    panel = TryIt(**bench.rooms)
    bench.show(panel)
    bench.snapshot(panel)
    return bench, panel


def number(panel: TryIt, name: str) -> NumberInput:
    field = panel._fields[name]
    assert isinstance(field, NumberInput)
    return field


def own(bench: FormBench) -> bool:
    """Whether what is shown now are values of one's own."""
    snapshot = bench.live.snapshot
    return snapshot is not None and snapshot.example is not None and snapshot.example.row is None


def test_the_answer_follows_slider_and_field(benches: list[FormBench], qtbot: QtBot) -> None:
    bench, panel = opened(benches, qtbot, "start")
    before = panel.answer.rows
    assert [name for name, *_ in before] == ["-1", "1"]
    assert sum(share or 0 for _, share, _ in before) == pytest.approx(1)
    x1 = number(panel, "x1")
    x1.slider.setFocus()
    QTest.keyClick(x1.slider, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: own(bench) and panel.answer.rows != before, timeout=5000)
    assert x1.field.text().startswith("−4.98")
    assert panel.truth.text() == "Your own values"
    x1.field.setFocus()
    x1.field.selectAll()
    type_text("1/3\r")
    assert x1.field.text() == "0.3333"
    assert x1.value == pytest.approx(1 / 3)
    qtbot.waitUntil(
        lambda: bench.live.snapshot.example.raw["x1"] == pytest.approx(1 / 3),
        timeout=5000,  # type: ignore[union-attr]
    )


def test_a_field_being_typed_in_is_left_alone(benches: list[FormBench], qtbot: QtBot) -> None:
    bench, panel = opened(benches, qtbot, "start")
    x1, x2 = number(panel, "x1"), number(panel, "x2")
    x1.field.setFocus()
    x1.field.selectAll()
    type_text("2.")
    shown = x2.field.text()
    panel.step(1)
    qtbot.waitUntil(lambda: x2.field.text() != shown, timeout=5000)
    assert x1.field.text() == "2."
    type_text("5\r")
    assert x1.value == 2.5
    qtbot.waitUntil(lambda: own(bench), timeout=5000)
    assert x1.field.text() == "2.5"


def test_examples_are_walked_by_the_buttons(benches: list[FormBench], qtbot: QtBot) -> None:
    bench, panel = opened(benches, qtbot, "iris")
    first = panel.truth.text()
    assert first.startswith("Row ")
    panel.forth.setFocus()
    QTest.keyClick(panel.forth, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.truth.text() != first, timeout=5000)
    assert bench.live.example == 1
    QTest.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.truth.text() == first, timeout=5000)


def test_names_are_in_the_language_of_the_window(benches: list[FormBench], qtbot: QtBot) -> None:
    bench, panel = opened(benches, qtbot, "iris")
    english = [name for name, *_ in panel.answer.rows]
    set_language("ko")
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: [name for name, *_ in panel.answer.rows] != english, timeout=5000)
    assert panel.title.text() == "신경망의 답"
    assert bench.live.example == 0


def test_a_digit_is_drawn_and_cleared(benches: list[FormBench], qtbot: QtBot) -> None:
    bench, panel = opened(benches, qtbot, "digits_5x5")
    field = panel._fields["pixels"]
    assert isinstance(field, PictureInput)
    QTest.mouseClick(field.clear, Qt.MouseButton.LeftButton)
    assert not field.pad.picture.any()
    qtbot.waitUntil(lambda: own(bench), timeout=5000)
    cleared = panel.answer.rows
    frame, side = field.pad._frame(), field.pad._side()
    assert side == int(side), "pixels have sharp edges"
    start = QPoint(int(frame.x() + side * 2.5), int(frame.y() + side / 2))
    QTest.mousePress(field.pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for row in range(1, 5):
        QTest.mouseMove(field.pad, start + QPoint(0, int(row * side)))
    QTest.mouseRelease(
        field.pad,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        start + QPoint(0, int(4 * side)),
    )
    assert field.pad.picture[:, 2, 0].tolist() == [1.0] * 5
    qtbot.waitUntil(lambda: panel.answer.rows != cleared, timeout=5000)
    assert field.pad.picture.sum() == 5, "the echo of the network changes nothing"


def test_the_pad_is_drawn_on_by_keys(benches: list[FormBench], qtbot: QtBot) -> None:
    bench, panel = opened(benches, qtbot, "digits_8x8")
    field = panel._fields["pixels"]
    assert isinstance(field, PictureInput)
    field.pad.empty()
    field.pad.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(field.pad, key)
    assert np.argwhere(field.pad.picture[..., 0] == 16).tolist() == [[1, 1]]
    QTest.keyClick(field.pad, Qt.Key.Key_Return)
    assert not field.pad.picture.any()
    assert bench.live.running is False


def test_categories_and_whole_numbers(benches: list[FormBench], qtbot: QtBot) -> None:
    _, panel = opened(benches, qtbot, "diabetes")
    sex = panel._fields["sex"]
    assert isinstance(sex, CategoryInput)
    assert sex.value in ("1", "2")
    age = number(panel, "age")
    age.slider.setFocus()
    QTest.keyClick(age.slider, Qt.Key.Key_Right)
    assert age.value == int(age.value)
    assert panel.answer.rows[0][1] is None, "a number, no share"


def test_the_answer_stays_in_sight(benches: list[FormBench], qtbot: QtBot) -> None:
    _, panel = opened(benches, qtbot, "breast_cancer")
    bar = panel.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=3000)
    bar.setValue(bar.maximum())
    assert panel.answer.isVisible()
    assert panel.answer.mapTo(panel, QPoint(0, 0)).y() >= 0
    page = panel.area.widget()
    assert page is not None
    assert page.width() <= panel.area.viewport().width()


def test_without_data_it_says_so(benches: list[FormBench], qtbot: QtBot) -> None:
    bench = FormBench(qtbot, "blank")
    benches.append(bench)
    panel = TryIt(**bench.rooms)
    bench.show(panel)
    assert panel.empty.isVisible()
    assert not panel.answer.isVisible()


def test_no_percentage_of_nothing() -> None:
    assert percent(float("nan")) == "NaN"
    assert percent(0.125) == "12.5 %"
