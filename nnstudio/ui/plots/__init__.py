"""The pictures of a run below the canvas: one class per dock, in the order of their tabs."""

from nnstudio.ui.plots.data import DataPlot
from nnstudio.ui.plots.gradients import GradientsPlot
from nnstudio.ui.plots.loss import LossPlot
from nnstudio.ui.plots.output import OutputPlot
from nnstudio.ui.plots.panel import PlotPanel
from nnstudio.ui.plots.signals import SignalsPlot
from nnstudio.ui.plots.weights import WeightsPlot

PLOTS: tuple[type[PlotPanel], ...] = (
    LossPlot,
    WeightsPlot,
    SignalsPlot,
    GradientsPlot,
    OutputPlot,
    DataPlot,
)
