"""Problem: one thing that stands in the way, in a sentence, with a mend where there is one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nnstudio.document.project import nothing


@dataclass(frozen=True)
class Problem:
    """What is wrong at `node` ("" = the whole project).

    `code` is stable for tests and help pages; `fix` is an id of `fixes.FIXES`, called with
    `arguments`. An "error" keeps training from starting, a "warning" doesn't.
    """

    node: str
    code: str
    text: str
    hint: str = ""
    fix: str = ""
    arguments: Mapping[str, Any] = field(default_factory=nothing, hash=False)
    severity: str = "error"
