"""What an xlsx file shows differently from what it stores: percent, padded zeros, no results."""

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_UNCALCULATED = re.compile(
    rb"<c\b[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_CELL = re.compile(rb"<c\b([^>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d{1,6})"')
_BUILT_IN = {9: "0%", 10: "0.00%"}


def sheet_path(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the entry that holds the sheet called `sheet`, "" when it can't be told."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError):
        return ""
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for element in book.iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            target = targets.get(element.get(_RELATION), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return path if path in archive.namelist() else ""
    return ""


def count_uncalculated(xml: bytes) -> int:
    """Return how many formulas of a sheet have no stored result."""
    return len(_UNCALCULATED.findall(xml))


def show_formats(cells: list[list[str]], archive: zipfile.ZipFile, xml: bytes) -> None:
    """Replace stored by shown texts: 0.125 shown as 12.5 % , and 123 shown as 00123."""
    formats = _telling_formats(archive)
    if not formats:
        return
    for row, column, style in _styled(xml):
        code = formats.get(style)
        if code is None or row >= len(cells) or column >= len(cells[row]):
            continue
        cells[row][column] = _shown(cells[row][column], code)


def _shown(text: str, code: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    if "%" in code:
        return f"{number * 100:.12g}%"
    return text.zfill(len(code)) if text.isdigit() else text


def _telling_formats(archive: zipfile.ZipFile) -> dict[int, str]:
    """Return the number formats, by style number, that show percent or zeros in front."""
    try:
        root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    except (KeyError, ElementTree.ParseError):
        return {}
    codes = dict(_BUILT_IN)
    for element in root.iter():
        if element.tag.endswith("}numFmt") and (element.get("numFmtId") or "").isdigit():
            codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
    styles = next((each for each in root if each.tag.endswith("}cellXfs")), None)
    used = [each.get("numFmtId", "0") for each in styles] if styles is not None else []
    found = {place: codes.get(int(id), "") for place, id in enumerate(used) if id.isdigit()}
    return {place: code for place, code in found.items() if "%" in code or _is_padding(code)}


def _is_padding(code: str) -> bool:
    return len(code) > 1 and set(code) == {"0"}


def _styled(xml: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield row, column (both from 0) and style number of every styled cell."""
    for cell in _CELL.finditer(xml):
        place, style = _PLACE.search(cell[1]), _STYLE.search(cell[1])
        if place and style:
            column = 0
            for letter in place[1]:
                column = column * 26 + letter - 64
            yield int(place[2]) - 1, column - 1, int(style[1])
