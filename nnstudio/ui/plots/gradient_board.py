"""A row per layer: its gradient on a logarithmic bar, a word for its health, its histogram."""

from math import log10

import numpy as np
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen

from nnstudio.i18n import translate
from nnstudio.ui.plots.health import REASONS, WORDS, LayerGradient
from nnstudio.ui.plots.painted import CENTRE, LEFT, RIGHT, Painted, write
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager

LOWEST, HIGHEST = -8, 2  # exponents of the axis, the same for every network
SIGNS = {"healthy": "✓", "vanishing": "↓", "exploding": "↑", "resting": "="}
COLORS = {"healthy": "good", "vanishing": "warn", "exploding": "bad", "resting": "muted"}


class GradientBoard(Painted):
    """A click on a row selects the layer."""

    def __init__(self, themes: ThemeManager, selection: Selection) -> None:
        super().__init__(themes)
        self._selection = selection
        self.layers: tuple[LayerGradient, ...] = ()

    def show_layers(self, layers: tuple[LayerGradient, ...]) -> None:
        """Show the gradients of these layers."""
        self.layers = layers
        self.fit()
        self.setAccessibleDescription(
            "; ".join(f"{layer.title} {self._rms(layer)} {_word(layer)}" for layer in layers)
        )
        self.update()

    def fit(self) -> None:
        """Ask for enough height for every row (the board is scrolled downwards)."""
        self.setMinimumHeight(self._line() * len(self.layers) + self._axis())

    def layer_at(self, place: QPoint) -> LayerGradient | None:
        """Return the layer whose row a point lies in."""
        at = place.y() // self._height()
        return self.layers[at] if 0 <= at < len(self.layers) else None

    def tip_at(self, place: QPoint) -> str:
        """Return a layer's gradient, and what the word about it means."""
        layer = self.layer_at(place)
        if layer is None:
            return ""
        text = translate("Plot", "{layer}: gradient {rms} (root mean square)")
        told = text.format(layer=layer.title, rms=self._rms(layer))
        return f"{told}\n{translate('Plot', REASONS[layer.word])}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        layer = self.layer_at(event.position().toPoint())
        if layer is not None:
            self._selection.select(nodes=[layer.node])

    def bar_share(self, layer: LayerGradient) -> float:
        """Return how much of the axis a layer's bar fills, 0 to 1."""
        if not layer.rms > 0:
            return 0.0
        exponent = HIGHEST if not np.isfinite(layer.rms) else log10(layer.rms)
        return min(1.0, max(0.0, (exponent - LOWEST) / (HIGHEST - LOWEST)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        widths = self._widths()
        self._paint_axis(painter, widths)
        for place, layer in enumerate(self.layers):
            self._paint_row(painter, layer, place * self._height(), widths)
        painter.end()

    def _line(self) -> int:
        return QFontMetrics(self._themes.font(0.95)).height() + 6

    def _axis(self) -> int:
        return QFontMetrics(self._themes.font(0.85)).height() + 2

    def _height(self) -> int:
        """Return the height of a row: they share the room, up to twice a line."""
        room = (self.height() - self._axis()) // max(1, len(self.layers))
        return max(self._line(), min(room, 2 * self._line()))

    def _rms(self, layer: LayerGradient) -> str:
        return self._themes.number(layer.rms, 2)

    def _widths(self) -> tuple[float, float, float, float, float]:
        """Return the widths of name, bar, number, badge and histogram."""
        metrics = QFontMetrics(self._themes.font(0.95))
        longest = max((metrics.horizontalAdvance(one.title) for one in self.layers), default=0)
        name = min(longest + 10, self.width() * 0.25)
        number = metrics.horizontalAdvance("−9.9e−99") + 8
        words = [translate("Plot", word) for word in WORDS.values()]
        badge = max(metrics.horizontalAdvance(f"↓ {word}") for word in words) + 20
        rest = self.width() - name - number - badge
        histogram = min(0.4 * rest, self._themes.pixels(150)) if rest > 180 else 0.0
        return name, max(20.0, rest - histogram - 12), number, badge, histogram

    def _paint_axis(self, painter: QPainter, widths: tuple[float, ...]) -> None:
        name, bar, *_ = widths
        theme, font = self._themes.theme, self._themes.font(0.85)
        bottom = len(self.layers) * self._height()
        room = QFontMetrics(font).horizontalAdvance("10⁻⁸") + 8
        step = 2 if bar / (HIGHEST - LOWEST) * 2 > room else 5
        for exponent in range(LOWEST, HIGHEST + 1, step):
            x = name + bar * (exponent - LOWEST) / (HIGHEST - LOWEST)
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawLine(round(x), 2, round(x), bottom)
            box = QRectF(x - room / 2, bottom, room, self._axis())
            text = f"10{str(exponent).translate(_HIGH)}" if exponent else "1"
            write(painter, box, text, font, theme.muted, CENTRE)

    def _paint_row(
        self, painter: QPainter, layer: LayerGradient, top: float, widths: tuple[float, ...]
    ) -> None:
        name, bar, number, badge, histogram = widths
        theme, font, height = self._themes.theme, self._themes.font(0.95), self._height()
        write(painter, QRectF(0, top, name - 6, height), layer.title, font, theme.text, LEFT)
        color = QColor(getattr(theme, COLORS[layer.word]))
        thick = min(0.5 * height, self._line() * 0.6)
        track = QRectF(name, top + (height - thick) / 2, bar * self.bar_share(layer), thick)
        painter.fillRect(track, color)
        x = name + bar
        write(
            painter, QRectF(x, top, number - 6, height), self._rms(layer), font, theme.text, RIGHT
        )
        ground = QColor(color)
        ground.setAlpha(36)
        box = QRectF(x + number, top + (height - self._line() + 4) / 2, badge - 8, self._line() - 4)
        painter.setPen(QPen(color, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 7, 7)
        text = f"{SIGNS[layer.word]} {_word(layer)}"
        write(painter, box, text, font, theme.text, CENTRE)
        if histogram:
            self._paint_histogram(
                painter, layer, QRectF(x + number + badge, top + 3, histogram, height - 6)
            )

    def _paint_histogram(self, painter: QPainter, layer: LayerGradient, box: QRectF) -> None:
        theme = self._themes.theme
        largest = max(1, int(layer.counts.max(initial=1)))
        width = box.width() / max(1, len(layer.counts))
        half = len(layer.counts) / 2
        for place, count in enumerate(layer.counts):
            if count:
                height = max(1.0, box.height() * float(count) / largest)
                color = QColor(theme.negative if place + 0.5 < half else theme.positive)
                left = box.left() + place * width
                painter.fillRect(QRectF(left, box.bottom() - height, width, height), color)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())


_HIGH = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _word(layer: LayerGradient) -> str:
    return translate("Plot", WORDS[layer.word])
