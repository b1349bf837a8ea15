"""Draws all connections of one link as batches of lines of one colour and width."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnstudio.document.picture.anatomy import Link
from nnstudio.document.picture.strands import ALL_DRAWN, LEVELS, density, drawn, levels
from nnstudio.ui.neurons.board import WIDEST, Board
from nnstudio.ui.theme import Theme

HAIRLINE = 0.9
CLIP = 2.0
"""Lines grow to this many times the full width while the scale is held."""

_DENSITY = (128, 220)


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
        self._widest = board.widest(link)
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
        for level in sorted(
            set(found.tolist()), key=lambda level: (abs(level), level * (-1) ** level)
        ):
            batch = kept[found == level].tolist()
            self._batches.append((level, [lines[i] for i in batch]))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._image is not None:
            painter.drawImage(self._box, self._image)
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        few = self.board.few
        antialiased = not self.board.draft or few
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, antialiased)
        for level, lines in self._batches:
            painter.setPen(pen(self.board.theme, level, detail, few, self._widest))
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


def pen(theme: Theme, level: int, detail: float, few: bool, widest: float = WIDEST) -> QPen:
    """Return the pen of a signed width level on a scene scaled by `detail`.

    Among few lines minus is dashed, so that colour is never the only carrier. Among many all
    are solid, thin and translucent; there plus is stronger and minus paler.
    """
    share = abs(level) / LEVELS
    if level == 0:
        return QPen(_faded(theme.zero, theme.canvas, 0.75), HAIRLINE / detail)
    color = QColor(theme.negative if level < 0 else theme.positive)
    if few:
        color = _faded(color, theme.canvas, min(0.45 + 0.75 * share, 1.0))
        made = QPen(color, max(widest * share, 1.1 / detail))
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
        if level < 0:
            unit = 1 / (made.widthF() * max(detail, 0.4))
            made.setDashPattern([max(8 * unit, 1.2), max(5 * unit, 0.7)])
        return made
    color = color.darker(115) if (level > 0) != theme.dark else color.lighter(112)
    color.setAlphaF(min(0.1 + 0.8 * share**3, 1.0))
    return QPen(color, max(widest * share**2, 0.9 / detail))


def _faded(color: str | QColor, ground: str, share: float) -> QColor:
    a, b = QColor(ground), QColor(color)
    mix: Callable[[float, float], float] = lambda x, y: x + share * (y - x)  # noqa: E731
    return QColor.fromRgbF(
        mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF())
    )
