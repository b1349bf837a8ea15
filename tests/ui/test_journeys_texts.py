"""Every text of the window is translated, and changes when the language does."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnstudio import i18n
from nnstudio.exchange.templates import TEMPLATES, describe
from nnstudio.ui.dialogs.report import ReportWindow
from nnstudio.ui.selection import Entry
from tests.helpers.journeys import Studio, opened
from tests.helpers.visible_texts import Found, texts_of, unwrapped

Key = Qt.Key
WORD = re.compile(r"[^\W\d_₀-₉⁰¹²³⁴-⁹]{2,}")
KEYS = re.compile(r"[(\t](?:(?:Ctrl|Shift|Alt)\+)*[^\s()]{1,9}\)?$")
NAMES = re.compile(
    r"NN Studio|한국어|English|CSV|ONNX|NumPy|PyTorch|safetensors|SVG|PNG|PDF"
    r"|\b(relu|leaky relu|sigmoid|tanh|softmax|identity|step)\b|soft…|\(cm\)|φφ′"
)
ENGLISH = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,}")
HANGUL = re.compile("[가-힣]")


def panels(studio: Studio) -> Iterator[str]:
    for panel in studio.window.docks.panels():
        studio.window.docks.show_panel(panel.id)
        yield f"panel {panel.id}"
    studio.window.docks.show_panel("inspector")


def pages(studio: Studio) -> Iterator[str]:
    selection = studio.rooms.selection
    for id in ("input_1", "dense_1", "output_1"):
        selection.select(nodes=(id,))
        yield f"the page of {id}"
    selection.select(nodes=("dense_1", "dense_2"))
    yield "the page of two layers"
    selection.select(wires=(studio.project.graph.wires[0],))
    yield "the page of a wire"
    selection.clear()


def canvas(studio: Studio) -> Iterator[str]:
    studio.key(Key.Key_A)
    yield "the menu of layers"
    studio.key(Key.Key_Escape)
    studio.connect("dense_3", "dense_1")
    yield "a refused wire"
    studio.key(Key.Key_N)
    studio.wait(lambda: bool(studio.neurons.board.values.signals))
    yield "neurons"
    studio.rooms.selection.select(neuron=("dense_1", 1))
    yield "a neuron"
    studio.rooms.selection.select(entry=Entry("dense_1/weight", (0, 0)))
    yield "a connection"
    studio.key(Key.Key_N)
    studio.rooms.selection.clear()


def run(studio: Studio) -> Iterator[str]:
    studio.endless()
    studio.run()
    studio.wait_epoch(20)
    yield "a run"
    studio.halt()
    yield "a pause"
    studio.click(studio.window.training_bar.settings_button)
    yield "the training settings"
    studio.window.training_bar.popover.close()


def sheets(studio: Studio) -> Iterator[str]:
    for id in ("file.new", "file.export", "file.settings", "help.search", "help.shortcuts",
               "help.about", "edit.find", "help.report"):  # fmt: skip
        studio.window.actions_set[id].trigger()
        yield id
        sheet = studio.sheet()
        if sheet is not None:
            sheet.close_sheet()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, ReportWindow):
            window.close()
            window.deleteLater()


def other_data(studio: Studio) -> Iterator[str]:
    docks = studio.window.docks
    for template in ("iris", "curve", "digits_8x8"):
        studio.window.files.start(template)
        studio.live.step("epoch")
        studio.wait(lambda: studio.project.run.epoch == 1 and studio.live.snapshot is not None)
        docks.show_panel("try_it")
        docks.show_panel("output")
        output = studio.plot("output")
        studio.wait(lambda output=output: not output.is_empty)
        for name in output._offered:
            output.switch.buttons[name].click()
            yield f"{template}: {name}"
        docks.show_panel("data")
        docks.show_panel("inspector")
        yield f"{template}: data"
    studio.window.files.start("blank")
    yield "blank"


ROOMS = (panels, pages, canvas, run, sheets, other_data)


def everything() -> list[Found]:
    """Every text of every window, now."""
    QApplication.processEvents()
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    return [found for window in windows for found in texts_of(window)]


def described() -> set[str]:
    """What the gallery says of its templates, in pages of their own."""
    return {text for id in TEMPLATES for text in describe(id)}


def foreign(found: list[Found]) -> list[Found]:
    """What was said past the translation."""
    pages = described()
    return [
        (where, text)
        for where, text in found
        if text not in pages and WORD.search(NAMES.sub("", unwrapped(KEYS.sub("", text))))
    ]


def wrapped(found: list[Found]) -> list[Found]:
    """What was left as it was; a step to take back keeps the words it was made with."""
    return [
        (where, text)
        for where, text in found
        if "⟦" in text and not text.startswith(("실행 취소: ", "다시 실행: "))
    ]


def settled(studio: Studio, judge: Callable[[list[Found]], list[Found]]) -> list[Found]:
    """Return what `judge` objects to once the answers to the last change have come."""
    left = judge(everything())
    if left:
        with studio.qtbot.waitSignal(studio.live.snapshotTaken, timeout=1000, raising=False):
            studio.live.refresh()
        left = judge(everything())
    return left


class PseudoLanguage:
    """English in ⟦brackets⟧ while it is on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.on = True
        self._real = i18n.set_language
        monkeypatch.setattr(i18n, "set_language", self.set_language)

    def set_language(self, name: str, wrap: Callable[[str], str] | None = None) -> None:
        self._real(name, (lambda text: f"⟦{text}⟧") if self.on else wrap)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
def test_every_text_is_translated_and_follows_the_language(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, room: Callable[[Studio], Iterator[str]]
) -> None:
    """In ⟦English⟧ nothing stands outside; after the change to Korean nothing is left inside."""
    pseudo = PseudoLanguage(monkeypatch)
    said: dict[str, list[Found]] = {}
    with opened(qtbot, (1600, 1000)) as studio:
        studio.wait(lambda: studio.live.snapshot is not None)
        for stop in room(studio):
            said[f"{stop}: not translated"] = settled(studio, foreign)
            pseudo.on = False
            studio.rooms.languages.set("ko")
            said[f"{stop}: stale in Korean"] = settled(studio, wrapped)
            said[f"{stop}: English in Korean"] = [
                (where, text)
                for where, text in everything()
                if ENGLISH.search(NAMES.sub("", text)) and not HANGUL.search(text)
            ]
            pseudo.on = True
            studio.rooms.languages.set("en")
        studio.wait(lambda: not studio.live.running)
    lines = [f"{stop}: {where}: {text}" for stop, each in said.items() for where, text in each]
    assert not lines, "\n".join(lines)
