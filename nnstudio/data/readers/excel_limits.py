"""Looks into a workbook before it is read: the reader would take all memory a bad file asks for.

The reader allocates a rectangle around the outermost cells, so that one cell in the far corner
costs gigabytes and ends the program; sizes in the archive's directory may lie as well.
"""

import io
import re
import zipfile
from operator import itemgetter

MAX_CELLS = 12_000_000
MAX_UNPACKED = 1 << 29
MAX_ENTRIES = 5000

_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\s*\$?([A-Za-z]*)\$?(\d+)\s*[\"']")
_HIDDEN_REFERENCE = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*&")
_ROWS = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_CELLS = re.compile(
    rb"<table:(?:covered-)?table-cell\b([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)",
    re.DOTALL,
)
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"'](\d{1,9})")


class TooLargeError(Exception):
    """A sheet spans, or the archive unpacks to, more than can be held."""


def checked(content: bytes) -> bytes:
    """Return the same workbook, its entries unpacked and in the sizes they really have.

    Raise TooLargeError, or an exception of zipfile or ValueError for an archive that isn't sound.
    """
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as plain,
    ):
        infos = archive.infolist()
        names = [info.filename for info in infos]
        if len(set(names)) != len(names) or len(names) > MAX_ENTRIES:
            raise ValueError("too many or equal entries")
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise TooLargeError
        if "xl/workbook.bin" in names:
            raise ValueError("a binary workbook (xlsb)")
        for info in infos:
            body = archive.read(info)
            if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                _check_xlsx(body)
            elif info.filename == "content.xml":
                _check_ods(body)
            plain.writestr(zipfile.ZipInfo(info.filename), body)
    return file.getvalue()


def _check_xlsx(xml: bytes) -> None:
    """Raise TooLargeError when the rectangle around all cell references is too large."""
    if _HIDDEN_REFERENCE.search(xml):
        raise ValueError("a cell reference written with entities")
    references = _REFERENCE.findall(xml)
    rows = max(map(int, map(itemgetter(1), references)), default=1)
    columns = max(map(_column, set(map(itemgetter(0), references))), default=1)
    cells = xml.count(b"<c ") + xml.count(b":c ")
    if rows * columns > max(MAX_CELLS, 4 * cells) or rows > 1_048_576 or columns > 16_384:
        raise TooLargeError


def _column(letters: bytes) -> int:
    number = 1 if not letters else 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


def _check_ods(xml: bytes) -> None:
    """Raise TooLargeError when repeated rows and cells with a value make too large a rectangle."""
    rows = height = width = 0
    for row in _ROWS.finditer(xml):
        rows += _times(row[1])
        cells = place = 0
        for cell in _CELLS.finditer(row[2] or b""):
            place += _times(cell[1])
            if cell[2] or b"value" in cell[1]:
                cells = place
        if cells:
            height, width = rows, max(width, cells)
    if height * width > MAX_CELLS:
        raise TooLargeError


def _times(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1
