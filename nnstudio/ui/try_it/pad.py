"""A grid of pixels to paint on: left button or Enter draws, right button erases."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
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
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._at = (0, 0)
        self._stroke = False
        themes.changed.connect(self.update)

    def show_picture(self, picture: NDArray[np.float64]) -> None:
        """Show another picture of the same shape."""
        if picture.shape == self.picture.shape and not self._stroke:
            self.picture = picture.copy()
            self.update()

    def empty(self) -> None:
        """Erase everything."""
        self.picture = np.full(self.picture.shape, self._low, dtype=float)
        self.update()
        self.painted.emit()

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
        if self.hasFocus():
            row, column = self._at
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(frame.x() + column * side, frame.y() + row * side, side, side))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._stroke = True
        self._draw(event.position().toPoint(), event.buttons())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._draw(event.position().toPoint(), event.buttons())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._stroke = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows walk over the pixels, Enter draws or erases the one they stand on."""
        steps = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        key = Qt.Key(event.key())
        if key in steps:
            rows, columns = self.picture.shape[:2]
            down, right = steps[key]
            self._at = ((self._at[0] + down) % rows, (self._at[1] + right) % columns)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            drawn = float(self.picture[self._at].max()) > (self._low + self._high) / 2
            self._put(*self._at, self._low if drawn else self._high)
        else:
            super().keyPressEvent(event)

    def _draw(self, at: QPoint, buttons: Qt.MouseButton) -> None:
        frame, side = self._frame(), self._side()
        column, row = int((at.x() - frame.x()) // side), int((at.y() - frame.y()) // side)
        if 0 <= row < self.picture.shape[0] and 0 <= column < self.picture.shape[1]:
            self._at = (row, column)
            erase = bool(buttons & Qt.MouseButton.RightButton)
            self._put(row, column, self._low if erase else self._high)

    def _put(self, row: int, column: int, value: float) -> None:
        if (self.picture[row, column] != value).any():
            self.picture[row, column] = value
            self.update()
            self.painted.emit()

    def _side(self) -> float:
        rows, columns = self.picture.shape[:2]
        return float(max(1, min((self.width() - 2) // columns, (self.height() - 2) // rows)))

    def _frame(self) -> QRectF:
        rows, columns = self.picture.shape[:2]
        width, height = columns * self._side(), rows * self._side()
        return QRectF((self.width() - width) // 2, (self.height() - height) // 2, width, height)


def _between(low: QColor, high: QColor, share: float) -> QColor:
    start = (low.redF(), low.greenF(), low.blueF())
    end = (high.redF(), high.greenF(), high.blueF())
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in zip(start, end, strict=True)))
