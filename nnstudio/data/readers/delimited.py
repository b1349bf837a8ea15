"""Rows of delimited text: which character separates the cells, and the cells themselves."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from nnstudio.i18n import translate

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_CHARACTERS = 65_536
SAMPLE_ROWS = 200

_SEP_LINE = re.compile(r'\A"?sep=(.)"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_OTHERS = {
    ",": re.compile(r"[;\t|]"),
    ";": re.compile(r"[\t|]"),
    "\t": re.compile(r"(?!)"),
    "|": re.compile(r"[\t]"),
}
_COMMA_NUMBERS = re.compile(r"\A\s*[+-]?\d{1,3}(?:,\d+)+\s*\Z")
_WORDS = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|\?|NA|nan", re.IGNORECASE)


@dataclass(frozen=True)
class Delimited:
    """Text cut into rows on demand; blank lines are empty rows, so row numbers stay true."""

    text: str
    separator: str
    quoted: bool
    repairs: tuple[str, ...] = ()

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows from the start; may be called again."""
        if self.separator == " ":
            return (line.split() for line in io.StringIO(self.text))
        if not self.separator:
            return _single(self.text)
        return _reader(self.text, self.separator, self.quoted)


def cut(text: str, separator: str = "") -> Delimited:
    """Return the rows of `text`; the separator is `separator`, named in the file, or guessed."""
    repairs: list[str] = []
    named = _SEP_LINE.match(text)
    if named:
        text = text[named.end() :]
        separator = separator or named[1]
    chosen = separator or guess_separator(text)
    quoted = _quotes_close(text, chosen)
    if not quoted:
        repairs.append(translate("Data", "A quotation mark is never closed; quotes were kept."))
    return Delimited(text, chosen, quoted, tuple(repairs))


def guess_separator(text: str) -> str:
    """Return the character that cuts the first rows most evenly; "" for a single column."""
    sample = text[:SAMPLE_CHARACTERS]
    scores = {each: _score(sample, each, len(text) > len(sample)) for each in SEPARATORS}
    best = max(SEPARATORS, key=lambda each: scores[each])
    lines = [line for line in sample.splitlines()[:SAMPLE_ROWS] if line.strip()]
    if best == "," and _one_column_of_commas(lines):
        return ""
    if scores[best][0] > 0:
        return best
    return " " if _columns_of_numbers(lines) else ""


def _score(sample: str, separator: str, was_cut: bool) -> tuple[float, int]:
    """Return (share of rows with the usual width, less the cells that hold other separators)."""
    rows = []
    for row in _reader(sample, separator, True):
        if any(row):
            rows.append(row)
        if len(rows) >= SAMPLE_ROWS:
            break
    if was_cut and len(rows) > 1 and len(rows) < SAMPLE_ROWS:
        rows.pop()
    widths = Counter(len(row) for row in rows)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return (0.0, 1)
    width = max(wide, key=lambda each: (wide[each], each))
    usual = [row for row in rows if len(row) == width]
    foreign = _OTHERS[separator]
    mixed = sum(1 for row in usual for cell in row if foreign.search(cell))
    share = wide[width] / len(rows) - 0.5 * mixed / (len(usual) * width)
    return (round(max(share, 0.001), 6), width)


def _one_column_of_commas(lines: list[str]) -> bool:
    """Whether every line but the first is one number with a comma, and the first has none."""
    body = lines[1:]
    return bool(body) and "," not in lines[0] and all(map(_COMMA_NUMBERS.match, body))


def _columns_of_numbers(lines: list[str]) -> bool:
    """Whether blanks separate: equal counts of at least three words, four of five numeric."""
    words = [line.split() for line in lines]
    if len(words) < 2 or len({len(row) for row in words}) != 1 or len(words[0]) < 3:
        return False
    cells = [cell for row in words[1:] for cell in row]
    return sum(1 for cell in cells if _WORDS.fullmatch(cell)) >= 0.8 * len(cells)


def _reader(text: str, separator: str, quoted: bool) -> Iterator[list[str]]:
    source = io.StringIO(text, newline="")
    if quoted:
        return csv.reader(source, delimiter=separator, skipinitialspace=True)
    return csv.reader(source, delimiter=separator, quoting=csv.QUOTE_NONE)


def _single(text: str) -> Iterator[list[str]]:
    """Yield each line as one cell; quotes around it are taken off."""
    for line in io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")):
        cell = line.rstrip("\n")
        if len(cell) > 1 and cell[0] == cell[-1] == '"':
            cell = cell[1:-1].replace('""', '"')
        yield [cell] if cell else []


def _quotes_close(text: str, separator: str) -> bool:
    """Whether the last quoted cell ends before the file does, and no cell is endless."""
    if '"' not in text or separator in ("", " "):
        return True
    try:
        for row in _reader(text + "\n\0end", separator, True):
            last = row
    except csv.Error:
        return False
    return last == ["\0end"]
