"""The weights of one layer as tables to read and to type in; cells can be cut and frozen."""

from collections.abc import Mapping
from math import prod
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QLabel, QMenu, QTableView, QVBoxLayout, QWidget

from nnstudio.document import edits
from nnstudio.document.picture.names import neuron_names
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine.layer import Weight
from nnstudio.i18n import translate
from nnstudio.numbers import parse_number
from nnstudio.ui.attempt import attempt
from nnstudio.ui.inspector.weight_model import WeightModel
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Entry, Selection
from nnstudio.ui.theme import ThemeManager

TALLEST = 240
LARGEST = 20_000
"""Cells of an array that a table shows; larger ones are looked at in the weights plot."""


class WeightTable(QWidget):
    """One array: heading with its shape, and a table."""

    def __init__(
        self,
        name: str,
        *,
        store: Store,
        selection: Selection,
        themes: ThemeManager,
        messages: Messages,
    ) -> None:
        super().__init__()
        self.name = name
        self._store, self._selection = store, selection
        self._themes, self._messages = themes, messages
        self.heading = QLabel()
        self.heading.setProperty("look", "heading")
        self.model = WeightModel(self._typed, self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.selectionModel().currentChanged.connect(self._select)
        self.table.horizontalHeader().setMinimumSectionSize(52)
        self.table.horizontalHeader().setDefaultSectionSize(62)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.table)

    def show_array(self, weight: Weight, array: Any, project: Project, names: "Names") -> None:
        """Show the array's present values; `names` heads its rows and columns."""
        sizes = " × ".join(str(n) for n in weight.shape)
        titles = {
            "weight": translate("Inspector", "Weights {sizes} (in × out)"),
            "bias": translate("Inspector", "Biases {sizes}"),
        }
        other = translate("Inspector", "{name} {sizes}").format(name=weight.name, sizes="{sizes}")
        self.heading.setText(titles.get(weight.name, other).format(sizes=sizes))
        self.table.setVisible(array.size <= LARGEST)
        if array.size > LARGEST:
            return
        rows = names.rows if array.ndim == 2 else (weight.name,)
        mask, frozen = (project.masks.get(f"{self.name}.{flag}") for flag in ("mask", "frozen"))
        table = array.reshape(array.shape[0], -1) if array.ndim > 2 else array
        self.model.show(table, mask, frozen, rows, names.columns, self._themes.theme)
        self._fit_height()

    def _fit_height(self) -> None:
        line = self.table.fontMetrics().height() + 8
        self.table.verticalHeader().setDefaultSectionSize(line)
        bar = self.table.horizontalScrollBar().sizeHint().height()
        content = (self.model.rowCount() + 1) * line + bar + 6
        self.table.setFixedHeight(min(TALLEST, content))

    def _typed(self, index: tuple[int, ...], text: str) -> bool:
        label = translate("Inspector", "Type a weight")

        def edit(project: Project) -> Project:
            return edits.set_weight(project, self.name, index, parse_number(text))

        return attempt(self._messages, self._store.apply, label, edit, half="weights")

    def _select(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid() and self.table.hasFocus():
            self._selection.select(entry=Entry(self.name, self.model.entry(current)))

    def _menu(self, at: QPoint) -> None:
        cell = self.table.indexAt(at)
        if not cell.isValid():
            return
        menu = QMenu(self)
        for action in self.actions_for(self.model.entry(cell), menu):
            menu.addAction(action)
        menu.exec(self.table.viewport().mapToGlobal(at))
        menu.deleteLater()

    def actions_for(self, index: tuple[int, ...], parent: QWidget) -> list[QAction]:
        """Return what can be done with one entry: cut or connect it, freeze or unfreeze it."""
        masks = self._store.project.masks
        mask, frozen = masks.get(f"{self.name}.mask"), masks.get(f"{self.name}.frozen")
        is_cut = mask is not None and not mask[index]
        is_frozen = frozen is not None and bool(frozen[index])
        texts = {
            "cut": translate("Inspector", "Cut the connection"),
            "join": translate("Inspector", "Connect again"),
            "freeze": translate("Inspector", "Freeze the value"),
            "thaw": translate("Inspector", "Let it learn again"),
        }
        connect = QAction(texts["join" if is_cut else "cut"], parent)
        flag = edits.join if is_cut else edits.cut
        connect.triggered.connect(lambda: self._apply(connect.text(), flag, self.name, index))
        connect.setEnabled(self._store.project.graph.weights[self.name].maskable)
        hold = QAction(texts["thaw" if is_frozen else "freeze"], parent)
        hold.triggered.connect(
            lambda: self._apply(hold.text(), edits.freeze_entries, self.name, index, not is_frozen)
        )
        return [connect, hold]

    def _apply(self, label: str, edit: Any, *arguments: Any) -> None:
        attempt(self._messages, self._store.apply, label, edit, *arguments)


class Names:
    """What the rows and columns of a layer's weight matrix are called."""

    def __init__(self, project: Project, node: str) -> None:
        graph = project.graph
        sources = [wire.source for wire in graph.incoming[node]]
        shapes = [graph.shapes.get(source, ()) for source in sources]
        following = (graph[wire.target] for wire in graph.outgoing[node])
        outputs = tuple(after.id for after in following if after.layer.id == "output")
        width = int(graph.shapes[node][-1]) if node in graph.shapes else 0
        self.rows = neuron_names(project, sources[0], prod(shapes[0]), ()) if sources else ()
        self.columns = neuron_names(project, node, width, outputs)


def arrays_of(project: Project, node: str) -> Mapping[str, Weight]:
    """Return the declared arrays of a layer by full name."""
    head = f"{node}/"
    return {name: w for name, w in project.graph.weights.items() if name.startswith(head)}
