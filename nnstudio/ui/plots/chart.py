"""A pyqtgraph plot in the program's dress: its colours, type and numbers; no menus, no jumping."""

from collections.abc import Callable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QFrame

from nnstudio.ui.plots.axis import SMALL, Axis
from nnstudio.ui.theme import ThemeManager

pg.setConfigOptions(imageAxisOrder="row-major", antialias=False)

NAMED = 130  # from this height on there is room for the names of the axes
RIGHT = 18  # the last number of the lower axis juts out


class Chart(pg.PlotWidget):
    """Axes and what is drawn between them; ranges are set by the owner and hold."""

    def __init__(self, themes: ThemeManager) -> None:
        self.left, self.bottom = Axis("left", themes), Axis("bottom", themes)
        super().__init__(axisItems={"left": self.left, "bottom": self.bottom}, enableMenu=False)
        self._themes = themes
        self._names = ("", "")
        self._range = ((0.0, 1.0), (0.0, 1.0))
        self.grid = True
        self.hovered: Callable[[QPointF | None], object] = _ignore
        self.clicked: Callable[[QPointF], object] = _ignore
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumSize(60, 40)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMenuEnabled(False)
        # pyqtgraph makes a menu nevertheless and leaves it without an owner
        menu = self.getPlotItem().ctrlMenu
        menu.setParent(self, menu.windowFlags())
        self.hideButtons()
        self.getViewBox().setZValue(1)  # the grid belongs to the axes: it stays behind
        self.setMouseEnabled(x=False, y=False)
        self.getViewBox().disableAutoRange()
        self.setMouseTracking(True)

    def set_names(self, bottom: str, left: str = "") -> None:
        """Name the axes; the names are shown where there is room."""
        self._names = (bottom, left)
        self._fit()

    def set_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show exactly this part of the plane."""
        if (x, y) != self._range:
            self._range = (x, y)
            self._fit()
        self.getViewBox().setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)

    def headroom(self, y: tuple[float, float]) -> tuple[float, float]:
        """Return a range a little higher than `y`, so that its upper end can be written."""
        half = QFontMetrics(self._themes.font(SMALL)).height() / 2 + 1
        height = self.height() - self.margins()[1]
        return y[0], y[1] + (y[1] - y[0]) * half / max(3 * half, height - half)

    def margins(self) -> tuple[float, float]:
        """Return how many pixels of width and height the axes and the margins take."""
        return self.left.width() + RIGHT, self.bottom.height() + self._top()

    def at(self, place: QPointF) -> QPointF:
        """Return the values under a point of the widget."""
        return self.getViewBox().mapSceneToView(self.mapToScene(place.toPoint()))

    def place_of(self, x: float, y: float) -> QPointF:
        """Return the point of the widget where the values (x, y) are."""
        scene = self.getViewBox().mapViewToScene(QPointF(x, y))
        return QPointF(self.mapFromScene(scene))

    def inside(self, place: QPointF) -> bool:
        """Tell whether a point of the widget lies between the axes."""
        box = self.getViewBox()
        return box.sceneBoundingRect().contains(self.mapToScene(place.toPoint()))

    def restyle(self) -> None:
        """Take the colours and type of the theme."""
        theme = self._themes.theme
        self.setBackground(theme.panel)
        for axis in (self.left, self.bottom):
            axis.dress()
        self._fit()
        self.getPlotItem().showGrid(x=False, y=self.grid, alpha=0.5 if theme.dark else 0.7)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if event is not None:  # pyqtgraph calls this once while it is being built
            self._fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        self.hovered(self.at(place) if self.inside(place) else None)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.inside(event.position()):
            self.clicked(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: Any) -> None:
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered(None)
        super().leaveEvent(event)

    def _fit(self) -> None:
        """Show the names if there is room, and give the axes what their texts need."""
        room = self.height() >= NAMED * max(1.0, 0.8 * self._themes.scale)
        for axis, name in zip((self.bottom, self.left), self._names, strict=True):
            if name and room:
                axis.setLabel(name, color=self._themes.theme.muted)
            else:
                axis.showLabel(False)
        self.bottom.setHeight(self.bottom.breadth(*self._range[0], self.width()))
        self.getPlotItem().layout.setContentsMargins(0, self._top(), RIGHT, 0)
        height = self.height() - self.bottom.height() - self._top()
        self.left.setWidth(self.left.breadth(*self._range[1], height))

    def _top(self) -> int:
        """Return the room above the plot, where the highest number juts out."""
        return round(0.35 * QFontMetrics(self._themes.font(SMALL)).height())


def _ignore(place: Any) -> None:
    """Do nothing, until the owner puts something else here."""
