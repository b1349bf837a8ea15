"""Draws all connections of one link as batches of lines of one colour and width."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnstudio.ui.neurons.anatomy import Link
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.neurons.strands import ALL_DRAWN, LEVELS, density, drawn, levels
from nnstudio.ui.theme import Theme

WIDEST = 6.0
HAIRLINE = 0.9
CLIP = 2.0
"""Lines grow to this many times the full width while the scale is held."""

_DENSITY = (240, 320)


class LinksItem(QGraphicsItem):
    """One link. `refresh` sorts its lines into batches; `paint` strokes them."""

    def __init__(self, board: Board, link: Link) -> None:
        super().__init__()
        self.board = board
        self.link = link
        self.strands = board.strands[link.weight]
        self._lines: list[QLineF] = []
        self._batches: list[tuple[int, list[QLineF]]] = []
        self._image: QImage | None = None
        self._box = QRectF()
        if len(self.strands):
            ends = self.strands.lines.reshape(-1, 2)
            low, high = ends.min(axis=0), ends.max(axis=0)
            self._box = QRectF(*low, *(high - low))
        self.setZValue(0)
        self.refresh()

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-8, -8, 8, 8)

    def refresh(self) -> None:
        """Read the values again and sort the lines into batches."""
        matrix = self.board.values.strengths(self.board.anatomy, self.link)
        values = matrix[self.strands.rows, self.strands.columns]
        self._batches, self._image = [], None
        if not self.board.tiled(self.link):
            self._batch(values)
            if len(values) > ALL_DRAWN:
                self._image = self._density(values)
        self.update()

    def _batch(self, values: NDArray[np.floating]) -> None:
        mask = self.board.values.mask(self.link)
        kept = drawn(values, self.strands.columns)
        if mask is not None:
            wired = mask[self.strands.rows[kept], self.strands.columns[kept]]
            kept = kept[wired]
        if not self._lines and len(kept):
            self._lines = [QLineF(*line) for line in self.strands.lines.tolist()]
        found = levels(values[kept], self.board.values.limit, CLIP)
        lines = self._lines
        for level in sorted(set(found.tolist()), key=abs):
            batch = kept[found == level].tolist()
            self._batches.append((level, [lines[i] for i in batch]))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._image is not None:
            painter.drawImage(self._box, self._image)
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        few = len(self.strands) <= ALL_DRAWN
        antialiased = not self.board.draft or few
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, antialiased)
        for level, lines in self._batches:
            painter.setPen(pen(self.board.theme, level, detail, few))
            painter.drawLines(lines)

    def _density(self, values: NDArray[np.floating]) -> QImage | None:
        """Return the picture of all lines together, transparent where nothing passes."""
        box = self._box
        if box.width() <= 0 or box.height() <= 0:
            return None
        edges = (box.left(), box.top(), box.right(), box.bottom())
        amount = density(self.strands, values, edges, _DENSITY)
        total = amount.sum(axis=2)
        scale = np.quantile(total[total > 0], 0.98) if (total > 0).any() else 1.0
        strength = np.clip(total / scale, 0, 1)
        balance = (amount[..., 1] - amount[..., 0]) / np.maximum(total, 1e-12)
        ends = [QColor(self.board.theme.negative), QColor(self.board.theme.positive)]
        low, high = (np.array([c.red(), c.green(), c.blue()], float) for c in ends)
        mix = (balance[..., None] + 1) / 2
        alpha = (150 if self.board.crowded(self.link) else 70) * np.sqrt(strength)
        picture = np.empty((*strength.shape, 4), np.uint8)
        picture[..., :3] = low + (high - low) * mix
        picture[..., 3] = alpha
        height, width = strength.shape
        return QImage(
            picture.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888
        ).copy()


def pen(theme: Theme, level: int, detail: float, dashed: bool) -> QPen:
    """Return the pen of a signed width level on a scene scaled by `detail`.

    Minus is dashed as long as there are few lines, so that colour is never the only carrier;
    among many lines plus is stronger and minus paler.
    """
    if level == 0:
        zero = QPen(QColor(theme.zero), 0)
        zero.setWidthF(HAIRLINE / detail)
        zero.setColor(_faded(theme.zero, theme.canvas, 0.75))
        return zero
    share = abs(level) / LEVELS
    width = max(WIDEST * share, 1.1 / detail)
    color = _faded(
        theme.negative if level < 0 else theme.positive,
        theme.canvas,
        0.45 + 0.55 * min(share * 1.4, 1),
    )
    if not dashed:
        color = color.darker(118) if (level > 0) != theme.dark else color.lighter(112)
    made = QPen(color, width)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed and level < 0:
        unit = 1 / (width * max(detail, 0.4))
        made.setDashPattern([max(8 * unit, 1.2), max(5 * unit, 0.7)])
    return made


def _faded(color: str, ground: str, share: float) -> QColor:
    a, b = QColor(ground), QColor(color)
    mix: Callable[[float, float], float] = lambda x, y: x + share * (y - x)  # noqa: E731
    return QColor.fromRgbF(
        mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF())
    )
