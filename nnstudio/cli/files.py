"""What several commands do with files: find them, open and save projects."""

from pathlib import Path

from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange.project_file import open_project, save
from nnstudio.i18n import translate


def existing(path: Path) -> Path:
    """Return `path`; raise StudioError when there is no such file."""
    if not path.is_file():
        raise StudioError(
            translate("Command", "There is no file {file}.").format(file=path),
            translate("Command", "Check the name and the folder."),
        )
    return path


def load_project(path: Path) -> Project:
    """Return the project in a .nns file; raise StudioError when it can't be opened."""
    return open_project(existing(path)).project


def save_project(project: Project, path: Path) -> Path:
    """Write a .nns file and return its path; raise StudioError for a missing folder."""
    if not path.parent.is_dir():
        raise StudioError(
            translate("Command", "There is no folder {folder}.").format(folder=path.parent),
            translate("Command", "Make it first, or choose another."),
        )
    if path.suffix.lower() != ".nns":
        raise StudioError(
            translate("Command", "A project file ends in .nns, not {file}.").format(file=path.name),
            translate("Command", "Add .nns to the name."),
        )
    save(project, path)
    return path
