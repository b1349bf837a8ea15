"""Numbers as people write them: thousands, currency, percent, units, full-width digits."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from nnstudio.data.readers.words import CURRENCY, UNITS

_CURRENCY = re.compile(CURRENCY)


def _number_pattern(point: str, comma: str) -> re.Pattern[str]:
    digits = rf"(?:\d{{1,3}}(?:[{comma}\u0020']\d{{3}})+|\d+)(?:[{point}]\d*)?|[{point}]\d+"
    return re.compile(
        rf"(?P<open>\()?\s*(?P<sign>[+\-△▲])?\s*(?P<currency>{CURRENCY})?\s*(?P<minus>[+\-])?\s*"
        rf"(?P<digits>{digits})(?P<power>[eE][+\-]?\d{{1,3}})?"
        rf"\s*(?P<unit>[^\d\s.,;:()\-+][^\s,;:()]{{0,11}})?\s*(?P<close>\))?"
    )


_PATTERNS = {".": _number_pattern(r"\.", ","), ",": _number_pattern(",", r"\.")}
_SPACES = str.maketrans({"\u2212": "-", "\u2013": "-", "’": "'", "\u200b": None, "\ufeff": None})
_ID = re.compile(r"[+-]?0\d+|\d{16,}")
_SURE_COMMA = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4,}|(?<!\d)0,\d|\d\.\d{3},\d")
_SURE_POINT = re.compile(r"\d\.\d{1,2}(?!\d)|\d\.\d{4,}|(?<!\d)0\.\d|\d,\d{3}\.\d")


@dataclass(frozen=True)
class Parsed:
    """A number read from a cell, and what stood beside it."""

    value: float
    unit: str = ""
    currency: bool = False
    grouped: bool = False


def clean(cell: str) -> str:
    """Return the cell with full-width and odd characters made plain and the padding gone."""
    if cell.isascii():
        return cell.strip()
    return unicodedata.normalize("NFKC", cell).translate(_SPACES).strip()


def parse_number(cell: str, decimal: str = ".") -> Parsed | None:
    """Return the number in a cleaned `cell`, or None when it holds anything else.

    1,234 and 1 234 are one number; ₩, $, 원, %, cm stand beside it; (5) and △5 are −5.
    """
    match = _PATTERNS[decimal].fullmatch(cell)
    if match is None or (match["open"] is None) != (match["close"] is None):
        return None
    if match["sign"] and match["minus"]:
        return None
    unit = match["unit"] or ""
    currency = bool(match["currency"])
    if unit and _CURRENCY.fullmatch(unit):
        unit, currency = "", True
    if unit and unit.casefold() not in UNITS:
        return None
    plain = re.sub(r"[\s']", "", match["digits"])
    plain = plain.replace(",", "") if decimal == "." else plain.replace(".", "").replace(",", ".")
    value = float(plain + (match["power"] or ""))
    negative = match["open"] or (match["sign"] or match["minus"] or "+") in "-△▲"
    grouped = len(plain) != len(match["digits"])
    return Parsed(-value if negative else value, unit, currency, grouped)


def is_identifier(cell: str) -> bool:
    """Whether a cleaned cell of digits would lose something as a number: 00123, 16 digits."""
    return bool(_ID.fullmatch(cell))


def vote_decimal(cells: Iterable[str], separator: str) -> str:
    """Return the decimal sign the cells leave no doubt about; "" when all of them could be either.

    With ";" between cells, a comma with three digits behind it is a decimal comma as well.
    """
    commas = points = doubtful = 0
    for cell in cells:
        if not cell or not (cell[-1].isdigit() or cell[0].isdigit() or cell[0] in "+-("):
            continue
        if parse_number(cell, ",") and _SURE_COMMA.search(cell):
            commas += 1
        elif parse_number(cell, ".") and _SURE_POINT.search(cell):
            points += 1
        elif separator == ";" and re.fullmatch(r"[+-]?\d{1,3},\d{3}", cell):
            doubtful += 1
    if commas != points:
        return "," if commas > points else "."
    return "," if doubtful and not points else ""
