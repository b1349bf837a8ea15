"""Signals: one example on its way through the network, and what the answer should have been."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from nnstudio.data.labels import shown_name
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.plots.naming import Naming
from nnstudio.ui.plots.panel import PlotPanel
from nnstudio.ui.plots.signal_board import SignalBoard
from nnstudio.ui.plots.signal_columns import columns_of
from nnstudio.ui.plots.verdict import verdict
from nnstudio.ui.widgets.tool_button import ToolButton


class SignalsPlot(PlotPanel):
    """Buttons go to the previous and the next training row."""

    id = "signals"
    title = QT_TRANSLATE_NOOP("Dock", "Signals")
    icon = "mdi6.pulse"
    live_interval = 1 / 10

    def __init__(self, **rooms: Any) -> None:
        super().__init__(**rooms)
        self._naming = Naming()
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.board = SignalBoard(self.themes, self.selection)
        self.board.setProperty("look", "page")
        area = QScrollArea()
        area.setWidget(self.board)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumSize(80, 50)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.told)
        column.addWidget(area, 1)
        self.body.addWidget(self._page)
        self.previous, self.next = ToolButton(), ToolButton()
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        for button in (self.previous, self.next):
            button.setAutoRepeat(True)
            self.add_tool(button)
        self.show_body(None)
        self.retranslate()
        self.restyle()

    def wants(self) -> frozenset[str]:
        """Return the part of a snapshot the plot shows."""
        return frozenset(["signals"])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the signals of the current example."""
        columns = columns_of(self.store.project, snapshot, self._naming)
        self.show_body(self._page if columns else None)
        self.board.show_columns(columns, self.live.running)
        data = self.store.project.data
        reading = self.live.reading
        if reading is None or data is None:
            self.told.clear()
            return
        text = verdict(reading, snapshot, lambda name: shown_name(data.source, name))
        self.told.setText(text)
        rows = len(reading.prepared.train)
        for button in (self.previous, self.next):
            button.setEnabled(rows > 1)

    def step(self, by: int) -> None:
        """Go to another training row, around the end; from typed values to the first or last."""
        reading = self.live.reading
        if reading is None:
            return
        rows, example = len(reading.prepared.train), self.live.example
        if isinstance(example, int):
            self.live.set_example((example + by) % rows)
        else:
            self.live.set_example(0 if by > 0 else rows - 1)

    def retranslate(self) -> None:
        """Set every text again."""
        self.empty.setText(translate("Plot", "Wire an Input to see the signals of an example."))
        self.previous.explain(translate("Plot", "Previous example"))
        self.next.explain(translate("Plot", "Next example"))
        self.live.refresh()

    def restyle(self) -> None:
        """Follow the theme and the type scale."""
        self.previous.draw("mdi6.chevron-up", self.themes, 20)
        self.next.draw("mdi6.chevron-down", self.themes, 20)
        self.board.fit()
        self.board.update()
