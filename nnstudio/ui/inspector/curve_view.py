"""A small drawing of an activation function, its slope, and where the neurons stand on it."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.i18n import translate
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating

Floats = NDArray[np.float64]
REACH = 4.0
POINTS = 161
MOST_DOTS = 64
HEIGHT = 78
HIDDEN = ("softmax",)
"""Functions of a whole layer: one curve can't show them."""


class CurveView(Retranslating, QWidget):
    """φ is drawn solid, φ′ dashed; a dot for each neuron's sum of the current example."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self._kind = ""
        self._settings: Mapping[str, float] = {}
        self._sums: Floats = np.zeros(0)
        self._chosen = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(120, self._themes.pixels(HEIGHT))

    def show_function(self, kind: str, settings: Mapping[str, float]) -> None:
        """Draw another function; a step of the settings counts."""
        self.setVisible(kind in ACTIVATIONS and kind not in HIDDEN)
        if (kind, settings) != (self._kind, self._settings):
            self._kind, self._settings = kind, dict(settings)
            self.update()

    def show_sums(self, sums: Floats, chosen: int = -1) -> None:
        """Show where the neurons stand; `chosen` is the one that is selected."""
        self._sums, self._chosen = np.asarray(sums, float).reshape(-1)[:MOST_DOTS], chosen
        self.update()

    def retranslate(self) -> None:
        """Set the texts again."""
        self.setToolTip(
            translate(
                "Inspector",
                "The activation function φ, its slope φ′ (dashed), "
                "and a dot for each neuron of the current example.",
            )
        )
        self.setAccessibleName(translate("Inspector", "Curve of the activation function"))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._kind not in ACTIVATIONS:
            return
        theme, frame = (
            self._themes.theme,
            QRectF(self.rect()).adjusted(1, 5, -self._themes.pixels(28), -5),
        )
        x = np.linspace(-REACH, REACH, POINTS)
        entry = ACTIVATIONS[self._kind]
        y, slope = entry.function(x, **self._settings), entry.derivative(x, **self._settings)
        low = min(0.0, float(y.min()), float(slope.min()))
        high = max(1.0, float(min(y.max(), 2.0)), float(slope.max()))
        self._frame, self._low, self._high = frame, low, high
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.grid), 1))
        painter.drawLine(self._place(-REACH, 0), self._place(REACH, 0))
        painter.drawLine(self._place(0, low), self._place(0, high))
        tint = QColor(theme.families["activation"])
        painter.setClipRect(QRectF(self.rect()).adjusted(0, 1, 0, -1))
        painter.setPen(QPen(QColor(theme.muted), 1.3, Qt.PenStyle.DashLine))
        painter.drawPolyline(self._line(x, slope))
        painter.setPen(QPen(tint, 2))
        painter.drawPolyline(self._line(x, y))
        self._name(painter, "φ", float(y[-1]), tint)
        self._name(painter, "φ′", float(slope[-1]), QColor(theme.muted))
        self._dots(painter)
        painter.end()

    def _dots(self, painter: QPainter) -> None:
        theme = self._themes.theme
        if not len(self._sums):
            return
        heights = ACTIVATIONS[self._kind].function(self._sums, **self._settings)
        painter.setPen(QPen(QColor(theme.panel), 1.2))
        for place, (z, height) in enumerate(zip(self._sums, heights, strict=True)):
            mine = place == self._chosen
            painter.setBrush(QColor(theme.accent if mine else theme.text))
            radius = 4.5 if mine else 3.0
            inside = min(max(float(z), -REACH), REACH), min(float(height), self._high)
            painter.drawEllipse(self._place(*inside), radius, radius)

    def _name(self, painter: QPainter, text: str, end: float, color: QColor) -> None:
        at = self._place(REACH, min(max(end, self._low), self._high))
        painter.setPen(color)
        painter.setFont(self._themes.font(0.95))
        metrics = painter.fontMetrics()
        y = min(max(at.y() + metrics.ascent() / 3, metrics.ascent() + 1.0), self.height() - 4.0)
        painter.drawText(QPointF(at.x() + 8, y), text)

    def _line(self, x: Floats, y: Floats) -> QPolygonF:
        return QPolygonF([self._place(float(a), float(b)) for a, b in zip(x, y, strict=True)])

    def _place(self, x: float, y: float) -> QPointF:
        frame, span = self._frame, self._high - self._low
        return QPointF(
            frame.left() + (x + REACH) / (2 * REACH) * frame.width(),
            frame.bottom() - (y - self._low) / span * frame.height(),
        )
