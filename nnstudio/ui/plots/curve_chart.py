"""One measure over the epochs: training solid, validation dashed in the same hue."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.i18n import translate
from nnstudio.training.runlog import RunLog
from nnstudio.ui.plots.caption import DASH, Caption, Mark
from nnstudio.ui.plots.chart import Chart
from nnstudio.ui.plots.decimate import Array, envelope, means, measured, smoothed
from nnstudio.ui.plots.ranges import FIRST_EPOCHS, Held, round_up
from nnstudio.ui.theme import ThemeManager

PARTS = ("training", "validation")
PALE = 90


class CurveChart(QWidget):
    """Draws the columns `name` and `validation_name` of a RunLog.

    `percent` shows shares as per cent, `top` fixes the upper end (1 for accuracy).
    """

    def __init__(self, themes: ThemeManager, color: str) -> None:
        """`color` names the theme's token for both lines."""
        super().__init__()
        self._themes, self._color = themes, color
        self.name = ""
        self.percent = False
        self.top: float | None = None
        self.log = False
        self.smooth = False
        self._title = ""
        self._points: dict[str, tuple[Array, Array]] = {}
        self._generation = -1
        self._x, self._y = Held(), Held()
        self._hover: float | None = None
        self.caption = Caption(themes)
        self.chart = Chart(themes)
        self.chart.hovered = self._hovered
        self.bands = {part: pg.PlotCurveItem() for part in PARTS}
        self.lines = {part: pg.PlotCurveItem(antialias=True) for part in PARTS}
        self._cursor = pg.InfiniteLine(angle=90)
        self._cursor.hide()
        for item in (*self.bands.values(), *self.lines.values(), self._cursor):
            self.chart.addItem(item, ignoreBounds=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.caption)
        column.addWidget(self.chart, 1)

    def measure(self, name: str, title: str) -> None:
        """Show another measure, called `title`."""
        if name != self.name:
            self.name = name
            self._y.forget()
        self._title = title

    def show_log(self, log: RunLog) -> None:
        """Draw what the log holds now."""
        if log.generation != self._generation:
            self._generation = log.generation
            self._x.forget()
            self._y.forget()
        epochs = log.column("epoch")
        scale = 100.0 if self.percent else 1.0
        for part, name in zip(PARTS, (self.name, f"validation_{self.name}"), strict=True):
            values = log.column(name)[: len(epochs)] * scale
            self._points[part] = measured(epochs[: len(values)], values)
            self._draw(part, *self._points[part])
        self._fit()
        self._tell()

    def restyle(self) -> None:
        """Take the colours and type of the theme."""
        theme = self._themes.theme
        color = QColor(getattr(theme, self._color))
        pale = QColor(color)
        pale.setAlpha(PALE)
        width = 2 * max(1.0, 0.75 * self._themes.scale)
        for part in PARTS:
            dashed = part == "validation"
            pen = pg.mkPen(color, width=width)
            if dashed:
                pen.setDashPattern(DASH)
            self.lines[part].setPen(pen)
            self.bands[part].setPen(pg.mkPen(pale, width=1))
        self._cursor.setPen(pg.mkPen(theme.muted, width=1))
        self.chart.set_names(translate("Plot", "Epoch"))
        self.chart.restyle()
        self.caption.updateGeometry()
        self._tell()

    def _draw(self, part: str, x: Array, y: Array) -> None:
        if self.log:
            x, y = x[y > 0], np.log10(y[y > 0])
        band = envelope(x, y) if self.smooth or len(x) > 300 else (x[:0], y[:0])
        line_x, line_y = means(x, y)
        if self.smooth:
            line_y = smoothed(line_y)
        self.bands[part].setData(*band)
        self.lines[part].setData(line_x, line_y)
        if len(x):
            values = self._points[part][1]
            positive = values[values > 0] if self.log else values
            self._x.include(0.0, float(x[-1]))
            self._y.include(float(positive.min()), float(positive.max()))

    def _fit(self) -> None:
        reach = round_up(max(FIRST_EPOCHS, self._x.high))
        if self.log:
            y = self._y.logarithmic()
        else:
            y = self._y.linear()
            if self.top is not None:
                y = (min(0.0, max(y[0], -self.top)), self.top)
        self.chart.left.setLogMode(False, self.log)
        self.chart.set_range((0.0, reach), self.chart.headroom(y))

    def values_at(self, epoch: float | None) -> tuple[float | None, dict[str, float]]:
        """Return the measured epoch nearest to `epoch` (None: the last) and each part's value."""
        nearest: float | None = None
        found = {}
        for part, (x, y) in self._points.items():
            if len(x):
                place = len(x) - 1 if epoch is None else int(np.abs(x - epoch).argmin())
                found[part] = float(y[place])
                nearest = float(x[place]) if nearest is None else nearest
        return nearest, found

    def _tell(self) -> None:
        """Write the values at the hovered epoch, else the newest, into the caption."""
        names = {
            "training": (translate("Plot", "training"), translate("Plot", "train")),
            "validation": (translate("Plot", "validation"), translate("Plot", "val")),
        }
        epoch, values = self.values_at(self._hover)
        title = self._title
        if self._hover is not None and epoch is not None:
            at = translate("Plot", "epoch {epoch}").format(epoch=f"{epoch:,.0f}")
            title = f"{title} · {at}" if title else at
        color = getattr(self._themes.theme, self._color)
        self.caption.keep_title = bool(title)
        self.caption.show_marks(
            title,
            [
                Mark(*names[part], self._number(value), color, part == "validation")
                for part, value in values.items()
            ],
        )
        self._cursor.setVisible(self._hover is not None and epoch is not None)
        if epoch is not None:
            self._cursor.setValue(epoch)

    def _number(self, value: float) -> str:
        number = self._themes.number(value, 3)
        return f"{number} %" if self.percent else number

    def _hovered(self, place: QPointF | None) -> None:
        hover = None if place is None else place.x()
        if hover != self._hover:
            self._hover = hover
            self._tell()
