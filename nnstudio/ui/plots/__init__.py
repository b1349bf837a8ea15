"""The pictures of a run below the canvas: one class per dock, in the order of their tabs."""

from nnstudio.ui.plots.loss import LossPlot
from nnstudio.ui.plots.output import OutputPlot
from nnstudio.ui.plots.panel import PlotPanel

PLOTS: tuple[type[PlotPanel], ...] = (LossPlot, OutputPlot)
