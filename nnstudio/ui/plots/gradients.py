"""Gradients: how strongly each layer is told to change, and whether that is healthy."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea

from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.plots.gradient_board import GradientBoard
from nnstudio.ui.plots.health import layer_gradients
from nnstudio.ui.plots.panel import PlotPanel


class GradientsPlot(PlotPanel):
    """Measured on the same probe rows each time, so that the bars can be compared."""

    id = "gradients"
    title = QT_TRANSLATE_NOOP("Dock", "Gradients")
    icon = "mdi6.chart-bar"
    live_interval = 1 / 8

    def __init__(self, **rooms: Any) -> None:
        super().__init__(**rooms)
        self.board = GradientBoard(self.themes, self.selection)
        self.board.setProperty("look", "page")  # see-through, as its card is
        self._area = QScrollArea()
        self._area.setWidget(self.board)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setMinimumSize(80, 50)
        self.body.addWidget(self._area)
        self.show_body(None)
        self.retranslate()

    def wants(self) -> frozenset[str]:
        """Return the part of a snapshot the plot shows."""
        return frozenset(["gradients"])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the gradients as they are now."""
        layers = layer_gradients(self.store.project, snapshot.gradients or {})
        self.show_body(self._area if layers else None)
        self.tools.hide()
        self.board.show_layers(layers)

    def retranslate(self) -> None:
        """Set every text again."""
        self.empty.setText(
            translate("Plot", "With data and a loss, each layer shows its gradient here.")
        )
        self.restyle()

    def restyle(self) -> None:
        """Follow the theme and the type scale."""
        self.board.fit()
        self.board.update()
