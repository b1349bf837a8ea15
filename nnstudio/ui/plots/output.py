"""Output: what the network answers, in the pictures that suit the data."""

from typing import Any

from nnstudio.data.spec import Source
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.plots.answers import AnswerTable
from nnstudio.ui.plots.confusion_view import ConfusionView
from nnstudio.ui.plots.decision_map import DecisionMap
from nnstudio.ui.plots.fitted_curve import FittedCurve
from nnstudio.ui.plots.key import Key
from nnstudio.ui.plots.panel import PlotPanel
from nnstudio.ui.plots.predicted_true import PredictedTrue
from nnstudio.ui.plots.switch import Switch


class OutputPlot(PlotPanel):
    """A switch chooses where several pictures suit the data: the first is the most telling."""

    id = "output"
    title = QT_TRANSLATE_NOOP("Dock", "Output")
    icon = "mdi6.bullseye-arrow"
    live_interval = 1 / 9

    def __init__(self, **rooms: Any) -> None:
        super().__init__(**rooms)
        self.answers = AnswerTable(self.themes, self.live)
        self.confusion = ConfusionView(self.themes)
        self.confusion.chosen.connect(self._list_cell)
        self.views: dict[str, Any] = {
            "map": DecisionMap(self.themes, self.live),
            "curve": FittedCurve(self.themes, self.live),
            "confusion": self.confusion,
            "scatter": PredictedTrue(self.themes, self.live),
            "table": self.answers,
        }
        self.switch = Switch()
        for id, view in self.views.items():
            self.switch.add(id)
            self.body.addWidget(view)
        self.switch.choose("map")
        self.switch.chosen.connect(self._chosen)
        self.key = Key(self.themes)
        self.add_tool(self.switch)
        self.add_aside(self.key)
        self._offered: tuple[str, ...] = ()
        self.show_body(None)
        self.retranslate()
        self.restyle()

    def wants(self) -> frozenset[str]:
        """Return the parts the chosen picture is made from."""
        return frozenset(self.views[self.switch.current].parts)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the chosen picture; ask again when other data calls for another one."""
        reading = self.live.reading
        if reading is None or not reading.outputs:
            self.forget()
            return
        offered = suitable(reading)
        if offered != self._offered:
            self._offered = offered
            self.switch.choose(offered[0])
        id = self.switch.offer(offered)
        view = self.views[id]
        if not view.parts <= snapshot.parts:
            self.live.refresh()
            return
        data = self.store.project.data
        view.show_snapshot(snapshot, reading, data.source if data is not None else Source("file"))
        self.show_body(view)
        self.key.show_rows(view.key())
        self.key.setVisible(bool(self.key.rows))

    def retranslate(self) -> None:
        """Set every text again."""
        self.empty.setText(
            translate("Plot", "The network answers once it has data and reaches its output.")
        )
        for id, text in (
            ("map", translate("Plot", "Map")),
            ("curve", translate("Plot", "Curve")),
            ("confusion", translate("Plot", "Confusion")),
            ("scatter", translate("Plot", "Scatter")),
            ("table", translate("Plot", "Table")),
        ):
            self.switch.set_text(id, text)
        self.restyle()

    def restyle(self) -> None:
        """Follow the theme and the type scale."""
        for view in self.views.values():
            view.restyle()
        self.key.show_rows(self.views[self.switch.current].key())
        self.key.update()

    def forget(self) -> None:
        """Show the sentence until the next snapshot."""
        self.show_body(None)
        self.key.hide()

    def _chosen(self, id: str) -> None:
        self.live.refresh()

    def _list_cell(self, part: str, true: int, predicted: int) -> None:
        self.switch.choose("table")
        self.answers.show_cell(part, true, predicted)
        self.live.refresh()


def suitable(reading: Reading) -> tuple[str, ...]:
    """Return the ids of the pictures that suit the data, the most telling first."""
    columns = next(iter(reading.outputs.values()))
    scores = "confusion" if reading.fitted.classes(columns) else "scatter"
    if reading.plane() is not None:
        return "map", scores, "table"
    if reading.line() is not None:
        return "curve", scores, "table"
    return scores, "table"
