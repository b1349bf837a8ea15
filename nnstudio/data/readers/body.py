"""The rows of the body, made equally wide, and what had to be mended on the way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nnstudio.data.readers.layout import Layout
from nnstudio.data.readers.numbers import clean
from nnstudio.i18n import translate


@dataclass
class Mended:
    """Counts of what was mended while the body was read."""

    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    blank: int = 0
    repeated: int = 0


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
        text = translate("Data", "Rows with too few cells: {count}; the first is row {row}.")
        repairs.append(text.format(count=len(mended.short), row=mended.short[0] + 1))
    if mended.long:
        text = translate("Data", "Rows with too many cells, cut: {count}; the first is row {row}.")
        repairs.append(text.format(count=len(mended.long), row=mended.long[0] + 1))
    if mended.blank:
        text = translate("Data", "Empty rows left out: {count}.")
        repairs.append(text.format(count=mended.blank))
    if mended.repeated:
        text = translate("Data", "Repeated header rows left out: {count}.")
        repairs.append(text.format(count=mended.repeated))
    return repairs


def _mend_width(row: list[str], width: int, place: int, mended: Mended) -> list[str]:
    if len(row) < width:
        mended.short.append(place)
        return row + [""] * (width - len(row))
    if any(cell.strip() for cell in row[width:]):
        mended.long.append(place)
    return row[:width]
