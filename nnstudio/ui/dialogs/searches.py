"""The two searches of the window: for a command, and for a layer of the network."""

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from nnstudio.document.names import layer_name
from nnstudio.document.store import Store
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ui.action_set import ActionSet, menu_titles
from nnstudio.ui.actions import ACTIONS
from nnstudio.ui.docks import Docks
from nnstudio.ui.icons import icon
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.search_list import Found, SearchList
from nnstudio.ui.widgets.sheet import Sheet

SIZE = QSize(520, 460)


def search_commands(docks: Docks, actions: ActionSet, themes: ThemeManager) -> Sheet:
    """Lay the search over the panels: every action and panel by name, in both languages."""
    titles = dict(menu_titles())
    things = []
    for row in ACTIONS:
        action = actions[row.id]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        things.append(
            Found(
                (action.iconText(), row.text, titles[row.menu]),
                action.text().rstrip("…"),
                " · ".join(part for part in (titles[row.menu], keys) if part),
                action.icon(),
                action.trigger,
                action.isEnabled(),
            )
        )
    for panel in docks.panels():
        name = translate("Dock", panel.title)
        things.append(
            Found(
                (name, panel.title),
                name,
                translate("Search", "Panel"),
                icon(panel.icon, themes.theme),
                partial(docks.show_panel, panel.id),
            )
        )
    search = SearchList(things, translate("Search", "What do you want to do?"))
    return _sheet(docks, QT_TRANSLATE_NOOP("Search", "Find a command"), search, themes)


def search_layers(host: QWidget, store: Store, selection: Selection, themes: ThemeManager) -> Sheet:
    """Lay the search for a layer over `host`; taking one selects it."""
    things = []
    for node in store.project.graph.nodes:
        shown = layer_name(store.project.graph, node.id)
        kind = translate("Layer", node.layer.label)
        things.append(
            Found(
                (shown, node.id, node.layer.label, kind),
                shown,
                kind if node.label else "",
                icon(node.layer.id, themes.theme),
                partial(selection.select, nodes=(node.id,)),
            )
        )
    search = SearchList(things, translate("Search", "Name of a layer"))
    return _sheet(host, QT_TRANSLATE_NOOP("Search", "Find a layer"), search, themes)


def _sheet(host: QWidget, title: str, search: SearchList, themes: ThemeManager) -> Sheet:
    sheet = Sheet(host, ("Search", title), search, themes, SIZE)

    def take(found: Found) -> None:
        sheet.close_sheet()
        found.run()

    search.taken.connect(take)
    search.outdated.connect(sheet.close_sheet)
    return sheet
