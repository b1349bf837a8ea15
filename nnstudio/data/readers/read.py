"""`read_table` and `inspect_table`: one door for every kind of table file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.readers.body import Mended, body, mended_repairs
from nnstudio.data.readers.choices import Choices, make_choices
from nnstudio.data.readers.columns import Reading, column_of, fast_numbers, number_kind
from nnstudio.data.readers.decode import decode
from nnstudio.data.readers.delimited import cut
from nnstudio.data.readers.excel import is_workbook, read_workbook
from nnstudio.data.readers.layout import Layout, find_layout, survey
from nnstudio.data.readers.numbers import clean, vote_decimal
from nnstudio.data.readers.readable import readable
from nnstudio.data.table import Table
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

BLOCK_ROWS = 50_000
PREVIEW_ROWS = 20
VOTES = 2000  # distinct cells per column that decide on the decimal sign
MAX_BYTES = 1 << 30
MAX_COLUMNS = 5000


class Rows(Protocol):
    """Something that yields its rows of texts, again and again."""

    def rows(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True, eq=False)
class TablePreview:
    """A table and how it was read, for the import sheet.

    `rows` are the first 20 rows of the file as they are, titles and blank rows included, so
    that `header_row` (−1: none) counts in them. `missing` counts per column.
    """

    table: Table
    encoding: str
    separator: str
    header_row: int
    decimal: str
    sheets: tuple[str, ...]
    sheet: str
    rows: tuple[tuple[str, ...], ...]
    missing: dict[str, int]
    repairs: tuple[str, ...]


@dataclass(frozen=True)
class _Opened:
    """The rows of a file and how they were found."""

    rows: Rows
    encoding: str = ""
    separator: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    repairs: tuple[str, ...] = ()


def read_table(path: str | Path, **choices: Any) -> Table:
    """Return the table in the CSV, TSV, Excel or OpenDocument file at `path`.

    What isn't chosen is guessed; `Table.repairs` tells what was guessed or mended. Choices are
    those of `Choices`: encoding, separator, header_row, decimal, sheet, missing, kinds.
    Raise StudioError when the file can't be read, is empty, or is no table.
    """
    return inspect_table(path, **choices).table


def inspect_table(path: str | Path, **choices: Any) -> TablePreview:
    """Read like `read_table` and return the table with everything that was guessed."""
    chosen = make_choices(**choices)
    path = Path(path)
    opened = _open(_content(path), chosen)
    seen = survey(opened.rows.rows())
    if not any(any(cell.strip() for cell in row) for row in (*seen.head, *seen.tail)):
        raise _empty(path)
    layout = find_layout(seen, chosen.header_row)
    if len(layout.names) > MAX_COLUMNS:
        text = translate("Data", "The table has {count} columns; {limit} are possible.")
        raise StudioError(
            text.format(count=len(layout.names), limit=MAX_COLUMNS),
            translate("Data", "Keep only the columns you need."),
        )
    _check_kinds(chosen, layout)
    readings, decimal, mended = _Reader(opened, layout, chosen).read()
    kept = [
        reading
        for reading, named in zip(readings, layout.named, strict=True)
        if named or not reading.column.missing().all() or not len(reading.column.values)
    ]
    notes = [sentence for reading in kept for sentence in reading.repairs]
    if decimal == "," and not chosen.decimal:
        notes.insert(0, translate("Data", "Numbers were read with a decimal comma."))
    repairs = (*opened.repairs, *layout.repairs, *mended_repairs(mended), *notes)
    table = Table(tuple(reading.column for reading in kept), path.stem, repairs)
    return TablePreview(
        table=table,
        encoding=opened.encoding,
        separator=opened.separator,
        header_row=layout.header_row,
        decimal=decimal,
        sheets=opened.sheets,
        sheet=opened.sheet,
        rows=tuple(tuple(row) for row in seen.head[:PREVIEW_ROWS]),
        missing={column.name: int(column.missing().sum()) for column in table.fields},
        repairs=repairs,
    )


def _content(path: Path) -> bytes:
    with readable(path):
        if path.stat().st_size > MAX_BYTES:
            raise StudioError(
                translate("Data", "The file “{name}” is too large.").format(name=path.name),
                translate("Data", "Keep only the rows and columns you need."),
            )
        return path.read_bytes()


def _open(content: bytes, chosen: Choices) -> _Opened:
    if is_workbook(content):
        sheet = read_workbook(content, chosen.sheet)
        return _Opened(sheet, sheets=sheet.sheets, sheet=sheet.name, repairs=sheet.repairs)
    decoded = decode(content, chosen.encoding)
    start = decoded.text[:1000].lstrip().casefold()
    if start.startswith(("<!doctype html", "<html", "<?xml", "<table", "{\\rtf")):
        raise StudioError(
            translate("Data", "This file is a web page or a document, not a table."),
            translate("Data", "Open it in Excel and save it as .xlsx or CSV."),
        )
    rows = cut(decoded.text, chosen.separator)
    return _Opened(
        rows, decoded.encoding, rows.separator, repairs=(*decoded.repairs, *rows.repairs)
    )


def _empty(path: Path) -> StudioError:
    return StudioError(
        translate("Data", "The file “{name}” is empty.").format(name=path.name),
        translate("Data", "Choose a file with a table in it."),
    )


def _check_kinds(chosen: Choices, layout: Layout) -> None:
    for name in chosen.kinds:
        if name not in layout.names:
            text = translate("Data", "The data has no column “{name}”.").format(name=name)
            hint = translate("Data", "Its columns are: {names}.")
            raise StudioError(text, hint.format(names=", ".join(layout.names)))


@dataclass
class _Reader:
    """Reads the body in blocks: plain numbers at once, all other columns in a second pass.

    Columns of plain numbers never exist as texts beyond one block, which keeps large files small.
    """

    opened: _Opened
    layout: Layout
    chosen: Choices
    numbers: dict[int, list[NDArray[np.float64]]] = field(default_factory=dict)
    points: set[int] = field(default_factory=set)
    texts: dict[int, list[str]] = field(default_factory=dict)

    def read(self) -> tuple[list[Reading], str, Mended]:
        names = self.layout.names
        mended = Mended()
        self._numbers_first(mended)
        self._read_texts([place for place in range(len(names)) if place not in self.numbers])
        decimal = self.chosen.decimal or self._decimal()
        if decimal == ",":
            self._read_texts([place for place in self.points if place in self.numbers])
        readings = [self._reading(place, name, decimal) for place, name in enumerate(names)]
        return readings, decimal, mended

    def _blocks(self, mended: Mended) -> Iterator[list[list[str]]]:
        rows = body(self.opened.rows.rows(), self.layout, mended)
        while block := list(islice(rows, BLOCK_ROWS)):
            yield block

    def _numbers_first(self, mended: Mended) -> None:
        worded = {n for n, kind in self.chosen.kinds.items() if kind != "number"}
        open_places = {
            place
            for place, name in enumerate(self.layout.names)
            if name not in worded and not self.chosen.missing
        }
        for place in open_places:
            self.numbers[place] = []
        for block in self._blocks(mended):
            for place, cells in enumerate(zip(*block, strict=True)):
                if place not in self.numbers:
                    continue
                values = fast_numbers(cells)
                if values is None:
                    del self.numbers[place]
                    continue
                self.numbers[place].append(values)
                if place not in self.points and any("." in cell for cell in cells):
                    self.points.add(place)

    def _read_texts(self, places: Sequence[int]) -> None:
        """Read the columns at `places` as texts; equal texts share one object."""
        if not places:
            return
        shared: dict[str, str] = {}
        for place in places:
            self.numbers.pop(place, None)
            self.texts[place] = []
        for block in self._blocks(Mended()):
            columns = list(zip(*block, strict=True))
            for place in places:
                self.texts[place] += [shared.setdefault(cell, cell) for cell in columns[place]]

    def _decimal(self) -> str:
        distinct = (islice(dict.fromkeys(texts), VOTES) for texts in self.texts.values())
        cells = {clean(cell) for column in distinct for cell in column}
        return vote_decimal(cells, self.opened.separator) or "."

    def _reading(self, place: int, name: str, decimal: str) -> Reading:
        unit = self.layout.units[place] if place < len(self.layout.units) else ""
        if place in self.numbers:
            blocks = self.numbers[place]
            values = np.concatenate(blocks) if blocks else np.zeros(0)
            return number_kind(name, values, unit)
        return column_of(
            name,
            self.texts[place],
            kind=self.chosen.kinds.get(name, ""),
            decimal=decimal,
            missing=self.chosen.missing,
            unit=unit,
        )
