"""`read_table` and `inspect_table`: one door for every kind of table file."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnstudio.data.profile import MAX_CATEGORIES
from nnstudio.data.readers.choices import make_choices
from nnstudio.data.table import Column, Table, category_column, number_column, object_array
from nnstudio.errors import StudioError
from nnstudio.i18n import translate


@dataclass(frozen=True, eq=False)
class TablePreview:
    """A table and how it was read, for the import sheet."""

    table: Table
    encoding: str
    separator: str
    header_row: int
    decimal: str
    sheets: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    missing: dict[str, int]
    repairs: tuple[str, ...]


def read_table(path: str | Path, **choices: Any) -> Table:
    """Return the table in the file at `path`; see `Choices`. Raise StudioError when it can't."""
    return inspect_table(path, **choices).table


def inspect_table(path: str | Path, **choices: Any) -> TablePreview:
    """Read like `read_table` and tell how."""
    chosen = make_choices(**choices)
    path = Path(path)
    try:
        text = path.read_text(chosen.encoding or "utf-8-sig")
    except OSError as error:
        raise StudioError(
            translate("Data", "The file “{name}” can't be read.").format(name=path.name),
            translate("Data", "Check that it exists and that you may open it."),
            details=str(error),
        ) from None
    separator = chosen.separator or ","
    lines = [row for row in csv.reader(text.splitlines(), delimiter=separator) if row]
    columns = tuple(_column(name, cells) for name, *cells in zip(*lines, strict=True))
    table = Table(columns, path.stem)
    missing = {column.name: int(column.missing().sum()) for column in columns}
    rows = tuple(tuple(line) for line in lines[:20])
    return TablePreview(table, "utf-8", separator, 0, ".", (), rows, missing, ())


def _column(name: str, cells: list[str]) -> Column:
    values = [cell or None for cell in cells]
    try:
        return number_column(name, [None if cell is None else float(cell) for cell in values])
    except ValueError:
        if len(set(values)) <= MAX_CATEGORIES:
            return category_column(name, values)
        return Column(name, "text", object_array(values))
