"""Draws over the connections what is pointed at, selected, cut or locked."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnstudio.document.picture.anatomy import Link
from nnstudio.document.picture.strands import levels
from nnstudio.numbers import shown_number
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.neurons.items.base import draw_lock, draw_text
from nnstudio.ui.neurons.items.links import CLIP, pen
from nnstudio.ui.neurons.marks import ALONG
from nnstudio.ui.selection import Entry

MOST_LOCKS = 60
MOST_OF_NEURON = 120


class FocusItem(QGraphicsItem):
    """Drawn above the lines and below the neurons; repainted when the mouse moves on."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.board = board
        left, top, right, bottom = board.layout.box
        self._box = QRectF(left, top, right - left, bottom - top)
        self.setZValue(1.5)

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        for neuron in dict.fromkeys((self.board.neuron, self.board.hover_neuron)):
            if neuron is not None:
                self._of_neuron(painter, detail, neuron)
        for link in self.board.anatomy.links:
            self._locks(painter, detail, link)
        for entry in dict.fromkeys((self.board.hover, self.board.entry)):
            if entry is not None:
                self._entry(painter, detail, entry)

    def _of_neuron(self, painter: QPainter, detail: float, neuron: tuple[str, int]) -> None:
        """Draw what a neuron gets where pictures stand for lines, and connections it lost."""
        for link in self.board.anatomy.links:
            strands = self.board.strands[link.weight]
            if link.target == neuron[0]:
                mine = np.flatnonzero(strands.columns == neuron[1])
            else:
                mine = np.flatnonzero(np.isin(strands.rows, link.rows_from(*neuron)))
            if not len(mine):
                continue
            mask = self.board.values.mask(link)
            if mask is not None and not self.board.tiled(link):
                lost = mine[~mask[strands.rows[mine], strands.columns[mine]]]
                dots = QPen(QColor(self.board.theme.muted), self.board.pixels(detail, 1.3))
                dots.setDashPattern([1, 3])
                painter.setPen(dots)
                painter.drawLines([QLineF(*line) for line in strands.lines[lost].tolist()])
            if self.board.tiled(link) or self.board.crowded(link):
                self._strongest(painter, detail, link, mine)

    def _strongest(self, painter: QPainter, detail: float, link: Link, mine: np.ndarray) -> None:
        strands = self.board.strands[link.weight]
        values = self.board.values.strengths(self.board.anatomy, link)
        of = values[strands.rows[mine], strands.columns[mine]]
        kept = np.argsort(np.abs(of))[-MOST_OF_NEURON:]
        limit = float(np.abs(of).max(initial=0.0))
        for level, line in zip(
            levels(of[kept], limit), strands.lines[mine[kept]].tolist(), strict=True
        ):
            painter.setPen(pen(self.board.theme, int(level) // 2, detail, False))
            painter.drawLine(QLineF(*line))

    def _locks(self, painter: QPainter, detail: float, link: Link) -> None:
        frozen = self.board.values.frozen(link.weight)
        if frozen is None or link.target in self.board.locked_layers or self.board.tiled(link):
            return
        strands = self.board.strands[link.weight]
        whole = list(self.board.locked.get(link.target, ()))
        single = frozen[strands.rows, strands.columns] & ~np.isin(strands.columns, whole)
        locked = np.flatnonzero(single)
        if len(locked) <= MOST_LOCKS:
            for x1, y1, x2, y2 in strands.lines[locked].tolist():
                at = QPointF(x1 + 0.58 * (x2 - x1), y1 + 0.58 * (y2 - y1))
                draw_lock(painter, self.board, detail, at, 11)

    def _entry(self, painter: QPainter, detail: float, entry: Entry) -> None:
        """Draw one connection again with a rim, and its value when it is selected."""
        line, link = self.board.line(entry), self.board.link_of(entry)
        if line is None or link is None:
            return
        theme = self.board.theme
        value = float(self.board.values.strengths(self.board.anatomy, link)[entry.index])
        level = int(levels(np.array([value]), self.board.values.limit, CLIP)[0])
        stroke = pen(theme, level, detail, True, self.board.widest(link))
        chosen = entry == self.board.entry
        rim = QColor(theme.accent)
        rim.setAlphaF(0.55 if chosen else 0.3)
        width = stroke.widthF() + self.board.pixels(detail, 7 if chosen else 5)
        painter.setPen(QPen(rim, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        path = QLineF(*line)
        painter.drawLine(path)
        if not self.board.tiled(link):
            painter.setPen(stroke)
            painter.drawLine(path)
        if chosen and not self.board.typing:
            weight = self.board.values.weights.get(entry.weight)
            if weight is not None:
                draw_text(painter, self.board, detail, shown_number(float(weight[entry.index])),
                          path.pointAt(ALONG), theme.text, weight="semibold")  # fmt: skip
