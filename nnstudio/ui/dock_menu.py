"""The menu on a panel's tab: where it can go."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from nnstudio.i18n import QT_TRANSLATE_NOOP, translate

if TYPE_CHECKING:
    from nnstudio.ui.docks import Docks

_PLACES = (
    ("left", QT_TRANSLATE_NOOP("Dock", "Move to the left")),
    ("bottom_left", QT_TRANSLATE_NOOP("Dock", "Move below, left")),
    ("bottom_right", QT_TRANSLATE_NOOP("Dock", "Move below, right")),
    ("right", QT_TRANSLATE_NOOP("Dock", "Move to the right")),
)


def dock_menu(docks: "Docks", id: str, place: QPoint) -> None:
    """Show the menu of panel `id` at a place on the screen."""
    menu = QMenu(docks)
    panel = next(panel for panel in docks.panels() if panel.id == id)
    for area, text in _PLACES:
        action = menu.addAction(translate("Dock", text))
        action.setEnabled(area != panel.area and not docks.locked)
        action.triggered.connect(lambda _=False, area=area: docks.move_panel(id, area))
    menu.addSeparator()
    own = menu.addAction(translate("Dock", "Open in its own window"))
    own.setEnabled(not docks.locked)
    own.triggered.connect(lambda: docks.detach(id, place))
    close = menu.addAction(translate("Dock", "Close"))
    close.setEnabled(not docks.locked)
    close.triggered.connect(lambda: docks.close_panel(id))
    lock = menu.addAction(translate("Dock", "Lock the layout"))
    lock.setCheckable(True)
    lock.setChecked(docks.locked)
    lock.toggled.connect(docks.lock)
    menu.addAction(translate("Dock", "Reset the layout")).triggered.connect(docks.reset)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)


def fill_panels(menu: QMenu, docks: "Docks") -> None:
    """List every panel with a tick at those that are open."""
    menu.clear()
    for panel in docks.panels():
        action = menu.addAction(translate("Dock", panel.title))
        action.setCheckable(True)
        action.setChecked(panel.area != "closed")
        action.triggered.connect(
            lambda on, id=panel.id: docks.show_panel(id) if on else docks.close_panel(id)
        )
