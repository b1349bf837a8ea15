"""Where the table is inside its rows: titles above, the header, totals and remarks below."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nnstudio.data.readers.dates import parse_dates
from nnstudio.data.readers.numbers import clean, parse_number
from nnstudio.data.readers.words import (
    MISSING,
    UNITS,
    is_footnote,
    is_missing_word,
    is_total,
)
from nnstudio.i18n import translate

HEAD_ROWS = 200
TAIL_ROWS = 50
TITLE_ROWS = 20

Row = Sequence[str]


@dataclass(frozen=True)
class Survey:
    """What one pass over all rows found: the first and last rows, how many, and their widths."""

    head: list[list[str]]
    tail: list[list[str]]
    count: int
    widths: Counter[int]


@dataclass(frozen=True)
class Layout:
    """Body rows are first…stop−1, each `len(names)` wide; `header_row` is −1 without a header."""

    names: tuple[str, ...]
    named: tuple[bool, ...]
    header_row: int
    first: int
    stop: int
    header: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()


@dataclass
class Mended:
    """Counts of what was mended while the body was read."""

    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    blank: int = 0
    repeated: int = 0


def survey(rows: Iterable[list[str]]) -> Survey:
    """Read all rows once and keep the first, the last and the counts."""
    head: list[list[str]] = []
    tail: list[list[str]] = []
    widths: Counter[int] = Counter()
    count = 0
    for row in rows:
        if count < HEAD_ROWS:
            head.append(row)
        tail.append(row)
        if len(tail) > 4 * TAIL_ROWS:
            del tail[:-TAIL_ROWS]
        if row:
            widths[len(row)] += 1
        count += 1
    return Survey(head, tail[-TAIL_ROWS:], count, widths)


def find_layout(seen: Survey, header_row: int | None = None) -> Layout:
    """Return where the table is; `header_row` −1 says that it has no header."""
    repairs: list[str] = []
    place = _guess_header(seen.head) if header_row is None else header_row
    first = place + 1
    header: list[str] = []
    units: tuple[str, ...] = ()
    if place >= 0:
        header = [clean(cell) for cell in _row(seen, place)]
        header = _names_from_above(header, seen.head, place, repairs)
        if _is_unit_row(_row(seen, first), _rows_from(seen, first + 1)):
            units = tuple(clean(cell).strip("()[] ") for cell in _row(seen, first))
            first += 1
            repairs.append(translate("Data", "A row of units under the header was set apart."))
    else:
        first = _first_full_row(seen.head) if header_row is None else 0
    above = sum(1 for row in seen.head[: max(place, 0) if place >= 0 else first] if any(row))
    if above and header_row is None:
        text = translate("Data", "{count} rows above the table were left out.")
        repairs.append(text.format(count=above))
    stop = _find_stop(seen, first, repairs)
    header, width = _fit_header(seen, header, first, repairs)
    names, named = _unique_names(header, width, place >= 0, repairs)
    if place < 0 and header_row is None:
        repairs.append(translate("Data", "No column names were found; names were made up."))
    return Layout(names, named, place, first, stop, tuple(header), units, tuple(repairs))


def body(rows: Iterable[list[str]], layout: Layout, mended: Mended) -> Iterator[list[str]]:
    """Yield the body rows, all equally wide; blank rows and repeated headers are left out."""
    width = len(layout.names)
    header = list(layout.header)
    start = header[0] if header else None
    for place, row in enumerate(rows):
        if place < layout.first:
            continue
        if place >= layout.stop:
            return
        if not row or (not row[0].strip() and not "".join(row).strip()):
            mended.blank += 1
            continue
        if len(row) != width:
            row = _mend_width(row, width, place, mended)
        if row[0] == start and [clean(cell) for cell in row] == header:
            mended.repeated += 1
            continue
        yield row


def mended_repairs(mended: Mended) -> list[str]:
    """Return the sentences for what `body` mended."""
    repairs = []
    if mended.short:
        text = translate("Data", "{count} rows had too few cells; the first is row {row}.")
        repairs.append(text.format(count=len(mended.short), row=mended.short[0] + 1))
    if mended.long:
        text = translate(
            "Data", "{count} rows had too many cells, which were cut; the first is row {row}."
        )
        repairs.append(text.format(count=len(mended.long), row=mended.long[0] + 1))
    if mended.blank:
        text = translate("Data", "{count} empty rows were left out.")
        repairs.append(text.format(count=mended.blank))
    if mended.repeated:
        text = translate("Data", "{count} repeated header rows were left out.")
        repairs.append(text.format(count=mended.repeated))
    return repairs


def _mend_width(row: list[str], width: int, place: int, mended: Mended) -> list[str]:
    if len(row) < width:
        mended.short.append(place)
        return row + [""] * (width - len(row))
    if any(cell.strip() for cell in row[width:]):
        mended.long.append(place)
    return row[:width]


def _row(seen: Survey, place: int) -> list[str]:
    return seen.head[place] if 0 <= place < len(seen.head) else []


def _rows_from(seen: Survey, place: int) -> list[list[str]]:
    return [row for row in seen.head[place:] if any(row)]


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.strip())


def _usual_count(rows: list[list[str]]) -> int:
    """Return how many cells a row of the table usually fills."""
    counts = sorted(count for count in map(_filled, rows) if count)
    return counts[len(counts) // 2] if counts else 0


def _first_full_row(head: list[list[str]]) -> int:
    usual = _usual_count(head)
    for place, row in enumerate(head[:TITLE_ROWS]):
        if _filled(row) > usual / 2:
            return place
    return 0


def _guess_header(head: list[list[str]]) -> int:
    """Return the row of column names, −1 when the first row is data already."""
    first = _first_full_row(head)
    usual = _usual_count(head)
    texts: list[int] = []
    for place in range(first, min(len(head), first + TITLE_ROWS)):
        row = head[place]
        if not any(row):
            continue
        if any(_is_value(cell) for cell in row if cell.strip()):
            break
        if _filled(row) > usual / 2:
            texts.append(place)
    if texts:
        best = max(texts, key=lambda place: (_filled(head[place]), -place))
        # Rows of words only: the fullest is the header when numbers follow, else the first.
        first = best if len(texts) < len([r for r in head[first:] if any(r)]) else texts[0]
    following = [row for row in head[first + 1 :] if any(row) and row != head[first]]
    return first if _is_header(head[first] if head else [], following) else -1


def _is_header(row: Row, following: list[list[str]]) -> bool:
    """Whether `row` holds names: words above columns of values, or years above other numbers."""
    cells = [clean(cell) for cell in row]
    if not following:
        return not any(_is_value(cell) for cell in cells if cell)
    words = values = 0
    value_places = []
    for place, cell in enumerate(cells):
        column = [clean(each[place]) for each in following if place < len(each)]
        present = [each for each in column if each and not _is_missing(each)]
        if not cell or _is_missing(cell) or not present:
            continue
        if sum(map(_is_value, present)) < 0.8 * len(present):
            continue
        if _is_value(cell):
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


def _is_missing(cell: str) -> bool:
    return cell.casefold() in MISSING or is_missing_word(cell)


def _is_value(cell: str) -> bool:
    """Whether a cell is a number or a date."""
    cell = clean(cell)
    if not any(char.isdigit() for char in cell):
        return False
    if parse_number(cell, ".") or parse_number(cell, ","):
        return True
    return parse_dates([cell]) is not None


def _names_from_above(
    header: list[str], head: list[list[str]], place: int, repairs: list[str]
) -> list[str]:
    """Fill blank names from the row above: a cell merged over two header rows."""
    if place == 0 or not any(header):
        return header
    above = [clean(cell) for cell in head[place - 1]]
    if _filled(above) < 2:
        return header
    filled = [
        name or (above[column] if column < len(above) else "") for column, name in enumerate(header)
    ]
    if filled != header:
        repairs.append(translate("Data", "Blank column names were taken from the row above."))
    return filled


def _is_unit_row(row: Row, following: list[list[str]]) -> bool:
    cells = [clean(cell) for cell in row]
    filled = [cell for cell in cells if cell]
    if not filled or not following:
        return False
    return all(
        re.fullmatch(r"[(\[][^()\[\]]{1,12}[)\]]", cell) or cell.casefold() in UNITS
        for cell in filled
    ) and any(_is_value(cell) for cell in following[0])


def _find_stop(seen: Survey, first: int, repairs: list[str]) -> int:
    """Return the row after the last one of the body: totals and remarks are left out."""
    stop = seen.count
    totals = remarks = 0
    tail = seen.tail
    wide = _usual_count(seen.head) > 1
    for offset in range(1, min(len(tail), seen.count - first) + 1):
        row = [clean(cell) for cell in tail[-offset]]
        filled = [cell for cell in row if cell]
        above = tail[-offset - 1] if offset < len(tail) else ["above"]
        if not filled:
            pass
        elif _is_total_row(row, filled):
            totals += 1
        elif wide and len(filled) == 1 and row[0] and _is_remark(row[0], above):
            remarks += 1
        else:
            break
        stop = seen.count - offset
    if totals:
        text = translate("Data", "{count} rows of totals at the end were left out.")
        repairs.append(text.format(count=totals))
    if remarks:
        text = translate("Data", "{count} remarks under the table were left out.")
        repairs.append(text.format(count=remarks))
    return stop


def _is_total_row(row: Row, filled: list[str]) -> bool:
    if len(filled) < 2 or not is_total(filled[0]):
        return False
    rest = filled[1:]
    return all(_is_value(cell) or cell.startswith("=") or _is_missing(cell) for cell in rest)


def _is_remark(cell: str, above: Row) -> bool:
    return is_footnote(cell) or (not any(above) and not _is_value(cell))


def _fit_header(
    seen: Survey, header: list[str], first: int, repairs: list[str]
) -> tuple[list[str], int]:
    """Return the header and the width of the table; a header one name short names no row labels."""
    rows = _rows_from(seen, first)
    usual = seen.widths.most_common(1)[0][0] if seen.widths else 0
    if rows:
        usual = Counter(len(row) for row in rows).most_common(1)[0][0]
    while header and not header[-1]:
        header = header[:-1]
    full = rows and all(len(row) == len(header) + 1 and row[-1].strip() for row in rows)
    if header and full and len(rows) > 1:
        repairs.append(translate("Data", "The first column has no name; the names were moved."))
        header = ["", *header]
    if not header:
        return header, usual
    over = sum(1 for row in rows if any(cell.strip() for cell in row[len(header) :]))
    if over > len(rows) / 2:
        return header, max(usual, len(header))
    return header, len(header)


def _unique_names(
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
