"""The panels around the canvas: they can be folded, moved, closed, detached and brought home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.ui.dock_frame import AREAS, SIDES, DockFrame
from nnstudio.ui.dock_menu import dock_menu
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.floating import FloatingPanel

DETACHED, CLOSED = "detached", "closed"


@dataclass
class Panel:
    """One panel: where it belongs, and where it is (an area, DETACHED or CLOSED)."""

    id: str
    title: str
    icon: str
    widget: QWidget
    home: str
    area: str
    shown_at_first: bool


class Docks(QWidget):
    """Every panel by its id; knows nothing of what is in them."""

    changed = Signal()

    def __init__(
        self, centre: QWidget, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._panels: dict[str, Panel] = {}
        self._floating: dict[str, FloatingPanel] = {}
        self.window_actions: Sequence[QAction] = ()
        self.locked = False
        self.frame = DockFrame(centre, themes)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.frame)
        for area, group in self.frame.groups.items():
            group.detach.connect(self.detach)
            group.dropped.connect(lambda id, area=area: self.move_panel(id, area))
            group.asked.connect(lambda id, place: dock_menu(self, id, place))
        for rail in self.frame.rails.values():
            rail.wanted.connect(self.show_panel)
        self.frame.changed.connect(self.changed)

    def add(
        self, id: str, title: str, icon: str, widget: QWidget, area: str, shown: bool = True
    ) -> None:
        """Take a panel; `title` is an English source of the context "Dock".

        Not `shown`, it is closed until somebody asks for it.
        """
        panel = Panel(id, title, icon, widget, area, CLOSED, shown)
        self._panels[id] = panel
        widget.setParent(self)
        widget.hide()
        if shown:
            self._put(panel, area)

    def panels(self) -> tuple[Panel, ...]:
        """All panels, wherever they are."""
        return tuple(self._panels.values())

    def show_panel(self, id: str) -> None:
        """Bring a panel in sight, wherever it is."""
        panel = self._panels[id]
        if panel.area == DETACHED:
            self._floating[id].raise_()
            self._floating[id].activateWindow()
            return
        if panel.area == CLOSED:
            self._put(panel, panel.home)
        self.frame.fold(panel.area, False)
        self.frame.groups[panel.area].show_panel(id)

    def close_panel(self, id: str) -> None:
        """Take a panel out of sight."""
        panel = self._panels[id]
        if panel.area != CLOSED:
            widget = self._pull(panel)
            panel.area = CLOSED
            widget.setParent(self)
            widget.hide()
            self._arrange()

    def move_panel(self, id: str, area: str) -> None:
        """Put a panel on another card, in front."""
        panel = self._panels[id]
        if panel.area != area:
            self._put(panel, area)
            self.frame.groups[area].show_panel(id)

    def detach(self, id: str, place: QPoint) -> None:
        """Give a panel its own window with its corner at `place` on the screen."""
        panel = self._panels[id]
        if panel.area == DETACHED:
            return
        size = panel.widget.size().expandedTo(QSize(420, 320))
        widget = self._pull(panel)
        panel.area = DETACHED
        window = FloatingPanel(id, panel.title, widget, self.window_actions, self.window())
        window.closed.connect(lambda id: self.move_panel(id, self._panels[id].home))
        self._floating[id] = window
        window.open_at(place, size)
        self._arrange()

    def fold(self, side: str, on: bool) -> None:
        """Fold a side card into its rail or unfold it."""
        self.frame.fold(side, on)

    def folded(self, side: str) -> bool:
        """Whether only the rail of a side card is to be seen."""
        return self.frame.folded(side)

    def lock(self, on: bool) -> None:
        """Keep every panel where it is."""
        self.locked = on
        for group in self.frame.groups.values():
            group.lock(on)
        self.changed.emit()

    def reset(self) -> None:
        """Bring every panel home and every card to its usual size."""
        for panel in self.panels():
            self.close_panel(panel.id)
        for panel in self.panels():
            if panel.shown_at_first:
                self._put(panel, panel.home)
        for group in self.frame.groups.values():
            if group.ids:
                group.show_panel(group.ids[0])
        self.frame.set_folded(set())
        self.frame.usual_sizes()

    def state(self) -> dict[str, Any]:
        """The layout as plain values for the settings file."""
        groups = self.frame.groups
        return {
            "areas": {area: group.ids for area, group in groups.items()},
            "closed": [panel.id for panel in self.panels() if panel.area == CLOSED],
            "front": {area: group.current for area, group in groups.items()},
            "folded": self.frame.folded_by_hand(),
            "locked": self.locked,
            "sizes": self.frame.sizes(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take a layout from `state()`; unknown or damaged parts are left as they are."""
        areas, front = _mapping(state.get("areas")), _mapping(state.get("front"))
        for area in AREAS:
            for id in _names(areas.get(area)):
                if id in self._panels:
                    self.move_panel(id, area)
        for id in _names(state.get("closed")):
            if id in self._panels:
                self.close_panel(id)
        for area, group in self.frame.groups.items():
            if front.get(area) in group.ids:
                group.show_panel(str(front[area]))
        self.frame.set_folded(set(_names(state.get("folded"))))
        self.frame.want_sizes(_mapping(state.get("sizes")))
        self.lock(bool(state.get("locked", False)))

    def _put(self, panel: Panel, area: str) -> None:
        widget = self._pull(panel)
        panel.area = area
        group = self.frame.groups[area]
        order = list(self._panels)
        before = order[: order.index(panel.id)]
        # At home where it stood before, elsewhere last.
        place = sum(id in before for id in group.ids) if area == panel.home else -1
        group.add(panel.id, panel.title, widget, place)
        self._arrange()

    def _pull(self, panel: Panel) -> QWidget:
        if panel.area in AREAS:
            return self.frame.groups[panel.area].take(panel.id)
        if panel.area == DETACHED:
            return self._floating.pop(panel.id).release()
        return panel.widget

    def _arrange(self) -> None:
        for side in SIDES:
            found = [self._panels[id] for id in self.frame.groups[side].ids]
            self.frame.rails[side].set_panels([(p.id, p.title, p.icon) for p in found])
        self.frame.arrange()


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _names(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
