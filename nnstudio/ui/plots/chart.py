"""A pyqtgraph plot in the program's dress: its colours, type and numbers; no menus, no jumping."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QFrame

from nnstudio.ui.theme import ThemeManager

pg.setConfigOptions(imageAxisOrder="row-major", antialias=False)

DIGITS = "0.005"
NAMED = 130  # from this height on there is room for the names of the axes
SMALL = 0.9
MARGINS = (0, 4, 18, 0)  # the last number of the lower axis juts out


class Axis(pg.AxisItem):
    """An axis that writes numbers as the user wants to read them; `dates` count days since 1970."""

    def __init__(self, side: str, themes: ThemeManager) -> None:
        super().__init__(side, maxTickLength=-4)
        self._themes = themes
        self.dates = False
        self.enableAutoSIPrefix(False)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the text of each tick."""
        if self.dates:
            return [str(np.datetime64(round(value), "D")) for value in values]
        if self.logMode:
            values = [10.0**value for value in values]
        return [self._themes.number(value * scale, 4) for value in values]

    def dress(self, width: int) -> None:
        """Take the theme's colours and type; `width` keeps the left axis in its place."""
        theme = self._themes.theme
        font = self._themes.font(SMALL)
        self.setTickFont(font)
        self.setPen(theme.border)
        self.setTickPen(theme.border)
        self.setTextPen(theme.muted)
        metrics = QFontMetrics(font)
        if self.orientation == "left":
            self.setWidth(width)
            self.setStyle(tickTextOffset=4, hideOverlappingLabels=False)
        else:
            self.setHeight(metrics.height() + 4 + (metrics.height() if self.named else 0))
            self.setStyle(tickTextOffset=2, hideOverlappingLabels=False)
        self.label.setFont(font)

    @property
    def named(self) -> bool:
        """Whether the axis carries its name now."""
        return bool(self.labelText) and self.label.isVisible()


class Chart(pg.PlotWidget):
    """Axes and what is drawn between them; ranges are set by the owner and hold."""

    def __init__(self, themes: ThemeManager) -> None:
        self.left, self.bottom = Axis("left", themes), Axis("bottom", themes)
        super().__init__(axisItems={"left": self.left, "bottom": self.bottom}, enableMenu=False)
        self._themes = themes
        self._names = ("", "")
        self._roomy = False
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
        self.setMouseEnabled(x=False, y=False)
        self.getViewBox().disableAutoRange()
        self.getPlotItem().layout.setContentsMargins(*MARGINS)
        self.setMouseTracking(True)

    def set_names(self, bottom: str, left: str = "") -> None:
        """Name the axes; the names are shown where there is room."""
        self._names = (bottom, left)
        self._name_axes()

    def headroom(self, y: tuple[float, float]) -> tuple[float, float]:
        """Return a range a little higher than `y`, so that its upper end can be written."""
        half = QFontMetrics(self._themes.font(SMALL)).height() / 2 + 1
        height = self.height() - self.margins()[1]
        return y[0], y[1] + (y[1] - y[0]) * half / max(3 * half, height - half)

    def set_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show exactly this part of the plane."""
        self.getViewBox().setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)

    def margins(self) -> tuple[float, float]:
        """Return how many pixels of width and height the axes and the margins take."""
        left, top, right, bottom = MARGINS
        return self.left.width() + left + right, self.bottom.height() + top + bottom

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
        metrics = QFontMetrics(self._themes.font(SMALL))
        width = metrics.horizontalAdvance(DIGITS) + 10
        self._name_axes()
        for axis in (self.left, self.bottom):
            axis.dress(width + (metrics.height() if axis.named else 0))
        self.getPlotItem().showGrid(x=False, y=self.grid, alpha=0.5 if theme.dark else 0.7)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        # pyqtgraph calls this once while it is being built, without an event
        if event is not None and self._room() != self._roomy:
            self.restyle()

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

    def _room(self) -> bool:
        return self.height() >= NAMED * max(1.0, 0.8 * self._themes.scale)

    def _name_axes(self) -> None:
        self._roomy = self._room()
        for axis, name in zip((self.bottom, self.left), self._names, strict=True):
            if name and self._roomy:
                axis.setLabel(name, color=self._themes.theme.muted)
            else:
                axis.showLabel(False)


def _ignore(place: Any) -> None:
    """Do nothing, until the owner puts something else here."""
