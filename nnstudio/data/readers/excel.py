"""Rows of a spreadsheet (xlsx, xlsm, xls, ods) as texts; nothing in it is ever run."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

from nnstudio.data.readers.excel_formats import count_uncalculated, sheet_path, show_formats
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

MAX_CELLS = 30_000_000
MAX_UNPACKED = 1 << 30
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,7})"')
_WIDE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{3})\d')


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet as texts, the names of all sheets, and what had to be mended."""

    cells: list[list[str]]
    name: str
    sheets: tuple[str, ...]
    repairs: tuple[str, ...] = ()

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows from the start; may be called again."""
        return iter(self.cells)


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are a workbook by their content, whatever the file is called."""
    if content.startswith(OLE):
        return True
    if not content.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def read_workbook(content: bytes, sheet: str | int = "") -> Sheet:
    """Return the cells of `sheet` (name, or number from 0), else of the first that has any.

    Raise StudioError when the file is damaged, locked, too large, or has no such sheet.
    """
    _check_size(content)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = tuple(book.sheet_names)
            chosen = _choose(book, names, sheet)
            found = book.get_sheet_by_name(chosen)
            cells = [[_text(cell) for cell in row] for row in found.to_python(False)]
            repairs = _fill_merged(cells, found.merged_cell_ranges)
    except calamine.PasswordError:
        raise StudioError(
            translate("Data", "The workbook is locked with a password."),
            translate("Data", "Save it without a password, or save the sheet as CSV."),
        ) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise _damaged(str(error)) from None
    if len(names) > 1 and not sheet and sheet != 0:
        text = translate("Data", "The sheet “{name}” was read; the workbook has {count} sheets.")
        repairs.append(text.format(name=chosen, count=len(names)))
    return Sheet(cells, chosen, names, (*repairs, *_as_shown(content, chosen, cells)))


def _check_size(content: bytes) -> None:
    """Refuse archives that unpack to too much, and sheets whose outermost cells span too much."""
    if not content.startswith(ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise _too_large()
            for info in archive.infolist():
                if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                    _check_span(archive.read(info))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _damaged(str(error)) from None


def _check_span(xml: bytes) -> None:
    rows = max((int(number) for number in _ROW.findall(xml)), default=0)
    widest = max(_WIDE.findall(xml), default=b"ZZ")
    columns = 0
    for letter in widest:
        columns = columns * 26 + letter - 64
    if len(widest) == 3 and rows * columns > MAX_CELLS:
        raise _too_large()


def _choose(book: calamine.CalamineWorkbook, names: tuple[str, ...], sheet: str | int) -> str:
    if isinstance(sheet, int) and 0 <= sheet < len(names):
        return names[sheet]
    if sheet in names:
        return str(sheet)
    if sheet != "":
        text = translate("Data", "The workbook has no sheet called “{name}”.")
        hint = translate("Data", "Use one of: {ids}.")
        raise StudioError(text.format(name=sheet), hint.format(ids=", ".join(names)))
    kinds = {each.name: each for each in book.sheets_metadata}
    for name in names:
        seen = kinds[name].visible == calamine.SheetVisibleEnum.Visible
        work = kinds[name].typ == calamine.SheetTypeEnum.WorkSheet
        if seen and work and book.get_sheet_by_name(name).height:
            return name
    if not names:
        raise _damaged("no sheets")
    return names[0]


def _text(cell: Any) -> str:
    """Return a cell as the text a CSV file would hold: ISO dates, exact numbers, TRUE/FALSE."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.replace(microsecond=0).isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return "" if cell is None else str(cell)


def _fill_merged(cells: list[list[str]], ranges: Any) -> list[str]:
    """Copy a value merged over several rows of one column into all of them."""
    filled = 0
    for (top, left), (bottom, right) in ranges or ():
        if left != right or bottom <= top or bottom >= len(cells) or left >= len(cells[top]):
            continue
        value = cells[top][left]
        if not value or not _beside(cells, top, bottom, left):
            continue
        for row in range(top + 1, bottom + 1):
            cells[row][left] = value
        filled += 1
    if not filled:
        return []
    text = translate("Data", "Merged cells filled downwards: {count}.")
    return [text.format(count=filled)]


def _beside(cells: list[list[str]], top: int, bottom: int, left: int) -> bool:
    """Whether every merged row holds something else too: it is data, not a tall title."""
    return all(
        any(cell for place, cell in enumerate(cells[row]) if place != left)
        for row in range(top, bottom + 1)
    )


def _as_shown(content: bytes, sheet: str, cells: list[list[str]]) -> list[str]:
    """Bring `cells` to what Excel shows; return a sentence when formulas have no result."""
    if not content.startswith(ZIP):
        return []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        path = sheet_path(archive, sheet)
        if not path:
            return []
        xml = archive.read(path)
        show_formats(cells, archive, xml)
    count = count_uncalculated(xml)
    if not count:
        return []
    text = translate(
        "Data",
        "Formulas never calculated, so empty: {count}. Open and save the file in Excel once.",
    )
    return [text.format(count=count)]


def _damaged(details: str) -> StudioError:
    return StudioError(
        translate("Data", "The workbook can't be read; it may be damaged."),
        translate("Data", "Open it in Excel and save it again, or save the sheet as CSV."),
        details=details,
    )


def _too_large() -> StudioError:
    return StudioError(
        translate("Data", "The workbook is too large."),
        translate("Data", "Save the sheet you need as CSV."),
    )
