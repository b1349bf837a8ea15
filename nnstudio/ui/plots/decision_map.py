"""The decision map: what the network answers at every place of a plane, with the data on it."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QWidget

from nnstudio.data.labels import shown_name
from nnstudio.data.spec import Source
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import OutputMap, Snapshot
from nnstudio.ui.plots.chart import Chart
from nnstudio.ui.plots.key import KeyRow, part_rows
from nnstudio.ui.plots.points import nearest, plane_points, raw_number
from nnstudio.ui.plots.scatter import REACH, PointCloud
from nnstudio.ui.plots.shades import class_color, marker, shade
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live

LARGEST = 16777215  # Qt's own for "no limit"
ALIKE = 1.25  # sides of the plane that differ by less are drawn on one scale


class DecisionMap(QWidget):
    """A click on a point makes it the current example; a click elsewhere asks for that place."""

    parts = frozenset(["output_map", "signals"])

    def __init__(self, themes: ThemeManager, live: Live) -> None:
        super().__init__()
        self._themes, self._live = themes, live
        self._reading: Reading | None = None
        self._map: OutputMap | None = None
        self._source = Source("builtin")
        self._limit = 1.0
        self._shape = 0.0
        self.chart = Chart(themes)
        self.chart.grid = False
        self.chart.hovered = self._hovered
        self.chart.clicked = self._clicked
        self.image = pg.ImageItem()
        self.chart.addItem(self.image, ignoreBounds=True)
        self.cloud = PointCloud(self.chart, themes)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)
        self._row.addWidget(self.chart, 100)
        self._row.addStretch(1)

    def show_snapshot(self, snapshot: Snapshot, reading: Reading, source: Source) -> None:
        """Draw the map of the snapshot, and the points anew when the data has changed."""
        found = snapshot.output_map
        if found is None:
            return
        first = self._map is None or found.plane != self._map.plane
        self._map, self._source = found, source
        if reading is not self._reading or first:
            self._reading = reading
            self._take_data(reading, found)
        self._draw()
        self._ring(snapshot)

    def restyle(self) -> None:
        """Follow the theme, the type scale and the language."""
        if self._map is not None:
            x, y = (shown_name(self._source, name) for name in self._map.plane.columns)
            self.chart.set_names(x, y)
            self._draw()
        self.chart.restyle()
        self.cloud.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Keep a plane of equal units undistorted: the chart takes what fits of the room."""
        widest = tallest = LARGEST
        if self._shape:
            across, down = self.chart.margins()
            widest = max(60, round((self.height() - down) * self._shape + across))
            tallest = max(60, round((self.width() - across) / self._shape + down))
        self.chart.setMaximumSize(widest, tallest)

    def key(self) -> list[KeyRow]:
        """Return what shapes and colours mean."""
        theme = self._themes.theme
        if self._map is None:
            return []
        if self._map.classes:
            rows = [
                KeyRow(shown_name(self._source, name), class_color(theme, i), marker(theme, i))
                for i, name in enumerate(self._map.classes)
            ]
        else:
            ends = (self._limit, theme.positive, "o"), (-self._limit, theme.negative, "s")
            rows = [KeyRow(self._themes.number(v, 3), color, shape) for v, color, shape in ends]
        return rows + part_rows(theme, self.cloud.points)

    def _take_data(self, reading: Reading, found: OutputMap) -> None:
        points = plane_points(reading, found.plane.columns)
        largest = [float(np.abs(p.target).max(initial=0.0)) for p in points]
        self._limit = max(largest, default=0.0) or 1.0
        self.cloud.show_points(points, len(found.classes), self._limit)
        x0, x1, y0, y1 = found.plane.extent
        self._shape = (x1 - x0) / (y1 - y0)
        alike = 1 / ALIKE <= self._shape <= ALIKE
        self._shape = self._shape if alike else 0.0
        kinds = {item.name: item.kind for item in reading.ranges()}
        self.chart.bottom.dates, self.chart.left.dates = (
            kinds[name] == "date" for name in found.plane.columns
        )
        self.chart.set_range((x0, x1), (y0, y1))
        self.restyle()
        self._fit()

    def _draw(self) -> None:
        assert self._map is not None
        found = self._map
        picture = shade(found.values, len(found.classes), self._limit, self._themes.theme)
        self.image.setImage(picture, autoLevels=False, levels=(0, 255))
        x0, x1, y0, y1 = found.plane.extent
        self.image.setRect(QRectF(x0, y0, x1 - x0, y1 - y0))

    def _ring(self, snapshot: Snapshot) -> None:
        assert self._map is not None
        raw = snapshot.example.raw if snapshot.example is not None else {}
        x, y = (raw_number(name, raw.get(name)) for name in self._map.plane.columns)
        self.cloud.ring_at(x, y)

    def answer_at(self, x: float, y: float) -> str:
        """Return in words what the network answers at a place of the plane."""
        assert self._map is not None
        x0, x1, y0, y1 = self._map.plane.extent
        side = len(self._map.values)
        column = min(side - 1, max(0, int((x - x0) / (x1 - x0) * side)))
        row = min(side - 1, max(0, int((y - y0) / (y1 - y0) * side)))
        values = self._map.values[row, column]
        if self._map.labels is None:
            return self._themes.number(float(values[0]), 3)
        label = int(self._map.labels[row, column])
        share = float(values[label]) if len(values) > 1 else float(values[0])
        if len(values) == 1 and label == 0:
            share = 1 - share
        name = shown_name(self._source, self._map.classes[label])
        if not 0 <= share <= 1:
            return name
        return f"{name} {self._themes.number(100 * share, 3)} %"

    def _hovered(self, place: QPointF | None) -> None:
        if place is None or self._map is None:
            QToolTip.hideText()
            return
        x0, x1, y0, y1 = self._map.plane.extent
        if not (x0 <= place.x() <= x1 and y0 <= place.y() <= y1):
            QToolTip.hideText()
            return
        names = [shown_name(self._source, name) for name in self._map.plane.columns]
        lines = [
            f"{name} = {self._themes.number(value, 3)}"
            for name, value in zip(names, (place.x(), place.y()), strict=True)
        ]
        lines.append(self.answer_at(place.x(), place.y()))
        QToolTip.showText(self.cursor().pos(), "\n".join(lines), self.chart)

    def _clicked(self, place: QPointF) -> None:
        if self._map is None:
            return
        hit = nearest(self.cloud.points, self.cloud.distance_from(place.x(), place.y()), REACH)
        if hit is not None and hit[0].part == "training":
            self._live.set_example(int(hit[0].index[hit[1]]))
            return
        there = self.chart.at(place)
        x, y = (there.x(), there.y()) if hit is None else (hit[0].x[hit[1]], hit[0].y[hit[1]])
        names = self._map.plane.columns
        self._live.set_example({names[0]: float(x), names[1]: float(y)})
