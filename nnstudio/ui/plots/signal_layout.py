"""Where the neurons of each layer lie on the signal board: as bars, as a list, as cells."""

from dataclasses import dataclass
from math import ceil, sqrt

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QFontMetrics

from nnstudio.ui.plots.signal_columns import SignalColumn

GAP = 14


@dataclass(frozen=True)
class Place:
    """One layer: its heading, and `cells` cut into rows and columns of one unit each.

    `style` is "bars" (name, bar, value), "list" (name and value on its colour), "cells" (colour
    only) or "picture".
    """

    column: SignalColumn
    title: QRectF
    cells: QRectF
    rows: int
    across: int
    style: str

    def rect(self, unit: int) -> QRectF:
        """Return where a unit is drawn."""
        row, at = divmod(unit, self.across)
        width, height = self.cells.width() / self.across, self.cells.height() / self.rows
        left, top = self.cells.left() + at * width, self.cells.top() + row * height
        return QRectF(left, top, width, height)

    def unit_at(self, point: QPoint) -> int | None:
        """Return the unit under a point."""
        if not self.cells.contains(point):
            return None
        row = int((point.y() - self.cells.top()) / self.cells.height() * self.rows)
        at = int((point.x() - self.cells.left()) / self.cells.width() * self.across)
        unit = row * self.across + at
        return unit if unit < len(self.column.values) else None


def arrange(
    columns: tuple[SignalColumn, ...],
    width: float,
    height: float,
    metrics: QFontMetrics,
    named: float,
) -> list[Place]:
    """Return a place for each layer; a cell at least `named` wide can hold a name and a value."""
    count, head, line = max(1, len(columns)), metrics.height() + 2, metrics.height() + 1
    share = (width - GAP * (count - 1)) / count
    found = []
    for place, column in enumerate(columns):
        left = place * (share + GAP)
        box = QRectF(left, head, share, max(1.0, height - head - 1))
        rows, across, style = _grid(column, box, line, named)
        if style in ("bars", "list"):
            cells = QRectF(left, head, share, rows * line)
        else:
            side = min(share / across, box.height() / rows)
            cells = QRectF(left, head, side * across, side * rows)
        found.append(Place(column, QRectF(left, 0, share, head), cells, rows, across, style))
    return found


def _grid(column: SignalColumn, box: QRectF, line: float, named: float) -> tuple[int, int, str]:
    count = max(1, len(column.values))
    if column.grid is not None:
        return *column.grid, "picture"
    fitting = max(1, int(box.height() / line))
    if count <= fitting:
        return count, 1, "bars"
    beside = ceil(count / fitting)
    if box.width() / beside >= named:
        return ceil(count / beside), beside, "list"
    across = max(2, ceil(sqrt(count * box.width() / box.height())))
    return ceil(count / across), across, "cells"
