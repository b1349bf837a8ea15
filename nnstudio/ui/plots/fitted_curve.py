"""The fitted curve: what the network answers along its only input, with the data around it."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from nnstudio.data.labels import shown_name
from nnstudio.data.spec import Source
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import Curve, Snapshot
from nnstudio.ui.plots.chart import Chart
from nnstudio.ui.plots.key import KeyRow, part_rows
from nnstudio.ui.plots.points import curve_points, nearest, raw_number
from nnstudio.ui.plots.ranges import padded
from nnstudio.ui.plots.scatter import REACH, PointCloud
from nnstudio.ui.plots.shades import class_color, marker
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live

SHARES = (-0.05, 1.05)


class FittedCurve(QWidget):
    """Numbers in the target's unit; for classes, the probability of each."""

    parts = frozenset(["curve", "signals"])

    def __init__(self, themes: ThemeManager, live: Live) -> None:
        super().__init__()
        self._themes, self._live = themes, live
        self._reading: Reading | None = None
        self._curve: Curve | None = None
        self._classes: tuple[str, ...] = ()
        self._source = Source("builtin")
        self.chart = Chart(themes)
        self.chart.hovered = self._hovered
        self.chart.clicked = self._clicked
        self.lines: list[pg.PlotCurveItem] = []
        self.cloud = PointCloud(self.chart, themes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chart)

    def show_snapshot(self, snapshot: Snapshot, reading: Reading, source: Source) -> None:
        """Draw the curve of the snapshot, and the points anew when the data has changed."""
        if snapshot.curve is None:
            return
        anew = reading is not self._reading or self._curve is None
        self._curve, self._classes, self._source = snapshot.curve, snapshot.classes, source
        if anew or len(self.lines) != self._curve.y.shape[1]:
            self._reading = reading
            self._take_data(reading, self._curve)
        for place, line in enumerate(self.lines):
            line.setData(self._curve.x, self._curve.y[:, place])
        raw = snapshot.example.raw if snapshot.example is not None else {}
        x = raw_number(self._curve.column, raw.get(self._curve.column))
        self.cloud.ring_at(x, None if x is None else self.answer_at(x)[0])

    def restyle(self) -> None:
        """Follow the theme, the type scale and the language."""
        if self._curve is not None:
            names = [shown_name(self._source, name) for name in self._curve.names]
            left = "" if self._classes else names[0]
            self.chart.set_names(shown_name(self._source, self._curve.column), left)
        self.chart.restyle()
        theme = self._themes.theme
        for place, line in enumerate(self.lines):
            hue = class_color(theme, self._class_of(place)) if self._classes else theme.accent
            line.setPen(pg.mkPen(hue, width=2 * max(1.0, 0.75 * self._themes.scale)))
        self.cloud.restyle()

    def key(self) -> list[KeyRow]:
        """Return what shapes and colours mean."""
        theme = self._themes.theme
        rows = [
            KeyRow(shown_name(self._source, name), class_color(theme, i), marker(theme, i))
            for i, name in enumerate(self._classes)
        ]
        return rows + part_rows(theme, self.cloud.points)

    def answer_at(self, x: float) -> list[float]:
        """Return the values of the curves at `x`, between the computed places linearly."""
        assert self._curve is not None
        return [float(np.interp(x, self._curve.x, values)) for values in self._curve.y.T]

    def _class_of(self, line: int) -> int:
        """Return the class whose probability a line shows; one line shows the second of two."""
        return line if len(self.lines) > 1 else 1

    def _take_data(self, reading: Reading, curve: Curve) -> None:
        for line in self.lines:
            self.chart.removeItem(line)
        self.lines = [pg.PlotCurveItem(antialias=True) for _ in range(curve.y.shape[1])]
        for line in self.lines:
            line.setZValue(25)
            self.chart.addItem(line, ignoreBounds=True)
        points = curve_points(reading, curve.column)
        self.cloud.show_points(points, len(self._classes) or None)
        values = np.concatenate([found.y for found in points])
        y = SHARES if self._classes else padded(float(values.min()), float(values.max()), 0.12)
        self.chart.bottom.dates = reading.ranges()[0].kind == "date"
        self.chart.set_range((float(curve.x[0]), float(curve.x[-1])), y)
        self.restyle()

    def _hovered(self, place: QPointF | None) -> None:
        curve = self._curve
        if place is None or curve is None:
            QToolTip.hideText()
            return
        number = self._themes.number
        lines = [f"{shown_name(self._source, curve.column)} = {number(place.x(), 3)}"]
        names: Any = curve.names
        for line, value in enumerate(self.answer_at(place.x())):
            name = names[self._class_of(line)] if self._classes else names[line]
            shown = f"{number(100 * value, 3)} %" if self._classes else number(value, 4)
            lines.append(f"{shown_name(self._source, name)} = {shown}")
        QToolTip.showText(self.cursor().pos(), "\n".join(lines), self.chart)

    def _clicked(self, place: QPointF) -> None:
        if self._curve is None:
            return
        hit = nearest(self.cloud.points, self.cloud.distance_from(place.x(), place.y()), REACH)
        if hit is not None and hit[0].part == "training":
            self._live.set_example(int(hit[0].index[hit[1]]))
            return
        x = self.chart.at(place).x() if hit is None else float(hit[0].x[hit[1]])
        self._live.set_example({self._curve.column: float(x)})
