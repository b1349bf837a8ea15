"""Whatever stands in KEY=VALUE, the answer is a project or a sentence."""

import argparse
import contextlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnstudio.cli.settings import configured
from nnstudio.cli.words import WORDS, say, speak
from nnstudio.errors import StudioError
from nnstudio.exchange.templates import load_template
from nnstudio.i18n import set_language

IRIS = load_template("iris")
NAMES = [*IRIS.training.values(), *IRIS.graph["dense_1"].layer.settings]
OWNERS = st.sampled_from(["training", "dense_1", "dense_2", "input_1", "output_1", "", "x"])
VALUES = st.one_of(
    st.text(max_size=12),
    st.integers(-(10**12), 10**12).map(str),
    st.floats().map(str),
    st.sampled_from(["true", "off", "[1,2]", "[[1]]", '["a"]', "null", "{}", "1e400", "½", "１"]),
)


@settings(max_examples=300)
@given(OWNERS, st.sampled_from(NAMES) | st.text(max_size=8), VALUES)
def test_any_text_is_a_project_or_a_sentence(owner: str, name: str, value: str) -> None:
    with contextlib.suppress(StudioError):
        configured(IRIS, [f"{owner}.{name}={value}"], None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.05", 0.05), ("1/20", 0.05), ("0,05", 0.05), ("5e-2", 0.05)],
)
def test_numbers_are_written_as_in_the_window(text: str, value: float) -> None:
    project = configured(IRIS, [f"training.learning_rate={text}"], None)
    assert project.training.learning_rate == value


def test_shapes_and_lists_are_written_as_json() -> None:
    project = configured(load_template("blank"), [], None)
    assert project == load_template("blank")
    changed = configured(IRIS, ['output_1.classes=["a","b","c"]'], None)
    assert changed.graph["output_1"].layer.settings["classes"] == ("a", "b", "c")


def test_argparse_has_no_sentence_that_we_miss() -> None:
    """Every sentence for users in this Python's argparse has its Korean with the same fields."""
    field = re.compile(r"%(?:\(\w+\))?[srd]")
    set_language("ko")
    for text in WORDS:
        assert sorted(field.findall(say(text))) == sorted(field.findall(text)), text
        assert say(text) != text
    assert say("something new") == "something new"


def test_argparse_speaks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(argparse, "_", argparse._)  # type: ignore[attr-defined]
    set_language("ko")
    speak()
    with pytest.raises(SystemExit):
        argparse.ArgumentParser(prog="x").parse_args(["--foo"])
    assert "알 수 없는 인자: --foo" in capsys.readouterr().err
