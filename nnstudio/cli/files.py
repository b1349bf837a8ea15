"""What several commands do with files: find them, open and save projects."""

import os
import sys
from pathlib import Path

from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange.project_file import SUFFIX, open_project, save
from nnstudio.i18n import translate


def existing(path: Path) -> Path:
    """Return `path`; raise StudioError when there is no such file."""
    if path.is_dir():
        raise StudioError(
            translate("Command", "{file} is a folder, not a file.").format(file=path),
            translate("Command", "Name a file in it."),
        )
    if not path.is_file():
        raise StudioError(
            translate("Command", "There is no file {file}.").format(file=path),
            translate("Command", "Check the name and the folder."),
        )
    return path


def load_project(path: Path) -> Project:
    """Return the project in a .nns file; what had to be left out is told on stderr.

    Raise StudioError when it can't be opened.
    """
    opened = open_project(existing(path))
    for warning in opened.warnings:
        print(f"nnstudio: {warning}", file=sys.stderr)
    return opened.project


def writable(path: Path) -> Path:
    """Return `path`; raise StudioError when no file can be written there (before long work)."""
    if path.is_dir():
        raise StudioError(
            translate("Command", "{file} is a folder, not a file.").format(file=path),
            translate("Command", "Name a file in it."),
        )
    folder = path.absolute().parent
    if not folder.is_dir():
        raise StudioError(
            translate("Command", "There is no folder {folder}.").format(folder=folder),
            translate("Command", "Make it first, or choose another."),
        )
    if not os.access(folder, os.W_OK):
        raise StudioError(
            translate("Command", "Nothing can be written in the folder {folder}.").format(
                folder=folder
            ),
            translate("Command", "Choose another."),
        )
    return path


def project_target(path: Path) -> Path:
    """Return `path`; raise StudioError when it can't become a project file."""
    if path.suffix.lower() != SUFFIX:
        raise StudioError(
            translate("Command", "A project file ends in .nns, not {file}.").format(file=path.name),
            translate("Command", "Add .nns to the name."),
        )
    return writable(path)


def save_project(project: Project, path: Path) -> Path:
    """Write a .nns file and return its path; raise StudioError when that is impossible."""
    save(project, project_target(path))
    return path
