"""Weight matrices as heat maps beside each other; a click selects the connection."""

from functools import cache

import numpy as np
from PySide6.QtCore import QLineF, QPoint, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from nnstudio.i18n import translate
from nnstudio.numbers import shown_short
from nnstudio.ui.plots.blocks import Block, Rows
from nnstudio.ui.plots.matrix_layout import Head, Place, arrange
from nnstudio.ui.plots.painted import CENTRE, RIGHT, Painted, readable, write
from nnstudio.ui.selection import Entry, Selection
from nnstudio.ui.theme import Theme, ThemeManager, diverging_map

MARKED = (9.0, 7.0)  # a cell of this size has room for a minus sign


class MatrixBoard(Painted):
    """Every matrix with its biases below it, on one scale held at ±`limit`.

    Numbers are written into cells that have room; smaller negative cells wear a minus sign, and
    cut connections are hatched.
    """

    def __init__(self, themes: ThemeManager, selection: Selection) -> None:
        super().__init__(themes)
        self._selection = selection
        self.blocks: tuple[Block, ...] = ()
        self.limit = 1.0
        selection.changed.connect(self.update)

    def show_blocks(self, blocks: tuple[Block, ...], limit: float) -> None:
        """Show these layers; colours are strongest at ±`limit`."""
        self.blocks, self.limit = blocks, limit
        self.update()

    def layout_now(self) -> tuple[list[Head], list[Place]]:
        """Return where everything lies at the present size."""
        metrics = QFontMetrics(self._themes.font(0.9))
        return arrange(self.blocks, self.width(), self.height(), metrics)

    def entry_at(self, at: QPoint) -> tuple[Place, int, int] | None:
        """Return array, row and column under a point."""
        for place in self.layout_now()[1]:
            if place.cells.contains(at):
                rows, columns = place.array.values.shape
                width, height = place.cell
                row = int((at.y() - place.cells.top()) / height)
                column = int((at.x() - place.cells.left()) / width)
                return place, min(row, rows - 1), min(column, columns - 1)
        return None

    def tip_at(self, place: QPoint) -> str:
        """Return the name and value of the connection or bias under a point."""
        found = self.entry_at(place)
        if found is None:
            return ""
        at, row, column = found
        array = at.array
        start, end = _name(array.names, row), _name(at.block.columns, column)
        value = self._themes.number(float(array.values[row, column]), 6)
        text = f"{end}, {start} = {value}" if array.flat else f"{start} → {end} = {value}"
        if array.mask is not None and not array.mask[row, column]:
            text += "\n" + translate("Plot", "cut: counts as 0")
        return text

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.entry_at(event.position().toPoint())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            place, row, column = found
            entry = Entry(place.array.name, place.array.index(row, column))
            self._selection.select(entry=entry)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        heads, places = self.layout_now()
        for head in heads:
            self._paint_head(painter, head)
        for place in places:
            self._paint_array(painter, place)
        painter.end()

    def _paint_head(self, painter: QPainter, head: Head) -> None:
        theme, font = self._themes.theme, self._themes.font(0.9)
        write(painter, head.title, head.block.title, font, theme.muted)
        if head.columns is not None:
            width = head.columns.width() / max(1, len(head.block.columns))
            for column, name in enumerate(head.block.columns):
                left = head.columns.left() + column * width
                box = QRectF(left + 1, head.columns.top(), width - 2, head.columns.height())
                write(painter, box, name, font, theme.text, CENTRE)

    def _paint_array(self, painter: QPainter, place: Place) -> None:
        theme, array = self._themes.theme, place.array
        colors = diverging_map(theme)
        painter.drawImage(place.cells, _image(array, self.limit, colors, place.cells))
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.cells)
        width, height = place.cell
        if place.names:
            font = self._themes.font(0.9)
            for row in range(len(array.values)):
                top = place.cells.top() + row * height
                box = QRectF(place.cells.left() - place.names, top, place.names - 5, height)
                write(painter, box, _name(array.names, row), font, theme.text, RIGHT)
        if width >= MARKED[0] and height >= MARKED[1]:
            self._paint_cells(painter, place)
        self._paint_selected(painter, place)

    def _paint_cells(self, painter: QPainter, place: Place) -> None:
        theme, font, array = self._themes.theme, self._themes.font(0.85), place.array
        metrics, (width, height) = QFontMetrics(font), place.cell
        written = width >= metrics.horizontalAdvance("−0.00") + 2 and height >= metrics.height() - 3
        hatch = QBrush(QColor(theme.zero), Qt.BrushStyle.BDiagPattern)
        inks, levels = _inks(theme), _levels(array.values, self.limit)
        signs: dict[str, list[QLineF]] = {}
        reach = min(3.0, width / 4)
        for row, column in np.ndindex(array.values.shape):
            value = float(array.values[row, column])
            if array.mask is not None and not array.mask[row, column]:
                painter.fillRect(place.rect(row, column), QColor(theme.panel))
                painter.fillRect(place.rect(row, column), hatch)
            elif written:
                ink = inks[levels[row, column]]
                write(painter, place.rect(row, column), shown_short(value), font, ink, CENTRE)
            elif value < 0:
                x = place.cells.left() + (column + 0.5) * width
                y = round(place.cells.top() + (row + 0.5) * height)
                line = QLineF(x - reach, y, x + reach, y)
                signs.setdefault(inks[levels[row, column]], []).append(line)
        for ink, lines in signs.items():
            painter.setPen(QPen(QColor(ink), 1.2))
            painter.drawLines(lines)

    def _paint_selected(self, painter: QPainter, place: Place) -> None:
        entry = self._selection.entry
        if entry is None or entry.weight != place.array.name:
            return
        row, column = (0, entry.index[0]) if place.array.flat else entry.index[:2]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._themes.theme.text), 2))
        painter.drawRect(place.rect(row, column).adjusted(-1, -1, 1, 1))


def _image(array: Rows, limit: float, colors: np.ndarray, box: QRectF) -> QImage:
    """Return the array as a picture: strength grows with √|w|, as a connection's width does.

    More cells than pixels are averaged.
    """
    levels = _levels(array.values, limit)
    if array.mask is not None:
        levels = np.where(array.mask, levels, 128)
    pixels = np.ascontiguousarray(colors[levels])
    rows, columns = levels.shape
    image = QImage(pixels.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()
    if columns <= box.width() and rows <= box.height():
        return image
    return image.scaled(
        max(1, min(columns, int(box.width()))),
        max(1, min(rows, int(box.height()))),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _levels(values: np.ndarray, limit: float) -> np.ndarray:
    """Return the places of values on the scale of 256 colours; the middle is zero."""
    part = np.clip(np.nan_to_num(values) / (limit or 1.0), -1.0, 1.0)
    share = 0.5 + 0.5 * np.sign(part) * np.sqrt(np.abs(part))
    return np.asarray((share * 255).round(), np.intp)


@cache
def _inks(theme: Theme) -> tuple[str, ...]:
    """Return what to write with on each of the 256 colours."""
    return tuple(readable(QColor(*map(int, rgb)), theme) for rgb in diverging_map(theme))


def _name(names: tuple[str, ...], place: int) -> str:
    return names[place] if place < len(names) else str(place + 1)
