"""Binding a person's own table to a project in one step, for the window and the command line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nnstudio.data import Table, file_source, fits_in_project, propose, read_table
from nnstudio.data.spec import Source
from nnstudio.document.edits import bind_data
from nnstudio.document.project import Project

EMBEDDED = "table"
NO_NAME = frozenset("\\:\0")
"""Letters that no path in a project file has."""


def bind_table(project: Project, path: Path, target: str | None = None) -> Project:
    """Return the project with the table at `path` bound; `target` is the column to learn.

    Raise StudioError when the file is no table or has no such column.
    """
    table = read_table(path)
    source, tables = keep_table(table, path, {})
    return bind_data(project, propose(table, source, target), tables, path.parent)


def keep_table(
    table: Table, path: Path, choices: Mapping[str, Any]
) -> tuple[Source, Mapping[str, Table]]:
    """Return the source of a table read from `path` and the tables the project embeds.

    A table that is too large for a project file stays outside; its place and hash are kept.
    """
    if fits_in_project(table):
        name = "" if set(path.name) & NO_NAME else path.name
        return Source("embedded", EMBEDDED, path=name), {EMBEDDED: table}
    return file_source(path, path.parent, **choices), {}
