"""From the cells of one column to its kind and values, decided on the distinct texts."""

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.readers.dates import Dates, parse_dates, to_days
from nnstudio.data.readers.numbers import Parsed, clean, is_identifier, parse_number
from nnstudio.data.readers.words import MISSING, MISSING_MARKS, is_missing_word, is_pair
from nnstudio.data.table import Column, object_array, sort_categories
from nnstudio.i18n import translate

MAX_CATEGORIES = 200
MAX_CATEGORY_LENGTH = 100

# A column that numpy reads as numbers may still hold ids (0123, 16 digits), 1_000 or infinity.
_SUSPECT = re.compile(r"^\s*[+-]?(?:0\d|\d{16,}\s*$)|_|[iI][nN][fF]", re.MULTILINE)
_FORMULA = re.compile(r"=\s*[-+(]?[A-Za-z가-힣$(\d].*", re.DOTALL)
_QUOTED_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_DATE_NAME = re.compile(r"date|day|time|날짜|일자|일시|생년월일|년월일|등록일|시각", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """A column and the sentences about how its cells were read."""

    column: Column
    repairs: tuple[str, ...] = ()


def fast_numbers(cells: Sequence[str]) -> NDArray[np.float64] | None:
    """Return the cells as numbers when all are plain or empty, else None."""
    try:
        numbers = np.array([cell or "nan" for cell in cells], np.float64)
    except ValueError:
        return None
    return None if _SUSPECT.search("\n".join(cells)) else numbers


def number_kind(name: str, values: NDArray[np.float64], unit: str) -> Reading:
    """Return a column read fast; whole numbers like 20240105 under a telling name are dates."""
    present = values[~np.isnan(values)]
    if _DATE_NAME.search(name) and len(present) and _compact(present):
        texts = {f"{value:.0f}": value for value in np.unique(present).tolist()}
        dates = parse_dates(texts, compact=True)
        if dates is not None:
            found = {value: dates.moments[text] for text, value in texts.items()}
            moments = [found.get(value) for value in values.tolist()]
            return Reading(Column(name, "date", to_days(moments, False)))
    if not len(present):
        return Reading(Column(name, "text", object_array([None] * len(values))))
    return Reading(Column(name, "number", values, unit=unit))


def _compact(present: NDArray[np.float64]) -> bool:
    whole = bool(np.all(present == np.floor(present)))
    return whole and bool(present.min() >= 19_000_101 and present.max() <= 21_001_231)


def column_of(
    name: str,
    cells: Sequence[str],
    *,
    kind: str = "",
    decimal: str = ".",
    missing: Sequence[str] = (),
    unit: str = "",
) -> Reading:
    """Return the column the cells make: `kind` if it is given, else what all of them agree on.

    A number or date needs every present cell to be one; else few distinct texts make a
    category, many a text. With `kind` number or date, other cells become missing.
    """
    counts = Counter(cells)
    plain = {cell: _plain(cell) for cell in counts}
    given_missing = {clean(word).casefold() for word in missing}
    gone = {cell for cell, text in plain.items() if _is_gone(text, given_missing)}
    texts = dict.fromkeys(text for cell, text in plain.items() if cell not in gone)
    reader = _Cells(name, cells, counts, plain, gone, list(texts), unit)
    if kind in ("category", "text"):
        return reader.words(kind)
    if kind == "date":
        return reader.dates(lenient=True) or reader.words("")
    if kind == "number":
        return reader.numbers(decimal, lenient=True) or reader.words("")
    if not texts:
        return Reading(Column(name, "text", object_array([None] * len(cells))))
    return reader.numbers(decimal) or reader.dates() or reader.words("")


def _plain(cell: str) -> str:
    quoted = _QUOTED_FORMULA.fullmatch(cell.strip())
    return clean(quoted[1].replace('""', '"')) if quoted else clean(cell)


def _is_gone(text: str, given: set[str]) -> bool:
    word = text.casefold()
    return not word or word in MISSING or word in given


@dataclass(frozen=True)
class _Cells:
    """The cells of one column, their cleaned texts, and which of them say "nothing here"."""

    name: str
    cells: Sequence[str]
    counts: Mapping[str, int]
    plain: Mapping[str, str]
    gone: set[str]
    texts: list[str]
    unit: str

    def numbers(self, decimal: str, lenient: bool = False) -> Reading | None:
        """Return a column of numbers in the decimal sign of the file, else in the other one."""
        candidates = [
            text for text in self.texts if not is_missing_word(text) and not _is_formula(text)
        ]
        if not candidates or (not lenient and any(map(self._is_id, self.plain))):
            return None
        for sign in (decimal, "," if decimal == "." else "."):
            found = {text: parse_number(text, sign) for text in candidates}
            parsed = {text: number for text, number in found.items() if number is not None}
            agree = len({number.unit.casefold() for number in parsed.values() if number.unit}) <= 1
            if parsed and (lenient or (agree and len(parsed) == len(found))):
                return self._number_column(parsed, sign != decimal)
        return None

    def _is_id(self, cell: str) -> bool:
        quoted = _QUOTED_FORMULA.fullmatch(cell.strip()) is not None
        return cell not in self.gone and (quoted or is_identifier(self.plain[cell]))

    def _number_column(self, parsed: Mapping[str, Parsed], other_sign: bool) -> Reading:
        values = {
            cell: parsed[text].value if text in parsed else np.nan
            for cell, text in self.plain.items()
        }
        array = np.array([values[cell] for cell in self.cells], np.float64)
        array[np.isinf(array)] = np.nan
        units = [number.unit for number in parsed.values() if number.unit]
        unit = units[0] if units else self.unit
        repairs = list(self._lost(parsed))
        if any(number.currency or number.grouped for number in parsed.values()):
            text = translate("Data", "“{name}”: currency and thousands signs were removed.")
            repairs.append(text.format(name=self.name))
        if units:
            text = translate("Data", "“{name}”: the unit “{unit}” was taken off the numbers.")
            repairs.append(text.format(name=self.name, unit=unit))
        if other_sign:
            text = translate("Data", "“{name}” uses another decimal sign than the file.")
            repairs.append(text.format(name=self.name))
        return Reading(Column(self.name, "number", array, unit=unit), tuple(repairs))

    def _lost(self, known: Container[str]) -> tuple[str, ...]:
        """Return the sentence about cells that became missing although they weren't empty."""
        lost = [cell for cell, text in self.plain.items() if text and text not in known]
        if not lost:
            return ()
        if any(_is_formula(self.plain[cell]) for cell in lost):
            text = translate("Data", "“{name}”: formulas without a result count as missing.")
            return (text.format(name=self.name),)
        text = translate("Data", "“{name}”: cells such as “{example}” count as missing ({count}).")
        count = sum(self.counts[cell] for cell in lost)
        return (text.format(name=self.name, count=count, example=self.plain[lost[0]]),)

    def dates(self, lenient: bool = False) -> Reading | None:
        """Return a column of dates when every present cell is one."""
        candidates = [text for text in self.texts if not is_missing_word(text)]
        if not candidates:
            return None
        compact = lenient or bool(_DATE_NAME.search(self.name))
        found = parse_dates(candidates, compact, lenient)
        if found is None:
            return None
        moments = [found.moments.get(self.plain[cell]) for cell in self.cells]
        column = Column(self.name, "date", to_days(moments, found.timed))
        return Reading(column, (*self._guessed(found), *self._lost(found.moments)))

    def _guessed(self, found: Dates) -> tuple[str, ...]:
        if not found.guessed:
            return ()
        text = translate("Data", "“{name}”: the order of day and month was guessed.")
        return (text.format(name=self.name),)

    def words(self, kind: str) -> Reading:
        """Return a category when the texts repeat, else a text; `kind` fixes it."""
        gone = self.gone | {cell for cell, text in self.plain.items() if text in MISSING_MARKS}
        values = {cell: None if cell in gone else text for cell, text in self.plain.items()}
        distinct = {text for text in values.values() if text is not None}
        present = sum(count for cell, count in self.counts.items() if cell not in gone)
        array = object_array(values[cell] for cell in self.cells)
        ids = any(is_identifier(text) for text in distinct)
        if kind == "category" or (not kind and not ids and _repeats(distinct, present)):
            return Reading(
                Column(self.name, "category", array, categories=sort_categories(distinct)),
                self._odd_words(distinct),
            )
        note = translate("Data", "“{name}” stays text: as numbers its codes would lose digits.")
        repairs = (note.format(name=self.name),) if ids and not kind else ()
        return Reading(Column(self.name, "text", array), repairs or self._odd_words(distinct))

    def _odd_words(self, distinct: set[str]) -> tuple[str, ...]:
        """Return the sentence about the few words that keep a column from being numbers."""
        if len(distinct) < 10:
            return ()
        odd = [text for text in self.texts if text in distinct and parse_number(text) is None]
        if not odd or len(odd) > 0.05 * len(distinct):
            return ()
        row = next(i for i, cell in enumerate(self.cells) if self.plain[cell] == odd[0])
        text = translate("Data", "“{name}” is no number because of “{example}” in data row {row}.")
        return (text.format(name=self.name, example=odd[0], row=row + 1),)


def _is_formula(text: str) -> bool:
    return bool(_FORMULA.fullmatch(text))


def _repeats(distinct: set[str], present: int) -> bool:
    if is_pair(distinct):
        return True
    few = len(distinct) <= min(MAX_CATEGORIES, 1 + present / 2) and len(distinct) < present
    return few and max(map(len, distinct)) <= MAX_CATEGORY_LENGTH
