"""Every text has its Korean, the compiled catalogue is up to date, and every call can be read."""

import ast
import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from nnstudio.parameters import Choice
from nnstudio.registry import Registry
from tests.helpers.imports import floor, modules, tree
from tests.helpers.scripts import PACKAGING, script

update = script("update_translations")
ROOT = PACKAGING.parent
CALLS, PROBLEMS = update.extract((ROOT / "nnstudio").rglob("*.py"))
KOREAN, DOUBLES = update.read_parts()
FIELD_OR_NAME = re.compile(r"\{[^}]*\}|NN Studio")
WORD = re.compile(r"[^\W\d_]{2,}")
HOW = "run: python packaging/update_translations.py"


def test_every_translated_call_can_be_read() -> None:
    assert PROBLEMS == []


def test_no_text_lacks_its_korean() -> None:
    _, missing = update.compile_catalogue(CALLS, KOREAN)
    assert missing == {}, HOW


def test_no_text_is_translated_in_two_places() -> None:
    assert DOUBLES == []


def test_no_korean_is_left_over_from_a_text_that_is_gone() -> None:
    assert update.unused(CALLS, KOREAN) == [], f"{HOW} --prune"


def test_the_compiled_catalogue_is_what_the_sources_give() -> None:
    compiled, _ = update.compile_catalogue(CALLS, KOREAN)
    assert json.loads(update.COMPILED.read_text("utf-8")) == compiled, HOW


def test_translations_have_the_fields_of_their_english() -> None:
    compiled, _ = update.compile_catalogue(CALLS, KOREAN)
    assert update.mismatched(compiled) == []


def test_korean_texts_hold_korean_or_are_names() -> None:
    """A copied English sentence is no translation; names, formulas and symbols may stay."""
    compiled, _ = update.compile_catalogue(CALLS, KOREAN)
    copied = [
        f"{context}: {english}"
        for context, texts in compiled.items()
        for english, korean in texts.items()
        if english == korean and len(WORD.findall(FIELD_OR_NAME.sub("", english))) > 3
    ]
    assert copied == []


def kinds() -> list[Any]:
    """Return every kind of every registry of the program."""
    below = [name for name in modules() if floor(name) not in ("ui", "start")]
    found = [value for name in below for value in vars(importlib.import_module(name)).values()]
    registries = {id(value): value for value in found if isinstance(value, Registry)}
    return [kind for registry in registries.values() for kind in registry]


def test_what_a_kind_says_of_itself_is_marked_for_translation() -> None:
    """A label that is not marked would stay English without anyone noticing."""
    texts = {call.text for call in CALLS} | {""}
    rows = {(call.context, call.text) for call in CALLS}
    unmarked = []
    for kind in kinds():
        unmarked += [text for text in (kind.label, kind.help) if text not in texts]
        for parameter in getattr(kind, "parameters", ()):
            said = [("Parameter", parameter.label), ("Parameter", parameter.help)]
            if isinstance(parameter, Choice):
                said += [(parameter.context, label) for _, label in parameter.choices()]
            unmarked += [f"{kind.id}: {row}" for row in said if row[1] and row not in rows]
    assert unmarked == []


# Calls whose text a user reads: the method or class, and where its texts stand.
SHOWN = {
    "setText", "setToolTip", "setStatusTip", "setWhatsThis", "setWindowTitle", "setTitle",
    "setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setLabel", "setPrefix",
    "setSuffix", "addTab", "setTabText", "setTabToolTip", "addItem", "addMenu", "showMessage",
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QDockWidget",
    "QAction", "StudioError", "Refused", "say", "offer",
}  # fmt: skip
SHOWN_WORDS = {"help", "description", "epilog"}  # of the command line's parser

# Names and words that are the same in every language.
NAMES = {"NN Studio"}


def bare_texts(node: ast.Call) -> list[str]:
    """Return the literal texts with words in them that a call shows as they stand."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
    shown = list(node.args) if called in SHOWN else []
    if called in ("add_argument", "add_parser", "ArgumentParser"):
        shown += [word.value for word in node.keywords if word.arg in SHOWN_WORDS]
    parts = [part for text in shown for part in _literal_parts(text)]
    return [part for part in parts if re.search(r"[^\W\d_]{2}", part) and part.strip() not in NAMES]


def _literal_parts(text: ast.expr) -> list[str]:
    pieces = text.values if isinstance(text, ast.JoinedStr) else [text]
    return [
        piece.value
        for piece in pieces
        if isinstance(piece, ast.Constant) and isinstance(piece.value, str)
    ]


def test_no_text_reaches_a_user_without_translation() -> None:
    bare = [
        f"{name}:{node.lineno} {text!r}"
        for name in modules()
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call)
        for text in bare_texts(node)
    ]
    assert bare == []


# --- the extractor itself -------------------------------------------------------------------


def extracted(source: str, tmp_path: Path) -> tuple[list[tuple[str, str]], list[str]]:
    file = tmp_path / "room.py"
    file.write_text(source, "utf-8")
    calls, problems = update.extract([file], tmp_path)
    return [(call.context, call.text) for call in calls], problems


@pytest.mark.parametrize(
    "call",
    [
        'translate("Menu", "Open the file")',
        "translate('Menu', 'Open the file')",
        'translate(\n    "Menu",\n    "Open "\n    "the file",\n)',
        'translate("Menu", ("Open "\n    "the file"))',
        'i18n.translate("Menu", "Open the file")',
        'QT_TRANSLATE_NOOP("Menu", "Open "\n    "the file")',
        "print(f\"{translate('Menu', 'Open the file')}\")",
    ],
)
def test_texts_are_found_however_they_are_written(call: str, tmp_path: Path) -> None:
    assert extracted(call, tmp_path) == ([("Menu", "Open the file")], [])


def test_both_sides_of_a_choice_are_found(tmp_path: Path) -> None:
    found, problems = extracted('translate("Menu", "Play" if idle else "Pause")', tmp_path)
    assert found == [("Menu", "Play"), ("Menu", "Pause")]
    assert problems == []


@pytest.mark.parametrize(
    "call",
    [
        'translate("Layer", kind.label)',
        'translate("Menu", TEXTS[state])',
        "translate(parameter.context, label)",
        '"abc".translate(table)',
    ],
)
def test_rows_of_tables_may_be_shown(call: str, tmp_path: Path) -> None:
    assert extracted(call, tmp_path) == ([], [])


@pytest.mark.parametrize(
    "call",
    [
        'translate("Menu", f"Open {name}")',
        'translate("Menu", "Open " + name)',
        'translate("Menu", "Open %s" % name)',
        'translate("Menu", "Open {name}".format(name=name))',
        'translate("Menu", "Open {}")',
        'translate("Menu", "Open {0}")',
        'translate(context, "Open")',
        'translate(row.context, "Open")',
        'translate("Menu", text="Open")',
        'translate("Open")',
        'QT_TRANSLATE_NOOP("Menu", label)',
        "from nnstudio.i18n import translate as tr",
    ],
)
def test_calls_that_would_go_wrong_silently_are_named(call: str, tmp_path: Path) -> None:
    found, problems = extracted(call, tmp_path)
    assert found == []
    assert len(problems) == 1
    assert problems[0].startswith("room.py:1 ")


def test_pruning_keeps_one_copy_of_what_is_asked_for(tmp_path: Path) -> None:
    calls = [update.Call("Menu", "Open", "room.py:1"), update.Call("Menu", "New", "room.py:2")]
    parts = {
        "a.json": {"Menu": {"Open": "열기", "New": "새로 만들기", "Gone": "없음"}},
        "b.json": {"Menu": {"Open": "열기"}},
    }
    for name, part in parts.items():
        (tmp_path / name).write_text(json.dumps(part), "utf-8")
    update.prune(calls, tmp_path)
    merged, doubles = update.read_parts(tmp_path)
    assert merged == {"Menu": {"New": "새로 만들기", "Open": "열기"}}
    assert doubles == []


def test_differing_fields_are_named() -> None:
    wrong = {"Data": {"{count} rows": "{number}개 행", "{a} of {b}": "{b} 중 {a}"}}
    assert update.mismatched(wrong) == [
        "Data: '{count} rows' and '{number}개 행' have different fields"
    ]
