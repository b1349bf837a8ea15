"""Output: what the network answers, as the picture that suits the data."""

from typing import Any

from nnstudio.data.spec import Source
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.plots.decision_map import DecisionMap
from nnstudio.ui.plots.key import Key
from nnstudio.ui.plots.panel import PlotPanel
from nnstudio.ui.plots.switch import Switch

VIEWS = ("map",)


class OutputPlot(PlotPanel):
    """A switch chooses where several pictures suit the data."""

    id = "output"
    title = QT_TRANSLATE_NOOP("Dock", "Output")
    icon = "mdi6.bullseye-arrow"
    live_interval = 1 / 9

    def __init__(self, **rooms: Any) -> None:
        super().__init__(**rooms)
        self.map = DecisionMap(self.themes, self.live)
        self.views = {"map": self.map}
        self.switch = Switch()
        for id, view in self.views.items():
            self.switch.add(id)
            self.body.addWidget(view)
        self.switch.chosen.connect(self._chosen)
        self.key = Key(self.themes)
        self.add_tool(self.switch)
        self.add_tool(self.key, stretch=1)
        self.show_body(None)
        self.retranslate()
        self.restyle()

    def wants(self) -> frozenset[str]:
        """Return the parts the chosen picture is made from."""
        return self.views[self._shown()].parts

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the chosen picture."""
        reading = self.live.reading
        if reading is None or not reading.outputs:
            self.show_body(None)
            return
        data = self.store.project.data
        source = data.source if data is not None else Source("builtin")
        view = self.views[self.switch.offer(VIEWS)]
        self.show_body(view)
        view.show_snapshot(snapshot, reading, source)
        self.key.show_rows(view.key())

    def retranslate(self) -> None:
        """Set every text again."""
        self.empty.setText(translate("Plot", "The network needs data before it can answer."))
        self.switch.set_text("map", translate("Plot", "Map"))
        self.restyle()

    def restyle(self) -> None:
        """Follow the theme and the type scale."""
        for view in self.views.values():
            view.restyle()
        self.key.show_rows(self.views[self._shown()].key())
        self.key.update()

    def _shown(self) -> str:
        return self.switch.current or "map"

    def _chosen(self, id: str) -> None:
        self.live.refresh()
