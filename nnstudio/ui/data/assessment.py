"""What is found out about a person's file before it is used; runs beside the window."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nnstudio.data import propose
from nnstudio.data.health import health
from nnstudio.data.readers import TablePreview, inspect_table
from nnstudio.data.spec import DataSpec
from nnstudio.data.table import Table
from nnstudio.document.own_table import keep_table
from nnstudio.errors import StudioError


@dataclass(frozen=True)
class Assessment:
    """The table as it was read, what each column would be for, and what looks wrong with that.

    `tables` is what the project keeps of it. Without `spec`, `problem` says why.
    """

    preview: TablePreview
    spec: DataSpec | None
    tables: Mapping[str, Table]
    warnings: tuple[str, ...] = ()
    problem: str = ""


def read(path: Path, choices: Mapping[str, Any], target: str | None) -> Assessment:
    """Return the assessment of a file; raise StudioError when it can't be read."""
    preview = inspect_table(path, **choices)
    wanted = target if target in preview.table.columns else None
    return assess(path, choices, preview, wanted, {})


def assess(
    path: Path,
    choices: Mapping[str, Any],
    preview: TablePreview,
    target: str | None,
    roles: Mapping[str, str],
) -> Assessment:
    """Return the assessment of a table that was read, with a target and other roles chosen."""
    source, tables = keep_table(preview.table, path, choices)
    try:
        spec = propose(preview.table, source, target)
    except StudioError as error:
        return Assessment(preview, None, tables, problem=str(error))
    columns = tuple(
        replace(column, role=roles[column.name])
        if column.role != "target" and column.name in roles
        else column
        for column in spec.columns
    )
    spec = replace(spec, columns=columns)
    warnings = tuple(str(found) for found in health(spec, preview.table))
    return Assessment(preview, spec, tables, warnings)
