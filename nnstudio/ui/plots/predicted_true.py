"""Predicted against true numbers: every point on the line is a right answer."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from nnstudio.data.labels import shown_name
from nnstudio.data.spec import Source
from nnstudio.i18n import translate
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import PredictionSet, Snapshot
from nnstudio.ui.plots.chart import Chart
from nnstudio.ui.plots.key import KeyRow, part_rows
from nnstudio.ui.plots.points import PARTS, Points, nearest
from nnstudio.ui.plots.ranges import padded
from nnstudio.ui.plots.rows import show_row
from nnstudio.ui.plots.scatter import REACH, PointCloud
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live


class PredictedTrue(QWidget):
    """True values to the right, predictions upwards, both in the target's unit."""

    parts = frozenset(["predictions"])

    def __init__(self, themes: ThemeManager, live: Live) -> None:
        super().__init__()
        self._themes, self._live = themes, live
        self._reading: Reading | None = None
        self._name = ""
        self._source = Source("builtin")
        self.chart = Chart(themes)
        self.chart.hovered = self._hovered
        self.chart.clicked = self._clicked
        self._diagonal = pg.PlotCurveItem()
        self.chart.addItem(self._diagonal, ignoreBounds=True)
        self.cloud = PointCloud(self.chart, themes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chart)

    def show_snapshot(self, snapshot: Snapshot, reading: Reading, source: Source) -> None:
        """Draw the predictions of the snapshot; the range is that of the true values."""
        if snapshot.predictions is None:
            return
        found = [(part, getattr(snapshot.predictions, part)) for part in PARTS]
        sets = [(part, each) for part, each in found if each is not None and len(each.rows)]
        if not sets or sets[0][1].classes:
            return
        name = sets[0][1].names[0]
        if reading is not self._reading or (name, source) != (self._name, self._source):
            self._reading, self._name, self._source = reading, name, source
            self._take_range([each.true[:, 0] for _, each in sets])
        self.cloud.show_points([_points(part, each) for part, each in sets], None)

    def restyle(self) -> None:
        """Follow the theme, the type scale and the language."""
        if self._name:
            name = shown_name(self._source, self._name)
            self.chart.set_names(
                translate("Plot", "true {name}").format(name=name), translate("Plot", "predicted")
            )
        self.chart.restyle()
        line = pg.mkPen(self._themes.theme.muted, width=1, style=Qt.PenStyle.DashLine)
        self._diagonal.setPen(line)
        self.cloud.restyle()

    def key(self) -> list[KeyRow]:
        """Return what filled and hollow points mean."""
        return part_rows(self._themes.theme, self.cloud.points)

    def _take_range(self, values: list[np.ndarray]) -> None:
        low, high = min(float(v.min()) for v in values), max(float(v.max()) for v in values)
        span = padded(low, high, 0.08)
        self._diagonal.setData(np.array(span), np.array(span))
        self.chart.set_range(span, span)
        self.restyle()

    def _hit(self, place: QPointF) -> tuple[Points, int] | None:
        distance = self.cloud.distance_from(place.x(), place.y())
        return nearest(self.cloud.points, distance, REACH)

    def _hovered(self, place: QPointF | None) -> None:
        hit = None if place is None else self._hit(self.chart.place_of(place.x(), place.y()))
        if hit is None:
            QToolTip.hideText()
            return
        points, at = hit
        text = translate("Plot", "Row {row}: {true}, predicted {predicted}").format(
            row=int(points.rows[at]) + 1,
            true=self._themes.number(points.x[at]),
            predicted=self._themes.number(points.y[at]),
        )
        QToolTip.showText(self.cursor().pos(), text, self.chart)

    def _clicked(self, place: QPointF) -> None:
        hit = self._hit(place)
        if hit is not None and self._reading is not None:
            show_row(self._live, self._reading, int(hit[0].rows[hit[1]]))


def _points(part: str, found: PredictionSet) -> Points:
    true, predicted = found.true[:, 0], found.predicted[:, 0]
    return Points(part, found.rows, np.arange(len(found.rows)), true, predicted, true)
