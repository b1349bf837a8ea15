"""Loss and metric: how well the network does on training and validation rows, epoch by epoch."""

from pathlib import Path
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolTip, QWidget

from nnstudio.engine.metrics import METRICS
from nnstudio.errors import StudioError
from nnstudio.exchange.exporter import EXPORTERS
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.plots.curve_chart import CurveChart
from nnstudio.ui.plots.panel import PlotPanel
from nnstudio.ui.plots.switch import Switch
from nnstudio.ui.widgets.file_choice import choose_target
from nnstudio.ui.widgets.tool_button import ToolButton

SHORT = {
    "accuracy": QT_TRANSLATE_NOOP("Plot", "Accuracy"),
    "mean_absolute_error": QT_TRANSLATE_NOOP("Plot", "MAE"),
    "root_mean_squared_error": QT_TRANSLATE_NOOP("Plot", "RMSE"),
    "r2": QT_TRANSLATE_NOOP("Plot", "R²"),
}
BOTH = 340  # from this width on loss and metric stand side by side


class LossPlot(PlotPanel):
    """The loss and, beside it or behind a switch, the metric that suits the target."""

    id = "loss"
    title = QT_TRANSLATE_NOOP("Dock", "Loss")
    icon = "mdi6.chart-line"

    def __init__(self, **rooms: Any) -> None:
        super().__init__(**rooms)
        self.loss = CurveChart(self.themes, "accent")
        self.measure = CurveChart(self.themes, "good")
        self.loss.name = "loss"
        self._metrics: tuple[str, ...] = ()
        self.switch = Switch()
        self.switch.add("loss")
        for metric in METRICS:
            self.switch.add(metric.id)
        self.switch.chosen.connect(lambda _: self._arrange())
        self.log_axis, self.smooth, self.save = ToolButton(), ToolButton(), ToolButton()
        for button in (self.log_axis, self.smooth):
            button.setCheckable(True)
            button.toggled.connect(self._draw)
        self.save.clicked.connect(self._ask_where)
        icons = QWidget()
        self._icons = QBoxLayout(QBoxLayout.Direction.TopToBottom, icons)
        self._icons.setContentsMargins(0, 0, 0, 0)
        self._icons.setSpacing(2)
        for button in (self.log_axis, self.smooth, self.save):
            self._icons.addWidget(button)
        self.add_tool(self.switch)
        self.add_tool(icons)
        self._both = QWidget()
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.loss, 1)
        row.addWidget(self.measure, 1)
        self.body.addWidget(self._both)
        self.show_body(None)
        self.retranslate()
        self.restyle()

    def wants(self) -> frozenset[str]:
        """Return nothing: the curves are in the log."""
        return frozenset()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the curves as they are now."""
        log = self.live.log
        if not log.length:
            self.show_body(None)
            return
        known = tuple(name for name in log.names if name in METRICS)
        if known != self._metrics or self.is_empty:
            self._metrics = known
            self.show_body(self._both)
            self._arrange()
        self._draw()

    def retranslate(self) -> None:
        """Set every text again."""
        self.empty.setText(translate("Plot", "Press ▶ to see the loss fall."))
        self.switch.set_text("loss", translate("Plot", "Loss"))
        for metric in METRICS:
            text = translate("Plot", SHORT[metric.id])
            self.switch.set_text(metric.id, text, translate("Metric", metric.label))
        self.log_axis.explain(translate("Plot", "Logarithmic axis"))
        self.smooth.explain(translate("Plot", "Smooth the curves"))
        self.save.explain(translate("Plot", "Save the curves as CSV…"))
        self.loss.restyle()
        self.measure.restyle()
        self._arrange()
        self._draw()

    def restyle(self) -> None:
        """Follow the theme and the type scale."""
        self.log_axis.draw("mdi6.math-log", self.themes, 18, muted=True)
        self.smooth.draw("mdi6.chart-bell-curve-cumulative", self.themes, 18, muted=True)
        self.save.draw("mdi6.file-delimited-outline", self.themes, 18, muted=True)
        self.loss.restyle()
        self.measure.restyle()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def save_csv(self, path: str) -> None:
        """Write every curve of the run, one row per measured epoch; a failure is told there."""
        self.live.absorb()
        try:
            EXPORTERS["curves"]().export(self.store.project, Path(path))
        except StudioError as error:
            QToolTip.showText(self.save.mapToGlobal(self.save.rect().center()), str(error))

    def _ask_where(self) -> None:
        name = translate("Plot", "curves")
        choose_target(
            self,
            translate("Plot", "Save the curves"),
            ("CSV", ".csv"),
            Path.home() / f"{name}.csv",
            self.save_csv,
        )

    def _arrange(self) -> None:
        """Decide which of the charts are seen, and what the second one measures."""
        wide = self.body.width() >= BOTH * self.themes.scale
        first = () if wide else ("loss",)
        shown = self.switch.offer(first + self._metrics)
        row = QBoxLayout.Direction.LeftToRight
        beside = len(first + self._metrics) > 1 or self.is_upright
        self._icons.setDirection(row if beside else QBoxLayout.Direction.TopToBottom)
        second = shown if shown in self._metrics else next(iter(self._metrics), "")
        self.loss.setVisible(wide or shown == "loss" or not self._metrics)
        self.measure.setVisible(bool(second) and (wide or shown == second))
        self.loss.measure("loss", "")  # the tab says it
        if second:
            self.measure.percent = second == "accuracy"
            self.measure.top = {"accuracy": 100.0, "r2": 1.0}.get(second)
            self.measure.measure(second, translate("Plot", SHORT[second]))
            self.measure.show_log(self.live.log)

    def _draw(self) -> None:
        for chart in (self.loss, self.measure):
            chart.smooth = self.smooth.isChecked()
        self.loss.log = self.log_axis.isChecked()
        self.measure.log = self.log_axis.isChecked() and self.measure.top is None
        for chart in (self.loss, self.measure):
            if chart.name and chart.isVisibleTo(self):
                chart.show_log(self.live.log)
