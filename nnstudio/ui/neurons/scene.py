"""The scene: makes the items of the present structure, and says what lies under a point."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from nnstudio.document.picture.anatomy import Link
from nnstudio.i18n import translate
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.neurons.items.base import draw_text
from nnstudio.ui.neurons.items.biases import BiasesItem
from nnstudio.ui.neurons.items.focus import FocusItem
from nnstudio.ui.neurons.items.header import HeaderItem
from nnstudio.ui.neurons.items.links import LinksItem
from nnstudio.ui.neurons.items.neurons import NeuronsItem
from nnstudio.ui.neurons.items.pictures import PictureItem, TilesItem
from nnstudio.ui.neurons.items.ties import TieItem, TraceItem
from nnstudio.ui.neurons.marks import bias_boxes, header_boxes, more_box, tile_box
from nnstudio.ui.selection import Entry

LINE_PIXELS = 7.0
HALF = 40_000.0


@dataclass(frozen=True)
class Hit:
    """What lies under the mouse: a neuron, a connection or bias, or a part of a header.

    `part` is "less", "more", "title" (of `group`), "sample" ("+180 more"), or empty.
    """

    neuron: tuple[str, int] | None = None
    entry: Entry | None = None
    group: str = ""
    part: str = ""

    def __bool__(self) -> bool:
        return bool(self.neuron or self.entry or self.part)


NOTHING = Hit()


class NeuronScene(QGraphicsScene):
    """Keeps the items by what they show; `rebuild` after the structure, `refresh` after numbers."""

    def __init__(self, board: Board, parent: QObject) -> None:
        super().__init__(parent)
        self.board = board
        self.setSceneRect(-HALF, -HALF, 2 * HALF, 2 * HALF)
        self.headers: dict[str, HeaderItem] = {}
        self.neurons: dict[str, NeuronsItem] = {}
        self._numbers: list[LinksItem | NeuronsItem | BiasesItem | PictureItem | TilesItem] = []
        self.focus: FocusItem | None = None
        self.trace = TraceItem(board)

    def rebuild(self) -> None:
        """Make all items again for the board's structure."""
        self.clear()
        board = self.board
        self.headers = {id: HeaderItem(board, group) for id, group in board.anatomy.groups.items()}
        self.neurons = {}
        self._numbers = []
        for link in board.anatomy.links:
            self._numbers.append(LinksItem(board, link))
            if board.tiled(link):
                self._numbers.append(TilesItem(board, link))
        for id, group in board.anatomy.groups.items():
            if group.grid is not None:
                self._numbers.append(PictureItem(board, group))
            else:
                self.neurons[id] = NeuronsItem(board, group)
                self._numbers.append(self.neurons[id])
            if group.bias:
                self._numbers.append(BiasesItem(board, group))
        self.focus = FocusItem(board)
        self.trace = TraceItem(board)
        others: list[QGraphicsItem] = [TieItem(board, tie) for tie in board.anatomy.ties]
        for item in (*self._numbers, *self.headers.values(), *others, self.focus, self.trace):
            self.addItem(item)

    def refresh(self) -> None:
        """Read the numbers again."""
        for item in self._numbers:
            item.refresh()
        self.repaint_marks()

    def repaint_marks(self) -> None:
        """Paint again what depends on the selection and on the mouse."""
        if self.focus is not None:
            self.focus.update()
        for item in (*self.neurons.values(), *self.headers.values()):
            item.update()
        for number in self._numbers:
            if isinstance(number, PictureItem | TilesItem | BiasesItem):
                number.update()

    def content(self) -> QRectF:
        """Return the box around everything that is drawn."""
        left, top, right, bottom = self.board.layout.box
        return QRectF(left, top, right - left, bottom - top)

    def hit(self, point: QPointF, detail: float) -> Hit:
        """Return what lies under a scene point when the scene is drawn at scale `detail`."""
        board = self.board
        for group in board.anatomy.groups.values():
            for name, box in header_boxes(board, group, detail).items():
                if name != "count" and box.contains(point):
                    return Hit(group=group.id, part=name)
            if board.layout.places[group.id].hidden and more_box(board, group, detail).contains(
                point
            ):
                return Hit(group=group.id, part="sample")
            for unit, box in bias_boxes(board, group, detail):
                if box.contains(point):
                    return Hit(entry=Entry(group.bias, group.bias_index(unit)))
        neuron = board.layout.neuron_at(point.x(), point.y())
        if neuron is not None:
            return Hit(neuron=neuron)
        for link in board.anatomy.links:
            entry = self._tile_hit(link, point) if board.tiled(link) else None
            if entry is not None:
                return Hit(entry=entry)
        entry = self._nearest(point, LINE_PIXELS / detail)
        return Hit(entry=entry) if entry is not None else NOTHING

    def _tile_hit(self, link: Link, point: QPointF) -> Entry | None:
        board = self.board
        group = board.anatomy.groups[link.target]
        grid = board.anatomy.groups[link.runs[0].group].grid
        if grid is None:
            return None
        for at, unit in enumerate(board.layout.places[group.id].shown.tolist()):
            box = tile_box(board, group, at)
            if box.contains(point):
                row = int((point.y() - box.top()) / box.height() * grid[0])
                column = int((point.x() - box.left()) / box.width() * grid[1])
                row, column = min(row, grid[0] - 1), min(column, grid[1] - 1)
                return Entry(link.weight, (row * grid[1] + column, unit))
        return None

    def _nearest(self, point: QPointF, reach: float) -> Entry | None:
        """Return the wired connection that passes nearest, within `reach` scene units.

        Connections that were cut count while they are shown (dotted) for the selected neuron.
        """
        best, found = reach, None
        for link in self.board.anatomy.links:
            if self.board.tiled(link):
                continue
            strands = self.board.strands[link.weight]
            mask = self.board.values.mask(link)
            among = None
            if mask is not None:
                seen = mask[strands.rows, strands.columns]
                seen = seen | self._of_selected(link)
                among = seen.nonzero()[0]
            at, away = strands.near(point.x(), point.y(), among)
            if at >= 0 and away < best:
                best = away
                found = Entry(link.weight, (int(strands.rows[at]), int(strands.columns[at])))
        return found

    def _of_selected(self, link: Link) -> NDArray[np.bool_]:
        strands, neuron = self.board.strands[link.weight], self.board.neuron
        if neuron is None:
            return np.zeros(len(strands), bool)
        if link.target == neuron[0]:
            return np.asarray(strands.columns == neuron[1])
        return np.isin(strands.rows, link.rows_from(*neuron))

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        painter.fillRect(rect, QColor(self.board.theme.canvas))
        if not self.board.anatomy.groups:
            text = translate("Neurons", "Neurons appear once an Input and wired layers are there.")
            detail = painter.worldTransform().m11()
            muted = self.board.theme.muted
            draw_text(painter, self.board, detail, text, self.content().center(), muted)
