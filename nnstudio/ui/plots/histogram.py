"""How often which value occurs, as bars around zero on a held scale."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from nnstudio.i18n import translate
from nnstudio.ui.plots.chart import Chart
from nnstudio.ui.plots.ranges import round_up
from nnstudio.ui.theme import ThemeManager

BINS = 41


class Histogram(QWidget):
    """Bars left of zero wear the colour of minus, bars right of it that of plus."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self._top = 1.0
        self.counts: NDArray[Any] = np.zeros(BINS, np.int64)
        self.edges: NDArray[Any] = np.linspace(-1, 1, BINS + 1)
        self.chart = Chart(themes)
        self.chart.hovered = self._hovered
        self.bars = pg.BarGraphItem(x=[], height=[], width=1)
        self.chart.addItem(self.bars, ignoreBounds=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chart)

    def show_values(self, values: NDArray[Any], limit: float, hold: bool) -> None:
        """Count values on the scale ±`limit`; `hold` never lets the upper end fall."""
        finite = values[np.isfinite(values)]
        self.counts, self.edges = np.histogram(finite, BINS, range=(-limit, limit))
        top = round_up(float(self.counts.max(initial=1)))
        self._top = max(top, self._top) if hold else top
        self.chart.set_range((-limit, limit), self.chart.headroom((0.0, self._top)))
        self._draw()

    def restyle(self) -> None:
        """Follow the theme, the type scale and the language."""
        self.chart.set_names(translate("Plot", "value"), translate("Plot", "how many"))
        self.chart.restyle()
        self._draw()

    def _draw(self) -> None:
        theme = self._themes.theme
        middles = (self.edges[1:] + self.edges[:-1]) / 2
        colors = np.where(middles > 1e-12, theme.positive, theme.negative)
        colors[len(colors) // 2] = theme.zero
        self.bars.setOpts(
            x=middles,
            height=self.counts,
            width=0.92 * (self.edges[1] - self.edges[0]),
            brushes=[pg.mkBrush(color) for color in colors],
            pen=pg.mkPen(None),
        )

    def _hovered(self, place: QPointF | None) -> None:
        if place is None or not self.edges[0] <= place.x() <= self.edges[-1]:
            QToolTip.hideText()
            return
        at = int(np.searchsorted(self.edges, place.x(), side="right")) - 1
        at = min(max(at, 0), len(self.counts) - 1)
        text = translate("Plot", "{count} values from {low} to {high}").format(
            count=f"{int(self.counts[at]):,}",
            low=self._themes.number(float(self.edges[at]), 3),
            high=self._themes.number(float(self.edges[at + 1]), 3),
        )
        QToolTip.showText(self.cursor().pos(), text, self.chart)
