"""What a project is called in the window's title and in questions about it."""

from pathlib import Path

from nnstudio.document.project import Project
from nnstudio.exchange.templates import TEMPLATES, describe
from nnstudio.i18n import translate


def project_name(project: Project, path: Path | None) -> str:
    """Return the file's name, else the title, else the example's, else that it has none."""
    if path is not None:
        return path.stem
    if project.title:
        return project.title
    if project.template in TEMPLATES:
        return describe(project.template)[0]
    return translate("Title", "Untitled")


def window_title(project: Project, path: Path | None) -> str:
    """Return the title; `[*]` is where Qt marks unsaved changes."""
    return translate("Title", "{name}[*] – NN Studio").format(name=project_name(project, path))
