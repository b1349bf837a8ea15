"""Binding a person's own table to a project in one step, for the window and the command line."""

from pathlib import Path

from nnstudio.data import Table, propose, read_table
from nnstudio.data.spec import Source
from nnstudio.document.edits import bind_data
from nnstudio.document.project import Project


def bind_table(project: Project, path: Path, target: str | None = None) -> Project:
    """Return the project with the table at `path` embedded and bound; `target` is its column.

    Raise StudioError when the file is no table or has no such column.
    """
    return bind_read_table(project, read_table(path), target)


def bind_read_table(project: Project, table: Table, target: str | None = None) -> Project:
    """Return the project with `table` embedded under the id `table` and bound."""
    spec = propose(table, Source("embedded", "table"), target)
    return bind_data(project, spec, {"table": table})
