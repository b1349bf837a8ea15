"""Where the table is inside its rows: titles above, the header, totals and remarks below."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from nnstudio.data.readers.header import (
    Row,
    first_full_row,
    guess_header,
    is_missing,
    is_unit_row,
    is_value,
    names_from_above,
    unique_names,
    usual_count,
)
from nnstudio.data.readers.numbers import clean
from nnstudio.data.readers.words import is_footnote, is_total
from nnstudio.i18n import translate

HEAD_ROWS = 200
TAIL_ROWS = 50


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
    place = guess_header(seen.head) if header_row is None else header_row
    first = place + 1
    header: list[str] = []
    units: tuple[str, ...] = ()
    if place >= 0:
        header = [clean(cell) for cell in _row(seen, place)]
        header = names_from_above(header, seen.head, place, repairs)
        if is_unit_row(_row(seen, first), _rows_from(seen, first + 1)):
            units = tuple(clean(cell).strip("()[] ") for cell in _row(seen, first))
            first += 1
            repairs.append(translate("Data", "A row of units under the header was set apart."))
    else:
        first = first_full_row(seen.head) if header_row is None else 0
    above = sum(1 for row in seen.head[: max(place, 0) if place >= 0 else first] if any(row))
    if above and header_row is None:
        text = translate("Data", "Rows above the table left out: {count}.")
        repairs.append(text.format(count=above))
    stop = _find_stop(seen, first, repairs)
    header, width = _fit_header(seen, header, first, repairs)
    names, named = unique_names(header, width, place >= 0, repairs)
    if place < 0 and header_row is None:
        repairs.append(translate("Data", "No column names were found; names were made up."))
    return Layout(names, named, place, first, stop, tuple(header), units, tuple(repairs))


def _row(seen: Survey, place: int) -> list[str]:
    return seen.head[place] if 0 <= place < len(seen.head) else []


def _rows_from(seen: Survey, place: int) -> list[list[str]]:
    return [row for row in seen.head[place:] if any(row)]


def _find_stop(seen: Survey, first: int, repairs: list[str]) -> int:
    """Return the row after the last one of the body: totals and remarks are left out."""
    stop = seen.count
    totals = remarks = 0
    tail = seen.tail
    wide = usual_count(seen.head) > 1
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
        text = translate("Data", "Rows of totals left out at the end: {count}.")
        repairs.append(text.format(count=totals))
    if remarks:
        text = translate("Data", "Remarks under the table left out: {count}.")
        repairs.append(text.format(count=remarks))
    return stop


def _is_total_row(row: Row, filled: list[str]) -> bool:
    if len(filled) < 2 or not is_total(filled[0]):
        return False
    rest = filled[1:]
    return all(is_value(cell) or cell.startswith("=") or is_missing(cell) for cell in rest)


def _is_remark(cell: str, above: Row) -> bool:
    return is_footnote(cell) or (not any(above) and not is_value(cell))


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
