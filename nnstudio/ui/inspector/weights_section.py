"""The weights of one layer as tables to read and to type in; cells can be cut and frozen."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.engine.layer import Weight
from nnstudio.i18n import translate
from nnstudio.numbers import parse_number
from nnstudio.ui.attempt import attempt
from nnstudio.ui.inspector.names import Names
from nnstudio.ui.inspector.weight_grid import Place, WeightGrid
from nnstudio.ui.inspector.weight_model import WeightModel
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Entry, Selection
from nnstudio.ui.theme import ThemeManager

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
        self.heading, self.large = QLabel(), QLabel()
        self.heading.setProperty("look", "heading")
        self.large.setProperty("look", "muted")
        self.large.setWordWrap(True)
        self.model = WeightModel(self._typed, self)
        self.table = WeightGrid(self.model, themes)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.cut_asked.connect(self._cut)
        self.table.freeze_asked.connect(self._freeze)
        self.table.selectionModel().currentChanged.connect(self._select)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.heading, self.large, self.table):
            column.addWidget(widget)

    @property
    def busy(self) -> bool:
        """Whether a person is at work in the table."""
        return self.table.hasFocus() or self.table.state() == WeightGrid.State.EditingState

    def show_array(self, weight: Weight, array: Any, project: Project, names: Names) -> None:
        """Show the array's present values; `names` heads its rows and columns."""
        sizes = " × ".join(str(n) for n in weight.shape)
        titles = {
            "weight": translate("Inspector", "Weights {sizes} (in × out)"),
            "bias": translate("Inspector", "Biases {sizes}"),
        }
        other = translate("Inspector", "{name} {sizes}").format(name=weight.name, sizes="{sizes}")
        self.heading.setText(titles.get(weight.name, other).format(sizes=sizes))
        self.large.setText(
            translate("Inspector", "Too large for a table. The panel “Weights” shows all of it.")
        )
        self.large.setVisible(array.size > LARGEST)
        self.table.setVisible(array.size <= LARGEST)
        if array.size > LARGEST:
            return
        self.table.setAccessibleName(self.heading.text())
        rows = names.rows if array.ndim == 2 else ("b" if weight.name == "bias" else "",)
        columns = names.columns if array.shape[-1] > 1 or len(names.columns) == 1 else ("",)
        mask, frozen = (project.masks.get(f"{self.name}.{flag}") for flag in ("mask", "frozen"))
        self.model.show(array, mask, frozen, rows, columns, self._themes.theme)

    def _typed(self, index: tuple[int, ...], text: str) -> bool:
        label = translate("Inspector", "Type a weight")

        def edit(project: Project) -> Project:
            return edits.set_weight(project, self.name, index, parse_number(text))

        return attempt(self._messages, self._store.apply, label, edit, half="weights")

    def _select(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid() and self.table.hasFocus():
            self._selection.select(entry=Entry(self.name, self.model.entry(current)))

    def _menu(self, at: QPoint) -> None:
        index = self.table.chosen()
        if index is None:
            return
        menu = QMenu(self)
        for action in self.actions_for(index, menu):
            menu.addAction(action)
        menu.exec(self.table.viewport().mapToGlobal(at))
        menu.deleteLater()

    def actions_for(self, index: Place, parent: QWidget) -> list[QAction]:
        """Return what can be done with entries: cut or connect them, freeze or unfreeze them."""
        texts = {
            "cut": translate("Inspector", "Cut the connection"),
            "join": translate("Inspector", "Connect again"),
            "freeze": translate("Inspector", "Freeze the value"),
            "thaw": translate("Inspector", "Let it learn again"),
        }
        is_cut, is_frozen = self._flagged("mask", index), self._flagged("frozen", index)
        connect = QAction(texts["join" if is_cut else "cut"], parent)
        connect.setShortcut(Qt.Key.Key_Delete)
        flag = edits.join if is_cut else edits.cut
        connect.triggered.connect(lambda: self._apply(connect.text(), flag, self.name, index))
        connect.setEnabled(self._store.project.graph.weights[self.name].maskable)
        hold = QAction(texts["thaw" if is_frozen else "freeze"], parent)
        hold.setShortcut(Qt.Key.Key_L)
        hold.triggered.connect(
            lambda: self._apply(hold.text(), edits.freeze_entries, self.name, index, not is_frozen)
        )
        return [connect, hold]

    def _flagged(self, kind: str, index: Place) -> bool:
        """Tell whether all of the entries are cut ("mask") or frozen."""
        array = self._store.project.masks.get(f"{self.name}.{kind}")
        if array is None:
            return False
        return bool((array[index] == (kind == "frozen")).all())

    def _cut(self) -> None:
        self._do(0)

    def _freeze(self) -> None:
        self._do(1)

    def _do(self, which: int) -> None:
        index = self.table.chosen()
        if index is not None:
            action = self.actions_for(index, self)[which]
            action.trigger()
            action.deleteLater()

    def _apply(self, label: str, edit: Any, *arguments: Any) -> None:
        attempt(self._messages, self._store.apply, label, edit, *arguments)


def arrays_of(project: Project, node: str) -> Mapping[str, Weight]:
    """Return the declared arrays of a layer by full name."""
    head = f"{node}/"
    return {name: w for name, w in project.graph.weights.items() if name.startswith(head)}
