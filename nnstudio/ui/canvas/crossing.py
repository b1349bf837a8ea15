"""The moment between two depths: one picture grows and fades while the other appears."""

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

MS = 260
NEAR = 1.7  # how far the cards grow before they are gone


class Crossing(QWidget):
    """Covers the views for a quarter of a second; paints two grabbed pictures."""

    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self._cards, self._neurons = QPixmap(), QPixmap()
        self._ground = QColor()
        self._focus = QPointF()
        self._depth = 0.0  # 0 = cards, 1 = neurons
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(MS)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._animation.valueChanged.connect(self._go)
        self._animation.finished.connect(self._end)
        self.hide()

    def cross(
        self, cards: QPixmap, neurons: QPixmap, ground: QColor, focus: QPointF, deeper: bool
    ) -> None:
        """Zoom around `focus` from the cards to the neurons, or back."""
        self._animation.stop()
        self._cards, self._neurons, self._ground, self._focus = cards, neurons, ground, focus
        self._animation.setStartValue(0.0 if deeper else 1.0)
        self._animation.setEndValue(1.0 if deeper else 0.0)
        self._depth = 0.0 if deeper else 1.0
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self._animation.start()

    def stop(self) -> None:
        """End at once."""
        self._animation.stop()
        self._end()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        share = self._depth
        self._draw(painter, self._neurons, 0.6 + 0.4 * share, min(1.0, 1.6 * share))
        self._draw(painter, self._cards, 1.0 + (NEAR - 1.0) * share, max(0.0, 1.0 - 1.6 * share))

    def _draw(self, painter: QPainter, picture: QPixmap, size: float, opacity: float) -> None:
        if opacity <= 0.0 or picture.isNull():
            return
        whole = QRectF(self.rect())
        corner = self._focus - (self._focus - whole.topLeft()) * size
        painter.setOpacity(opacity)
        painter.drawPixmap(QRectF(corner, whole.size() * size), picture, QRectF(picture.rect()))

    def _go(self, share: float) -> None:
        self._depth = share
        self.update()

    def _end(self) -> None:
        self._cards, self._neurons = QPixmap(), QPixmap()
        self.hide()
        self.finished.emit()
