"""Every kind has its page, in both languages alike; the panel follows the selection."""

import re

import pytest
from pytestqt.qtbot import QtBot

from nnstudio import i18n
from nnstudio.document import edits
from nnstudio.document.store import Store
from nnstudio.engine import ACTIVATIONS, LAYERS, LOSSES, OPTIMIZERS
from nnstudio.exchange.templates import load_template
from nnstudio.paths import resources
from nnstudio.ui.explain.reference import Reference, page_of
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager

FUNCTIONS = (*ACTIVATIONS.ids(), *LOSSES.ids(), *OPTIMIZERS.ids())
KINDS = (*LAYERS.ids(), *FUNCTIONS, "network")


@pytest.mark.parametrize("kind", KINDS)
def test_both_pages_have_the_same_headings_and_formulas(kind: str) -> None:
    folder = resources() / "reference" / kind
    english, korean = ((folder / f"{name}.md").read_text("utf-8") for name in ("en", "ko"))
    for mark in (r"^#+", r"^```", r"^- "):
        found = [re.findall(mark, text, re.MULTILINE) for text in (english, korean)]
        assert found[0] == found[1], mark
    assert re.search("[가-힣]", korean)
    assert not re.search("[가-힣]", english)


def test_every_page_belongs_to_a_kind() -> None:
    assert {folder.name for folder in (resources() / "reference").iterdir()} == set(KINDS)


def test_a_missing_language_is_answered_in_english() -> None:
    page = page_of("reference", "dense", "fr")
    assert page is not None
    assert page.name == "en.md"
    assert page_of("reference", "unknown", "en") is None


def test_the_panel_follows_selection_project_and_language(qtbot: QtBot) -> None:
    store = Store(load_template("xor"))
    selection = Selection(store)
    panel = Reference(store=store, selection=selection, themes=ThemeManager())
    qtbot.addWidget(panel)
    assert "XOR" in panel.toPlainText()
    selection.select(nodes=("dense_1",))
    assert panel.toPlainText().startswith("Dense")
    try:
        i18n.set_language("ko")
        panel.retranslate()
        assert panel.toPlainText().startswith("밀집층")
    finally:
        i18n.set_language("en")
    selection.clear()
    store.replace(load_template("blank").but(template=""))
    assert panel.toPlainText().startswith("The network")
    store.apply("Add", edits.add_node, LAYERS["flatten"](), 0, 0)
    selection.select(nodes=("flatten_1",))
    assert panel.toPlainText().startswith("Flatten")
    panel.close_view()
    selection.close()
