"""The inspector: everything about the selected thing, to read and to change."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea

from nnstudio.document.diff import Changes
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.inspector.entry_page import EntryPage
from nnstudio.ui.inspector.layer_page import LayerPage
from nnstudio.ui.inspector.layers_page import LayersPage
from nnstudio.ui.inspector.page import Page
from nnstudio.ui.inspector.project_page import ProjectPage
from nnstudio.ui.inspector.wires_page import WiresPage
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Entry, Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live

PAGES = {"entry": EntryPage, "layer": LayerPage, "layers": LayersPage, "wires": WiresPage}


class Inspector(QScrollArea):
    """Shows the page of the selection: a connection, layers, wires, else the project.

    `own_data` asks the window for a file of the user's.
    """

    own_data = Signal()
    live_interval = 0.2

    def __init__(
        self,
        *,
        store: Store,
        selection: Selection,
        themes: ThemeManager,
        live: Live,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._rooms = {
            "store": store,
            "selection": selection,
            "themes": themes,
            "live": live,
            "messages": messages,
        }
        self._store, self._selection, self._live = store, selection, live
        self._subject: tuple[object, ...] = ("none",)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        selection.changed.connect(self._choose)
        unsubscribe = store.subscribe(self._follow)
        self.destroyed.connect(lambda *_: unsubscribe())
        live.register(self)
        self._choose()

    @property
    def page(self) -> Page:
        """The page shown now."""
        page = self.widget()
        assert isinstance(page, Page)
        return page

    def wants(self) -> frozenset[str]:
        """Return the parts of a snapshot the page shows."""
        return self.page.wants()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Pass the live numbers to the page."""
        self.page.show_snapshot(snapshot)

    def _choose(self) -> None:
        subject = self._found()
        if subject != self._subject:
            self._subject = subject
            page = self._page(*subject)
            old = self.takeWidget()
            self.setWidget(page)
            if old is not None:  # perhaps one of its buttons was pressed just now
                old.setParent(self)
                old.deleteLater()
            self._live.refresh()

    def _found(self) -> tuple[Any, ...]:
        """Return what the page is about: a word and what the page's constructor takes."""
        selection, graph = self._selection, self._store.project.graph
        entry, single = selection.entry, selection.single
        if entry is not None and self._at_work(entry):
            return self._subject
        if entry is not None:
            return ("entry", entry)
        if single is not None and single in graph:
            return ("layer", single, graph[single].layer.id)
        nodes = selection.nodes & set(graph.by_id)
        if len(nodes) > 1:
            return ("layers", nodes)
        if selection.wires and not nodes:
            return ("wires", selection.wires)
        return ("project",)

    def _at_work(self, entry: Entry) -> bool:
        """Whether the number was chosen in a table of the page that is shown already."""
        page = self.widget()
        return isinstance(page, LayerPage) and page.node == entry.node and page.busy

    def _page(self, word: str, about: Any = None, *_: str) -> Page:
        if word == "project":
            page = ProjectPage(**self._rooms)
            page.own_data.connect(self.own_data)
            return page
        return PAGES[word](about, **self._rooms)

    def _follow(self, changes: Changes, old: Project, new: Project) -> None:
        self._choose()
        self.page.follow(changes)
