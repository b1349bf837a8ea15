"""A grid of pixels to paint on with the mouse: left draws, right erases."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.ui.theme import ThemeManager

LARGEST = 220


class PixelPad(QWidget):
    """Paints an array (height, width[, 1]) between two values; emits `painted` on each stroke."""

    painted = Signal()

    def __init__(
        self, shape: tuple[int, ...], limits: tuple[float, float], themes: ThemeManager
    ) -> None:
        super().__init__()
        self._themes = themes
        self._low, self._high = limits
        self.picture: NDArray[np.float64] = np.full(shape, limits[0], dtype=float)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(LARGEST)
        self.setCursor(Qt.CursorShape.CrossCursor)
        themes.changed.connect(self.update)

    def show_picture(self, picture: NDArray[np.float64]) -> None:
        """Show another picture of the same shape."""
        if picture.shape == self.picture.shape:
            self.picture = picture.copy()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, frame, side = self._themes.theme, self._frame(), self._side()
        painter = QPainter(self)
        span = (self._high - self._low) or 1.0
        ink, paper = QColor(theme.text), QColor(theme.canvas)
        for row, column in np.ndindex(*self.picture.shape[:2]):
            share = (float(self.picture[row, column].sum()) - self._low) / span
            cell = QRectF(frame.x() + column * side, frame.y() + row * side, side, side)
            painter.fillRect(cell, _between(paper, ink, min(1.0, max(0.0, share))))
        painter.setPen(QColor(theme.grid))
        for line in range(self.picture.shape[1] + 1):
            x = frame.x() + line * side
            painter.drawLine(round(x), round(frame.top()), round(x), round(frame.bottom()))
        for line in range(self.picture.shape[0] + 1):
            y = frame.y() + line * side
            painter.drawLine(round(frame.left()), round(y), round(frame.right()), round(y))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._paint(event.position().toPoint(), event.buttons())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._paint(event.position().toPoint(), event.buttons())

    def _paint(self, at: QPoint, buttons: Qt.MouseButton) -> None:
        frame, side = self._frame(), self._side()
        column, row = int((at.x() - frame.x()) // side), int((at.y() - frame.y()) // side)
        if not (0 <= row < self.picture.shape[0] and 0 <= column < self.picture.shape[1]):
            return
        value = self._low if buttons & Qt.MouseButton.RightButton else self._high
        if (self.picture[row, column] != value).any():
            self.picture[row, column] = value
            self.update()
            self.painted.emit()

    def _side(self) -> float:
        rows, columns = self.picture.shape[:2]
        return float(min((self.width() - 2) / columns, (self.height() - 2) / rows))

    def _frame(self) -> QRectF:
        rows, columns = self.picture.shape[:2]
        width, height = columns * self._side(), rows * self._side()
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)


def _between(low: QColor, high: QColor, share: float) -> QColor:
    start = (low.redF(), low.greenF(), low.blueF())
    end = (high.redF(), high.greenF(), high.blueF())
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in zip(start, end, strict=True)))
