"""Templates: ready projects shipped as folders, read by the loader of project files."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from nnstudio.data.npy import from_npy
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange.project_file import read_plain
from nnstudio.i18n import language, translate
from nnstudio.paths import resources

TEMPLATES = (
    "start",
    "perceptron",
    "logic_gates",
    "delta_rule",
    "xor",
    "xor_one_layer",
    "circle",
    "spiral",
    "curve",
    "iris",
    "wine",
    "breast_cancer",
    "diabetes",
    "digits_5x5",
    "digits_8x8",
    "net_64_1000_100_10",
    "blank",
)
"""Ids in the order of the gallery; each is a folder of resources/templates."""


def load_template(id: str) -> Project:
    """Return a new project made from a template; raise StudioError for an unknown id."""
    folder = _folder(id)
    content = (folder / "project.json").read_bytes()
    project, _ = read_plain(content, {"weights": dict(_starts(folder))})
    return project.but(template=id)


def describe(id: str) -> tuple[str, str]:
    """Return (title, summary in one sentence) of a template in the current language."""
    title, summary, _ = _parts(id, language())
    return title, summary


def suggestions(id: str) -> tuple[str, ...]:
    """Return what to try with a template, a few sentences in the current language."""
    return _parts(id, language())[2]


@lru_cache(maxsize=64)
def _parts(id: str, name: str) -> tuple[str, str, tuple[str, ...]]:
    """Return title, summary and suggestions: a heading, a paragraph, a list."""
    lines = (_folder(id) / f"{name}.md").read_text("utf-8").splitlines()
    texts = [line.strip() for line in lines if line.strip()]
    tries = tuple(line.removeprefix("- ") for line in texts if line.startswith("- "))
    return texts[0].removeprefix("# "), texts[1], tries


def _folder(id: str) -> Path:
    if id not in TEMPLATES:
        raise StudioError(
            translate("File", "There is no template called {id}.").format(id=id),
            translate("File", "Use one of: {ids}.").format(ids=", ".join(TEMPLATES)),
        )
    return resources() / "templates" / id


def _starts(folder: Path) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the starting weights a template brings along, if it does."""
    for file in sorted(folder.glob("weights/*/*.npy")):
        yield f"{file.parent.name}/{file.stem}", from_npy(file.read_bytes())
