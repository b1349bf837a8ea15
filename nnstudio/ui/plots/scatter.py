"""Points of a plot: class by shape, training filled, held-out hollow; the current one ringed."""

from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from nnstudio.ui.plots.chart import Chart
from nnstudio.ui.plots.points import Points
from nnstudio.ui.plots.shades import class_color, marker
from nnstudio.ui.theme import Theme, ThemeManager, signed_color

SIZE = 8
RING = 17
REACH = 12.0


class PointCloud:
    """One scatter item for each part and class (few items, many points)."""

    def __init__(self, chart: Chart, themes: ThemeManager) -> None:
        self._chart, self._themes = chart, themes
        self._items: list[pg.ScatterPlotItem] = []
        self.points: tuple[Points, ...] = ()
        self._classes: int | None = None
        self._limit = 1.0
        self.ring = pg.ScatterPlotItem(pxMode=True)
        self.ring.setZValue(30)
        chart.addItem(self.ring, ignoreBounds=True)

    def show_points(
        self, points: Sequence[Points], classes: int | None, limit: float = 1.0
    ) -> None:
        """Show points; `classes` None colours all alike, 0 by their target on a scale of ±limit."""
        self.points, self._classes, self._limit = tuple(points), classes, limit
        self.restyle()

    def restyle(self) -> None:
        """Draw everything again in the colours of the theme."""
        for item in self._items:
            self._chart.removeItem(item)
        self._items = []
        theme = self._themes.theme
        growth = 1 + 0.3 * (self._themes.scale - 1)  # in a talk there are as many points
        size = round(SIZE * growth)
        total = sum(len(found.rows) for found in self.points)
        size = size if total <= 150 else size - 1 if total <= 400 else size - 2
        for found in self.points:
            placed = np.isfinite(found.x) & np.isfinite(found.y)
            for color, shape, chosen in self._kinds(found, theme):
                if (chosen & placed).any():
                    self._add(found, chosen & placed, color, shape, size)
        ring = pg.mkPen(theme.text, width=2 * max(1.0, 0.75 * self._themes.scale))
        self.ring.setPen(ring)
        self.ring.setBrush(None)
        self.ring.setSize(round(RING * (1 + 0.5 * (self._themes.scale - 1))))

    def ring_at(self, x: float | None, y: float | None) -> None:
        """Ring a place, or none."""
        known = x is not None and y is not None and np.isfinite(x) and np.isfinite(y)
        self.ring.setData([x] if known else [], [y] if known else [])

    def distance_from(self, px: float, py: float) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
        """Return a function that gives the distance of values from a widget point, in pixels."""
        box = self._chart.getViewBox()
        (x0, x1), (y0, y1) = box.viewRange()
        corner, far = self._chart.place_of(x0, y0), self._chart.place_of(x1, y1)

        def distance(x: np.ndarray, y: np.ndarray) -> np.ndarray:
            across = corner.x() + (x - x0) / (x1 - x0) * (far.x() - corner.x())
            down = corner.y() + (y - y0) / (y1 - y0) * (far.y() - corner.y())
            return np.hypot(across - px, down - py)

        return distance

    def _kinds(self, found: Points, theme: Theme) -> list[tuple[QColor, str, np.ndarray]]:
        if self._classes is None:
            return [(QColor(theme.muted), "o", np.ones(len(found.rows), bool))]
        if self._classes:
            return [
                (QColor(class_color(theme, place)), marker(theme, place), found.target == place)
                for place in range(self._classes)
            ]
        # Numbers: a handful of shades is enough for the eye, and far fewer items than points.
        steps = np.clip(np.round(4 * found.target / (self._limit or 1.0)), -4, 4)
        return [
            (signed_color(theme, step / 4, 1.0), "s" if step < 0 else "o", steps == step)
            for step in range(-4, 5)
        ]

    def _add(self, found: Points, chosen: np.ndarray, color: QColor, shape: str, size: int) -> None:
        theme = self._themes.theme
        held_out = found.part != "training"
        pen = pg.mkPen(color if held_out else theme.panel, width=1.6 if held_out else 1)
        item = pg.ScatterPlotItem(
            found.x[chosen],
            found.y[chosen],
            symbol=shape,
            size=size,
            pen=pen,
            brush=pg.mkBrush(theme.panel if held_out else color),
            antialias=True,
        )
        item.setZValue(10 if held_out else 20)
        self._chart.addItem(item, ignoreBounds=True)
        self._items.append(item)
