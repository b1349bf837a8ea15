"""Weights: every matrix of the network, or the selected layer's, as heat map or histogram."""

from typing import Any

import numpy as np

from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.plots.blocks import Block, blocks_of
from nnstudio.ui.plots.histogram import Histogram
from nnstudio.ui.plots.key import Key, KeyRow
from nnstudio.ui.plots.matrix import MatrixBoard
from nnstudio.ui.plots.naming import Naming
from nnstudio.ui.plots.panel import PlotPanel
from nnstudio.ui.plots.ranges import round_up
from nnstudio.ui.plots.switch import Switch


class WeightsPlot(PlotPanel):
    """A selected layer is shown alone and larger."""

    id = "weights"
    title = QT_TRANSLATE_NOOP("Dock", "Weights")
    icon = "mdi6.grid"
    live_interval = 1 / 10

    def __init__(self, **rooms: Any) -> None:
        super().__init__(**rooms)
        self.blocks: tuple[Block, ...] = ()
        self.limit = 0.0
        self._naming = Naming()
        self.board = MatrixBoard(self.themes, self.selection)
        self.histogram = Histogram(self.themes)
        self.switch = Switch()
        for id, view in (("matrix", self.board), ("histogram", self.histogram)):
            self.switch.add(id)
            self.body.addWidget(view)
        self.switch.choose("matrix")
        self.switch.chosen.connect(lambda _: self._draw())
        self.key = Key(self.themes)
        self.add_tool(self.switch)
        self.add_aside(self.key)
        self.selection.changed.connect(self._draw)
        self.show_body(None)
        self.retranslate()

    def wants(self) -> frozenset[str]:
        """Return the part of a snapshot the plot shows."""
        return frozenset(["weights"])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the weights as they are now; the scale only grows while training."""
        self.blocks = blocks_of(self.store.project, snapshot.weights or {}, self._naming)
        values = [np.abs(block.values()).max(initial=0.0) for block in self.blocks]
        finite = [float(value) for value in values if np.isfinite(value)]
        largest = round_up(max(finite, default=0.0))
        self.limit = max(self.limit, largest) if self.live.running else largest
        self._draw()

    def shown(self) -> tuple[Block, ...]:
        """Return the selected layer's arrays, else those of all layers."""
        node = self.selection.single
        return tuple(block for block in self.blocks if block.node == node) or self.blocks

    def retranslate(self) -> None:
        """Set every text again."""
        self.empty.setText(
            translate("Plot", "A layer with weights, such as Dense, shows its numbers here.")
        )
        self.switch.set_text("matrix", translate("Plot", "Matrix"))
        self.switch.set_text("histogram", translate("Plot", "Histogram"))
        self.restyle()

    def restyle(self) -> None:
        """Follow the theme and the type scale."""
        self.histogram.restyle()
        self._draw()

    def forget(self) -> None:
        """Show the sentence until the next snapshot."""
        self.blocks = ()
        self._draw()

    def _draw(self) -> None:
        self.key.setVisible(bool(self.blocks))
        if not self.blocks:
            self.show_body(None)
            return
        shown = self.shown()
        matrix = self.switch.current == "matrix"
        if matrix:
            self.board.show_blocks(shown, self.limit)
        else:
            values = np.concatenate([block.values() for block in shown])
            self.histogram.show_values(values, self.limit, self.live.running)
        self.show_body(self.board if matrix else self.histogram)
        theme, number = self.themes.theme, self.themes.number
        self.key.show_rows(
            [
                KeyRow(number(self.limit, 3), theme.positive),
                KeyRow("0", theme.border),
                KeyRow(number(-self.limit, 3), theme.negative),
            ]
        )
