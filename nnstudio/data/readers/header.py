"""Which row holds the names of the columns, and what the columns are called."""

import re
from collections.abc import Sequence

from nnstudio.data.readers.dates import parse_dates
from nnstudio.data.readers.numbers import clean, parse_number
from nnstudio.data.readers.words import HEADER_WORDS, MISSING, UNITS, is_missing_word
from nnstudio.i18n import translate

TITLE_ROWS = 20

Row = Sequence[str]


def guess_header(head: list[list[str]]) -> int:
    """Return the row of column names, −1 when the first row is data already."""
    first = first_full_row(head)
    usual = usual_count(head)
    texts: list[int] = []
    for place in range(first, min(len(head), first + TITLE_ROWS)):
        row = head[place]
        if not any(row):
            continue
        if any(is_value(cell) for cell in row if cell.strip()):
            break
        if filled_cells(row) > usual / 2:
            texts.append(place)
    if texts:
        best = max(texts, key=lambda place: (filled_cells(head[place]), -place))
        # Rows of words only: the fullest is the header when numbers follow, else the first.
        first = best if len(texts) < len([r for r in head[first:] if any(r)]) else texts[0]
    following = [row for row in head[first + 1 :] if any(row) and row != head[first]]
    return first if _is_header(head[first] if head else [], following) else -1


def first_full_row(head: list[list[str]]) -> int:
    """Return the first row that fills more than half as many cells as usual: titles don't."""
    usual = usual_count(head)
    for place, row in enumerate(head[:TITLE_ROWS]):
        if filled_cells(row) > usual / 2:
            return place
    return 0


def usual_count(rows: list[list[str]]) -> int:
    """Return how many cells a row of the table usually fills."""
    counts = sorted(count for count in map(filled_cells, rows) if count)
    return counts[len(counts) // 2] if counts else 0


def filled_cells(row: Row) -> int:
    """Return how many cells hold anything but blanks."""
    return sum(1 for cell in row if cell.strip())


def _is_header(row: Row, following: list[list[str]]) -> bool:
    """Whether `row` holds names: words above columns of values, or years above other numbers."""
    cells = [clean(cell) for cell in row]
    if not following:
        return not any(is_value(cell) for cell in cells if cell)
    words = sum(1 for cell in cells if cell.casefold() in HEADER_WORDS)
    values = 0
    value_places = []
    for place, cell in enumerate(cells):
        column = [clean(each[place]) for each in following if place < len(each)]
        present = [each for each in column if each and not is_missing(each)]
        if not cell or is_missing(cell) or not present:
            continue
        if sum(map(is_value, present)) < 0.8 * len(present):
            continue
        if is_value(cell):
            values += 1
            value_places.append(place)
        else:
            words += 1
    if words:
        return True
    if values:
        return _are_years([cells[place] for place in value_places], value_places, following)
    return not _appears_below(cells, following)


def _are_years(cells: list[str], places: list[int], following: list[list[str]]) -> bool:
    if not all(re.fullmatch(r"(19|20)\d\d년?", cell) for cell in cells):
        return False
    years = [int(cell[:4]) for cell in cells]
    if len(set(years)) < len(years):
        return False
    below = [clean(row[place]) for row in following for place in places if place < len(row)]
    return not all(re.fullmatch(r"(19|20)\d\d", cell) for cell in below if cell)


def _appears_below(cells: list[str], following: list[list[str]]) -> bool:
    """Whether the first row of a table of words is an ordinary row: its words come again."""
    again = 0
    for place, cell in enumerate(cells):
        column = {clean(row[place]) for row in following if place < len(row)}
        again += bool(cell) and cell in column
    return again > 0


def names_from_above(
    header: list[str], head: list[list[str]], place: int, repairs: list[str]
) -> list[str]:
    """Fill blank names from the row above: a cell merged over two header rows."""
    if place == 0 or not any(header):
        return header
    above = [clean(cell) for cell in head[place - 1]]
    if filled_cells(above) < 2:
        return header
    filled = [
        name or (above[column] if column < len(above) else "") for column, name in enumerate(header)
    ]
    if filled != header:
        repairs.append(translate("Data", "Blank column names were taken from the row above."))
    return filled


def is_unit_row(row: Row, following: list[list[str]]) -> bool:
    """Whether a row under the header holds only units, such as (cm), with values below."""
    cells = [clean(cell) for cell in row]
    filled = [cell for cell in cells if cell]
    if not filled or not following:
        return False
    return all(
        re.fullmatch(r"[(\[][^()\[\]]{1,12}[)\]]", cell) or cell.casefold() in UNITS
        for cell in filled
    ) and any(is_value(cell) for cell in following[0])


def unique_names(
    header: list[str], width: int, has_header: bool, repairs: list[str]
) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    """Return unique names: blanks become column_3, repeats name_2; and which were given."""
    names: list[str] = []
    taken: set[str] = {" ".join(name.split()) for name in header}
    given = []
    renamed: list[str] = []
    for place in range(width):
        name = " ".join(header[place].split()) if place < len(header) else ""
        given.append(bool(name))
        wanted = name or f"column_{place + 1}"
        if wanted in names or (not name and wanted in taken):
            count = 2
            while f"{wanted}_{count}" in names or f"{wanted}_{count}" in taken:
                count += 1
            wanted = f"{wanted}_{count}"
            renamed.append(wanted)
        names.append(wanted)
    if renamed:
        text = translate("Data", "Repeated column names were numbered: {names}.")
        repairs.append(text.format(names=", ".join(renamed)))
    blank = [name for name, known in zip(names, given, strict=True) if not known]
    if has_header and blank:
        text = translate("Data", "Columns without a name were called {names}.")
        repairs.append(text.format(names=", ".join(blank)))
    return tuple(names), tuple(given)


def is_missing(cell: str) -> bool:
    """Whether a cleaned cell says "nothing here" among numbers and dates."""
    return cell.casefold() in MISSING or is_missing_word(cell)


def is_value(cell: str) -> bool:
    """Whether a cell is a number or a date."""
    cell = clean(cell)
    if not any(char.isdigit() for char in cell):
        return False
    if parse_number(cell, ".") or parse_number(cell, ","):
        return True
    return parse_dates([cell]) is not None
