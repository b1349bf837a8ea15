"""Data: the table the network learns from; a click makes a row the current example."""

from typing import Any

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent

from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.plots.answers import dress, plain_table
from nnstudio.ui.plots.data_header import DataHeader
from nnstudio.ui.plots.data_model import DataModel
from nnstudio.ui.plots.panel import PlotPanel
from nnstudio.ui.plots.rows import show_row

SKETCHED = 170  # from this height on the head shows distributions
NARROWEST, WIDEST = 84, 190


class DataPlot(PlotPanel):
    """Every row of the file, with its part: ● training, ○ validation, ◇ test."""

    id = "data"
    title = QT_TRANSLATE_NOOP("Dock", "Data")
    icon = "mdi6.table"
    live_interval = 0.5

    def __init__(self, **rooms: Any) -> None:
        super().__init__(**rooms)
        self._reading: Reading | None = None
        self.model = DataModel(self.themes)
        self.table = plain_table()
        self.head = DataHeader(self.themes, self.model, self.table)
        self.table.setHorizontalHeader(self.head)
        self.table.setModel(self.model)
        self.head.setSortIndicator(-1, self.head.sortIndicatorOrder())
        self.table.setSortingEnabled(True)
        self.table.clicked.connect(self._clicked)
        self.table.activated.connect(self._clicked)
        self.body.addWidget(self.table)
        self.live.exampleChanged.connect(self._mark)
        self.show_body(None)
        self.retranslate()

    def wants(self) -> frozenset[str]:
        """Return nothing: the table comes with the data."""
        return frozenset()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the table, anew when the data has changed."""
        reading, spec = self.live.reading, self.store.project.data
        if reading is None or spec is None:
            self.forget()
            return
        if reading is not self._reading:
            self._reading = reading
            self.head.setSortIndicator(-1, self.head.sortIndicatorOrder())
            self.model.show(reading, spec)
            self._widen()
            self._mark()
        self.show_body(self.table)
        self.tools.hide()

    def forget(self) -> None:
        """Show the sentence until the next snapshot."""
        self._reading = None
        self.show_body(None)

    def retranslate(self) -> None:
        """Set every text again."""
        self.empty.setText(translate("Plot", "Drop a table on the window: its rows stand here."))
        self.restyle()

    def restyle(self) -> None:
        """Follow the theme and the type scale."""
        metrics = QFontMetrics(self.themes.font())
        self.table.verticalHeader().setDefaultSectionSize(metrics.height() + 5)
        dress(self.table, self.themes.theme)
        side = metrics.height() + 1
        self.table.setIconSize(QSize(side, side))
        self._widen()
        self.table.viewport().update()
        self.head.updateGeometry()
        self.head.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        sketched = event.size().height() >= self.themes.pixels(SKETCHED)
        if sketched != self.head.sketched:
            self.head.sketched = sketched
            self.table.updateGeometries()

    def _widen(self) -> None:
        """Make every column as wide as its head needs, within reason."""
        metrics = QFontMetrics(self.themes.font(0.95, "semibold"))
        low, high = self.themes.pixels(NARROWEST), self.themes.pixels(WIDEST)
        orientation = self.head.orientation()
        for section in range(self.model.columnCount()):
            name = str(self.model.headerData(section, orientation))
            texts = [name, self.head.words(section), self.model.data(self.model.index(0, section))]
            widest = max(metrics.horizontalAdvance(str(text or "")) for text in texts) + 30
            self.table.setColumnWidth(section, min(high, max(low, widest)))

    def _clicked(self, index: QModelIndex) -> None:
        if self._reading is not None:
            show_row(self.live, self._reading, self.model.table_row(index.row()))

    def _mark(self) -> None:
        """Select the row of the current example when it is a training row."""
        if self._reading is None or not isinstance(self.live.example, int):
            return
        rows = self._reading.prepared.train.rows
        place = min(max(self.live.example, 0), len(rows) - 1)
        row = self.model.view_row(int(rows[place]))
        with QSignalBlocker(self.table):
            self.table.selectRow(row)
        self.table.scrollTo(self.model.index(row, 0))
