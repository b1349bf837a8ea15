"""The only exceptions whose text is meant for the user."""

from collections.abc import Mapping
from typing import Any


class StudioError(Exception):
    """A task failed in a way the user can understand and mend.

    `text` says what happened and why, `hint` what to do now; both are already translated
    sentences. `details` is for a report, never shown first.
    """

    def __init__(self, text: str, hint: str = "", details: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.hint = hint
        self.details = details

    def __str__(self) -> str:
        return f"{self.text} {self.hint}".strip()


class Refused(StudioError):
    """An edit can't be made as asked; `fix` names the edit that would mend it, if there is one.

    `fix` is an id of `nnstudio.document.fixes` and `arguments` what it is called with, so that
    a button can offer it and a test can press it.
    """

    def __init__(
        self,
        text: str,
        hint: str = "",
        fix: str = "",
        arguments: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(text, hint)
        self.fix = fix
        self.arguments: dict[str, Any] = dict(arguments or {})
