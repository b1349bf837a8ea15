"""The network as a list that screen readers can read, and that can do everything the cards can."""

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)

from nnstudio.document import edits
from nnstudio.document.diff import Changes
from nnstudio.document.problems import problems
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine.graph import Wire
from nnstudio.errors import Refused
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.canvas.clipboard import remove_all
from nnstudio.ui.canvas.face import faces
from nnstudio.ui.icons import icon
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating

WHAT = int(Qt.ItemDataRole.UserRole)
_EDIT_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Structure(Retranslating, QWidget):
    """Layers in the order of the signals; below each, the wires that arrive."""

    id = "structure"
    title = QT_TRANSLATE_NOOP("Dock", "Structure")

    def __init__(
        self, *, store: Store, selection: Selection, themes: ThemeManager, messages: Messages
    ) -> None:
        super().__init__()
        self._store, self._selection = store, selection
        self._themes, self._messages = themes, messages
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.tree.installEventFilter(self)
        self.tree.itemSelectionChanged.connect(self._chosen)
        self.tree.itemChanged.connect(self._renamed)
        self.connect_button, self.delete_button = QToolButton(self), QToolButton(self)
        self.connect_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.connect_menu = QMenu(self)
        self.connect_menu.aboutToShow.connect(self._fill_menu)
        self.connect_button.setMenu(self.connect_menu)
        self.delete_button.clicked.connect(self.delete)
        row = QHBoxLayout()
        row.addWidget(self.connect_button)
        row.addWidget(self.delete_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.addLayout(row)
        column.addWidget(self.tree, 1)
        self._unsubscribe = store.subscribe(self._changed)
        selection.changed.connect(self._show_selection)
        themes.changed.connect(self.refresh)
        self.retranslate()

    def close_view(self) -> None:
        """Stop listening; call it when the window closes."""
        self._unsubscribe()

    def refresh(self) -> None:
        """Fill the list from the project."""
        project = self._store.project
        shown = faces(project, problems(project))
        texts = {p.node: p.text for p in reversed(problems(project)) if p.node}
        with QSignalBlocker(self.tree):
            self.tree.clear()
            rest = [n.id for n in project.graph.nodes if n.id not in project.graph.order]
            for id in (*project.graph.order, *rest):
                face = shown[id]
                item = QTreeWidgetItem([face.title])
                item.setData(0, WHAT, id)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                item.setIcon(0, icon(face.kind, self._themes.theme))
                words = ". ".join(filter(None, (face.sentence, texts.get(id, ""))))
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words)
                item.setToolTip(0, words)
                self.tree.addTopLevelItem(item)
                for wire in project.graph.incoming[id]:
                    text = translate("Canvas", "from {name}")
                    child = QTreeWidgetItem([text.format(name=shown[wire.source].title)])
                    child.setData(0, WHAT, wire)
                    item.addChild(child)
            self.tree.expandAll()
        self._show_selection()

    def delete(self) -> None:
        """Remove the selected layers and wires."""
        nodes, wires = self._selection.nodes, self._selection.wires
        if nodes or wires:
            label = translate("Canvas", "Delete")
            attempt(self._messages, self._store.apply, label, remove_all, nodes, wires)

    def connect_to(self, target: str) -> None:
        """Draw a wire from the selected layer."""
        source = self._selection.single
        if source is not None:
            label = translate("Canvas", "Connect")
            attempt(self._messages, self._store.apply, label, edits.connect, source, target)

    def retranslate(self) -> None:
        """Set every text again."""
        self.tree.setAccessibleName(translate("Canvas", "Layers and wires of the network"))
        self.connect_button.setText(translate("Canvas", "Connect to…"))
        self.delete_button.setText(translate("Canvas", "Delete"))
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() in _EDIT_KEYS:
            editing = self.tree.state() == QAbstractItemView.State.EditingState
            if event.type() == QEvent.Type.KeyPress and not editing:
                self.delete()
                return True
        return super().eventFilter(watched, event)

    def _changed(self, changes: Changes, old: Project, new: Project) -> None:
        if changes.all or changes.structure or changes.data or changes.training:
            self.refresh()

    def _items(self) -> list[QTreeWidgetItem]:
        walk = QTreeWidgetItemIterator(self.tree)
        return [step.value() for step in walk]  # type: ignore[attr-defined]  # the stubs lag behind

    def _chosen(self) -> None:
        found = [item.data(0, WHAT) for item in self.tree.selectedItems()]
        nodes = [what for what in found if isinstance(what, str)]
        wires = [what for what in found if isinstance(what, Wire)]
        self._selection.select(nodes, wires)

    def _show_selection(self) -> None:
        nodes, wires = self._selection.nodes, self._selection.wires
        can = self._selection.single is not None
        self.connect_button.setEnabled(can)
        self.delete_button.setEnabled(bool(nodes or wires))
        with QSignalBlocker(self.tree):
            for item in self._items():
                what = item.data(0, WHAT)
                item.setSelected(what in nodes if isinstance(what, str) else what in wires)
                if item.isSelected() and not self.tree.hasFocus():
                    self.tree.setCurrentItem(item)

    def _renamed(self, item: QTreeWidgetItem) -> None:
        id = item.data(0, WHAT)
        label = translate("Canvas", "Rename")
        if isinstance(id, str):
            attempt(self._messages, self._store.apply, label, edits.rename, id, item.text(0))

    def _fill_menu(self) -> None:
        """List the layers that take a wire from the selected one."""
        self.connect_menu.clear()
        source, project = self._selection.single, self._store.project
        titles = {item.data(0, WHAT): item.text(0) for item in self._items()}
        for node in project.graph.nodes:
            try:
                edits.connect(project, source or "", node.id)
            except Refused:
                continue
            action = self.connect_menu.addAction(titles.get(node.id, node.id))
            action.triggered.connect(lambda _=False, id=node.id: self.connect_to(id))
        if self.connect_menu.isEmpty():
            nothing = self.connect_menu.addAction(translate("Canvas", "Nothing fits"))
            nothing.setEnabled(False)
