"""Translation without Qt: one compiled catalogue serves the window and the command line.

Source text is English. Calls pass literals, `translate("Menu", "Open…")`, so that
`packaging/update_translations.py` finds them; named fields are filled afterwards:
`translate("Data", "{count} rows").format(count=3)`. Tables mark their texts with
`QT_TRANSLATE_NOOP("Layer", "Dense")` and translate when they are shown.
"""

import json
import locale
import os
from collections.abc import Callable
from typing import Any

from nnstudio.particles import settle
from nnstudio.paths import resources

LANGUAGES = {"en": "English", "ko": "한국어"}

_catalogue: dict[str, dict[str, str]] = {}
_language = "en"
_wrap: Callable[[str], str] | None = None


class _Korean(str):
    """A Korean sentence with fields: filling them also settles particles such as 을(를)."""

    __slots__ = ()

    def format(self, *args: Any, **fields: Any) -> str:
        return settle(super().format(*args, **fields))


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name of Qt's own marker
    """Mark `text` for extraction and return it unchanged."""
    return text


def translate(context: str, text: str) -> str:
    """Return `text` in the current language; English when the catalogue lacks it."""
    if not text:
        return text
    found = _catalogue.get(context, {}).get(text, text)
    if _wrap is not None:
        return _wrap(found)
    return _Korean(found) if _language == "ko" and "{" in found else found


def language() -> str:
    """Return the id of the current language, `en` or `ko`."""
    return _language


def set_language(name: str, wrap: Callable[[str], str] | None = None) -> None:
    """Switch every later `translate` to language `name`; `wrap` marks texts (pseudo-language)."""
    global _catalogue, _language, _wrap
    if name not in LANGUAGES:
        raise ValueError(f"Unknown language {name!r}; known: {', '.join(LANGUAGES)}")
    file = resources() / "i18n" / f"{name}.json"
    _catalogue = {} if name == "en" else json.loads(file.read_text("utf-8"))
    _language = name
    _wrap = wrap


def system_language() -> str:
    """Return `ko` on a Korean system, else `en` (NNSTUDIO_LANGUAGE overrules)."""
    chosen = os.environ.get("NNSTUDIO_LANGUAGE", "")
    if chosen in LANGUAGES:
        return chosen
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        if os.environ.get(name):
            return "ko" if os.environ[name].lower().startswith("ko") else "en"
    return "ko" if (locale.getlocale()[0] or "").lower().startswith("ko") else "en"
