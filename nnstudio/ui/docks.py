"""The layout around the canvas: cards of panels that can be folded, moved, detached and reset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from nnstudio.ui.dock_menu import dock_menu
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.floating import FloatingPanel
from nnstudio.ui.widgets.rail import Rail
from nnstudio.ui.widgets.tab_group import TabGroup

AREAS = ("left", "bottom_left", "bottom_right", "right")
SIDES = ("left", "right")
GAP = 8
NARROW = 1100  # below this width the palette is a strip of icons by itself
_WIDTHS = {"left": 196, "right": 272}
_NARROW_RIGHT = 240
_LEAST = {"left": 170, "right": 232}
LOWEST = 120  # height of the cards below


@dataclass
class Panel:
    """One panel: where it belongs and where it is ("" = detached)."""

    id: str
    title: str
    icon: str
    widget: QWidget
    home: str
    area: str


class Docks(QWidget):
    """The canvas in the middle, four cards around it; knows nothing of what is in them."""

    changed = Signal()

    def __init__(
        self, centre: QWidget, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._panels: dict[str, Panel] = {}
        self._floating: dict[str, FloatingPanel] = {}
        self._folded: set[str] = set()
        self._auto_folded: set[str] = set()
        self._remembered: Mapping[str, Any] = {}
        self.window_actions: Sequence[QAction] = ()
        self.locked = False
        self._single = False
        self.groups = {
            "left": TabGroup(themes, "mdi6.chevron-double-left"),
            "bottom_left": TabGroup(themes),
            "bottom_right": TabGroup(themes),
            "right": TabGroup(themes, "mdi6.chevron-double-right"),
        }
        self.rails = {side: Rail(themes) for side in SIDES}
        self._bottom = self._splitter(
            Qt.Orientation.Horizontal, self.groups["bottom_left"], self.groups["bottom_right"]
        )
        self._middle = self._splitter(Qt.Orientation.Vertical, centre, self._bottom)
        self._outer = self._splitter(
            Qt.Orientation.Horizontal, self.groups["left"], self._middle, self.groups["right"]
        )
        self._middle.setStretchFactor(0, 1)
        self._outer.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, GAP, GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self.rails["left"])
        row.addWidget(self._outer, 1)
        row.addWidget(self.rails["right"])
        for area in AREAS[1:3]:
            self.groups[area].setMinimumHeight(LOWEST)
        self._connect()
        self._refresh()

    def add(self, id: str, title: str, icon: str, widget: QWidget, area: str) -> None:
        """Place a panel; `title` is an English source of the context "Dock"."""
        self._panels[id] = Panel(id, title, icon, widget, area, area)
        self.groups[area].add(id, title, widget)
        self._refresh()

    def panels(self) -> tuple[Panel, ...]:
        """All panels, also detached ones."""
        return tuple(self._panels.values())

    def show_panel(self, id: str) -> None:
        """Bring a panel in sight wherever it is."""
        if id in self._floating:
            self._floating[id].raise_()
            self._floating[id].activateWindow()
            return
        area = self._panels[id].area
        self.fold(area, False)
        self.groups[area].show_panel(id)

    def fold(self, area: str, on: bool) -> None:
        """Fold a side card into its rail or unfold it; bottom cards can't be folded."""
        if area in SIDES:
            self._auto_folded.discard(area)
            (self._folded.add if on else self._folded.discard)(area)
            self._refresh()

    def folded(self, area: str) -> bool:
        """Whether only the rail of a side card is to be seen."""
        return area in self._folded

    def move_panel(self, id: str, area: str) -> None:
        """Move a panel to another card."""
        panel = self._panels[id]
        if panel.area == area:
            return
        widget = self._pull(panel)
        panel.area = area
        self.groups[area].add(id, panel.title, widget)
        self.groups[area].show_panel(id)
        self._refresh()

    def detach(self, id: str, place: QPoint) -> None:
        """Give a panel its own window with its corner at `place` on the screen."""
        panel = self._panels[id]
        if panel.area == "":
            return
        size = panel.widget.size().expandedTo(QSize(420, 320))
        widget = self._pull(panel)
        panel.area = ""
        window = FloatingPanel(id, panel.title, widget, self.window_actions, self.window())
        window.closed.connect(lambda id: self.move_panel(id, self._panels[id].home))
        self._floating[id] = window
        window.open_at(place, size)
        self._refresh()

    def lock(self, on: bool) -> None:
        """Keep every panel where it is."""
        self.locked = on
        for group in self.groups.values():
            group.lock(on)
        self.changed.emit()

    def single_bottom(self, on: bool) -> None:
        """Show only the right one of the two cards below (a talk has room for one picture)."""
        self._single = on
        self._refresh()
        self._usual_sizes()

    def reset(self) -> None:
        """Bring every panel home and every card to its usual size."""
        self._folded.clear()
        for panel in self.panels():
            self.move_panel(panel.id, panel.home)
        for area, group in self.groups.items():
            home = [panel.id for panel in self.panels() if panel.home == area]
            for place, id in enumerate(home):
                group.add(id, self._panels[id].title, group.take(id), place)
            if home:
                group.show_panel(home[0])
        self._usual_sizes()
        self._refresh()

    def state(self) -> dict[str, Any]:
        """The layout as plain values for the settings file."""
        return {
            "areas": {area: group.ids for area, group in self.groups.items()},
            "front": {area: group.current for area, group in self.groups.items()},
            "folded": sorted(self._folded - self._auto_folded),
            "locked": self.locked,
            "outer": self._outer.sizes(),
            "middle": self._middle.sizes(),
            "bottom": self._bottom.sizes(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take a layout from `state()`; unknown or damaged parts are left as usual."""
        areas, front = state.get("areas"), state.get("front")
        if isinstance(areas, Mapping):
            for area in AREAS:
                for id in areas.get(area, ()):
                    if id in self._panels:
                        self.move_panel(id, area)
        if isinstance(front, Mapping):
            for area in AREAS:
                if front.get(area) in self.groups[area].ids:
                    self.groups[area].show_panel(front[area])
        self._folded = {area for area in state.get("folded", ()) if area in SIDES}
        self._remembered = state
        if self.isVisible():
            self._remembered_sizes()
        self.lock(bool(state.get("locked", False)))
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._remembered_sizes()  # before, the size isn't the real one

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        was_narrow = 0 <= event.oldSize().width() < NARROW
        if narrow and not was_narrow and "left" not in self._folded:
            self._folded.add("left")
            self._auto_folded.add("left")
            self._refresh()
        elif not narrow and "left" in self._auto_folded:
            self.fold("left", False)

    def _connect(self) -> None:
        for area, group in self.groups.items():
            group.detach.connect(self.detach)
            group.dropped.connect(lambda id, area=area: self.move_panel(id, area))
            group.asked.connect(lambda id, place: dock_menu(self, id, place))
            group.collapse.connect(lambda area=area: self.fold(area, True))
        for rail in self.rails.values():
            rail.wanted.connect(self.show_panel)

    def _pull(self, panel: Panel) -> QWidget:
        if panel.area:
            return self.groups[panel.area].take(panel.id)
        return self._floating.pop(panel.id).release()

    def _splitter(self, orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
        splitter = QSplitter(orientation)
        splitter.setHandleWidth(GAP)
        splitter.setChildrenCollapsible(False)
        for widget in widgets:
            splitter.addWidget(widget)
        return splitter

    def _remembered_sizes(self) -> None:
        self._usual_sizes()
        for name in ("outer", "middle", "bottom"):
            sizes, splitter = self._remembered.get(name), getattr(self, f"_{name}")
            if is_sizes(sizes, splitter.count()):
                splitter.setSizes(sizes)

    def _usual_sizes(self) -> None:
        left = _WIDTHS["left"]
        right = _WIDTHS["right"] if self.width() >= NARROW else _NARROW_RIGHT
        width = max(1, self.width() - 2 * GAP)
        share = 0.33 if self._themes.scale == 1 else 0.42
        low = min(max(150, int(self.height() * share)), self._themes.pixels(320))
        self._outer.setSizes([left, width - left - right - 2 * GAP, right])
        self._middle.setSizes([max(1, self.height() - low), low])
        self._bottom.setSizes([3, 2] if width < 3 else [width * 3 // 5, width * 2 // 5])

    def _refresh(self) -> None:
        for side in SIDES:
            self.groups[side].setMinimumWidth(round(_LEAST[side] * self._themes.scale**0.7))
        for area, group in self.groups.items():
            filled = bool(group.ids)
            second = self._single and area == "bottom_left"
            group.setVisible(filled and area not in self._folded and not second)
            if area in SIDES:
                found = [self._panels[id] for id in group.ids]
                self.rails[area].set_panels([(p.id, p.title, p.icon) for p in found])
                self.rails[area].setVisible(filled and area in self._folded)
        self._bottom.setVisible(any(self.groups[area].ids for area in AREAS[1:3]))
        self.changed.emit()


def is_sizes(value: Any, count: int) -> bool:
    """Tell whether a value from a file can be the sizes of `count` widgets beside each other."""
    return (
        isinstance(value, list)
        and len(value) == count
        and all(isinstance(size, int) and 0 <= size < 100_000 for size in value)
        and any(value)
    )
