"""The inspector: everything about the selected thing, to read and to change."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea

from nnstudio.document.diff import Changes
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.inspector.entry_page import EntryPage
from nnstudio.ui.inspector.layer_page import LayerPage
from nnstudio.ui.inspector.page import Page
from nnstudio.ui.inspector.project_page import ProjectPage
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Entry, Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live


class Inspector(QScrollArea):
    """Shows the page of the selection: a connection, a layer, else the project."""

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
        entry, node = self._selection.entry, self._selection.single
        graph = self._store.project.graph
        subject: tuple[object, ...] = ("project",)
        if entry is not None:
            subject = ("entry", entry)
        elif node is not None and node in graph:
            subject = ("layer", node, graph[node].layer.id)
        if subject != self._subject:
            self._subject = subject
            self.setWidget(self._page(entry, node if subject[0] == "layer" else None))
            self._live.refresh()

    def _page(self, entry: Entry | None, node: str | None) -> Page:
        if entry is not None:
            return EntryPage(entry, **self._rooms)
        if node is not None:
            return LayerPage(node, **self._rooms)
        return ProjectPage(**self._rooms)

    def _follow(self, changes: Changes, old: Project, new: Project) -> None:
        self._choose()
        self.page.follow(changes)
