"""Texts come in the chosen language, with English where Korean is missing."""

import json
from pathlib import Path

import pytest

from nnstudio import i18n
from nnstudio.i18n import set_language, system_language, translate


@pytest.fixture
def korean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of three texts as the Korean one."""
    texts = {"Open": "열기", "{name} is removed.": "{name}을(를) 지웠습니다.", "{a}": "{a}"}
    (tmp_path / "i18n").mkdir()
    (tmp_path / "i18n" / "ko.json").write_text(json.dumps({"Menu": texts}), "utf-8")
    monkeypatch.setattr(i18n, "resources", lambda: tmp_path)
    set_language("ko")


@pytest.mark.usefixtures("korean")
def test_a_text_is_looked_up_in_its_context() -> None:
    assert translate("Menu", "Open") == "열기"
    assert translate("Dock", "Open") == "Open"
    assert translate("Menu", "") == ""


@pytest.mark.usefixtures("korean")
def test_filling_a_korean_sentence_settles_its_particles() -> None:
    text = translate("Menu", "{name} is removed.")
    assert text.format(name="편향") == "편향을 지웠습니다."
    assert text.format(name="Dense") == "Dense를 지웠습니다."
    assert type(text.format(name="Dense")) is str


@pytest.mark.usefixtures("korean")
def test_english_comes_back_at_once() -> None:
    set_language("en")
    assert translate("Menu", "Open") == "Open"


def test_the_pseudo_language_marks_every_text() -> None:
    set_language("en", wrap=lambda text: f"⟦{text}⟧")
    assert translate("Menu", "{name} is removed.").format(name="x") == "⟦x is removed.⟧"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="known: en, ko"):
        set_language("xx")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"NNSTUDIO_LANGUAGE": "ko", "LANG": "en_US.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, "en"),
        ({"NNSTUDIO_LANGUAGE": "klingon", "LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_system_language_is_read_from_the_environment(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NNSTUDIO_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() == expected
