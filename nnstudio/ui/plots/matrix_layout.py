"""Where the matrices, their biases and the names of rows and columns lie on the board."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics

from nnstudio.ui.plots.blocks import Block, Rows

GAP = 14
SPLIT = 3  # pixels between the weights and the biases of a layer
NAMES = 0.3  # of a layer's width, at most, for the names of its rows
ROOMY = 110  # from this height on the columns are named too


@dataclass(frozen=True)
class Place:
    """One array: `cells` is its rectangle, `names` the width left of it for row names (0: none)."""

    block: Block
    array: Rows
    cells: QRectF
    names: float

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of one cell."""
        rows, columns = self.array.values.shape
        return self.cells.width() / columns, self.cells.height() / rows

    def rect(self, row: int, column: int) -> QRectF:
        """Return where one cell is drawn."""
        width, height = self.cell
        left, top = self.cells.left() + column * width, self.cells.top() + row * height
        return QRectF(left, top, width, height)


@dataclass(frozen=True)
class Head:
    """The title of a layer, and the names of its columns when they have room."""

    block: Block
    title: QRectF
    columns: QRectF | None


def arrange(
    blocks: tuple[Block, ...], width: float, height: float, metrics: QFontMetrics
) -> tuple[list[Head], list[Place]]:
    """Return where everything lies; layers with more neurons are wider, but never by much."""
    heads, places = [], []
    line = metrics.height()
    for block, left, room in _spans(blocks, width):
        named = height >= ROOMY
        top = line + 3 + (line if named else 0)
        cells_height = height - top - 2 - SPLIT * (len(block.arrays) - 1)
        row_height = cells_height / max(1, block.row_count)
        names = 0.0
        if row_height >= 0.8 * line:
            texts = [name for array in block.arrays for name in array.names]
            longest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            names = min(longest + 6.0, NAMES * room)
        columns = QRectF(left + names, line, room - names, line)
        fits = named and columns.width() / max(1, len(block.columns)) >= 1.6 * line
        heads.append(Head(block, QRectF(left, 0, room + GAP - 4, line), columns if fits else None))
        y = float(top if fits or not named else top - line)
        spare = top - y
        row_height += spare / max(1, block.row_count)
        for array in block.arrays:
            tall = row_height * len(array.values)
            places.append(Place(block, array, QRectF(left + names, y, room - names, tall), names))
            y += tall + SPLIT
    return heads, places


def _spans(blocks: tuple[Block, ...], width: float) -> Iterator[tuple[Block, float, float]]:
    shares = [sqrt(len(block.columns) or 1) + 1.5 for block in blocks]
    room = width - GAP * (len(shares) - 1) - 2
    x = 1.0
    for block, share in zip(blocks, shares, strict=True):
        yield block, x, room * share / sum(shares)
        x += room * share / sum(shares) + GAP
