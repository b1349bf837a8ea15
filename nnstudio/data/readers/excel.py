"""Rows of a spreadsheet (xlsx, xlsm, xls, ods) as texts; nothing in it is ever run."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

from nnstudio.data.readers.excel_formats import count_uncalculated, sheet_path, show_formats
from nnstudio.data.readers.excel_limits import TooLargeError, checked
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

BAD_ARCHIVE = (
    *(zipfile.BadZipFile, zlib.error, ValueError, KeyError, EOFError, OSError),
    *(NotImplementedError, RuntimeError),
)


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
    content = _sound(content)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = tuple(book.sheet_names)
            found = _choose(book, names, sheet)
            chosen = found.name
            cells = [[_text(cell) for cell in row] for row in found.to_python(False)]
            repairs = _fill_merged(cells, found.merged_cell_ranges)
    except calamine.PasswordError:
        raise StudioError(
            translate("Data", "The workbook is locked with a password."),
            translate("Data", "Save it without a password, or save the sheet as CSV."),
        ) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise _damaged(str(error)) from None
    except BaseException as error:
        # The reader's own bugs arrive as "PanicException", which isn't an Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(str(error)) from None
    if len(names) > 1 and not sheet and sheet != 0:
        text = translate("Data", "The sheet “{name}” was read; the workbook has {count} sheets.")
        repairs.append(text.format(name=chosen, count=len(names)))
    return Sheet(cells, chosen, names, (*repairs, *_as_shown(content, chosen, cells)))


def _sound(content: bytes) -> bytes:
    """Return the workbook in a form that is safe to read; raise StudioError when there is none."""
    if not content.startswith(ZIP):
        return content
    try:
        return checked(content)
    except TooLargeError:
        raise StudioError(
            translate("Data", "The workbook is too large."),
            translate("Data", "Save the sheet you need as CSV."),
        ) from None
    except BAD_ARCHIVE as error:
        raise _damaged(repr(error)) from None


def _choose(
    book: calamine.CalamineWorkbook, names: tuple[str, ...], sheet: str | int
) -> calamine.CalamineSheet:
    """Return the sheet that was asked for, else the first visible one with any cells."""
    if isinstance(sheet, int) and 0 <= sheet < len(names):
        return book.get_sheet_by_name(names[sheet])
    if sheet in names:
        return book.get_sheet_by_name(str(sheet))
    if sheet != "":
        text = translate("Data", "The workbook has no sheet called “{name}”.")
        hint = translate("Data", "Use one of: {ids}.")
        raise StudioError(text.format(name=sheet), hint.format(ids=", ".join(names)))
    for each in book.sheets_metadata:
        visible = each.visible == calamine.SheetVisibleEnum.Visible
        if visible and each.typ == calamine.SheetTypeEnum.WorkSheet:
            found = book.get_sheet_by_name(each.name)
            if found.height:
                return found
    if not names:
        raise _damaged("no sheets")
    return book.get_sheet_by_name(names[0])


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
