"""The page of one layer: what it is, its settings, its problems, its weights."""

from functools import partial
from math import prod
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nnstudio.document import edits
from nnstudio.document.diff import Changes
from nnstudio.document.fixes import FIXES, apply_fix
from nnstudio.document.problems import Problem, problems
from nnstudio.i18n import translate
from nnstudio.parameters import Parameter
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.attempt import attempt
from nnstudio.ui.icons import pixmap
from nnstudio.ui.inspector.page import IconRow, Page, muted, rule
from nnstudio.ui.inspector.settings_form import SettingsForm
from nnstudio.ui.inspector.weights_section import Names, WeightTable, arrays_of
from nnstudio.ui.theme import kind_color

ICON = 26
UNSEEN = ("columns", "classes")
"""Settings that binding the data fills in; a form would only break them."""


class LayerPage(Page):
    """Follows one node until another is selected."""

    def __init__(self, node: str, **rooms: Any) -> None:
        super().__init__(**rooms)
        self.node = node
        layer = self.store.project.graph[node].layer
        self.kind = layer.id
        self.head = IconRow()
        self.name = QLineEdit()
        self.name.editingFinished.connect(self._rename)
        self.trouble = QWidget()
        self.form = SettingsForm(self._rows(), layer.settings, self._set)
        self.tables: dict[str, WeightTable] = {}
        self.state = muted()
        for widget in (self.head, self.name, self.trouble, self.form, rule(), self.state):
            self.column.addWidget(widget)
        self.themes.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._show_head()
        self._show_problems()
        self._show_weights()

    def follow(self, changes: Changes) -> None:
        graph = self.store.project.graph
        if self.node not in graph:
            return
        self.form.show_values(graph[self.node].layer.settings)
        self._show_head()
        self._show_problems()
        if not self.live.running or changes.structure or changes.masks:
            self._show_weights()

    def wants(self) -> frozenset[str]:
        return frozenset(["weights"]) if self.tables else frozenset()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        project = self.store.project
        if snapshot.weights is None or self.node not in project.graph:
            return
        names = Names(project, self.node)
        for name, table in self.tables.items():
            weight = project.graph.weights.get(name)
            array = snapshot.weights.get(name)
            if weight is not None and array is not None and array.shape == weight.shape:
                table.show_array(weight, array, project, names)

    def _rows(self) -> list[Parameter]:
        layer = self.store.project.graph[self.node].layer
        bound = self.store.project.data is not None and self.kind == "input"
        unseen = (*UNSEEN, "shape") if bound else UNSEEN
        return [p for p in layer.parameters if p.name not in unseen]

    def _set(self, name: str, value: object) -> None:
        layer = self.store.project.graph[self.node].layer
        label = next(p.label for p in layer.parameters if p.name == name)
        text = translate("Inspector", "Change {setting}").format(
            setting=translate("Parameter", label)
        )
        attempt(
            self.messages,
            self.store.apply,
            text,
            edits.set_setting,
            self.node,
            name,
            value,
            merge=f"{self.node}.{name}",
        )
        self.form.show_values(self.store.project.graph[self.node].layer.settings)

    def _rename(self) -> None:
        if self.name.isModified():
            self.name.setModified(False)
            label = translate("Inspector", "Rename")
            attempt(
                self.messages, self.store.apply, label, edits.rename, self.node, self.name.text()
            )

    def _show_head(self) -> None:
        project = self.store.project
        node = project.graph[self.node]
        theme = self.themes.theme
        tint = kind_color(theme, node.layer.id, node.layer.group)
        self.head.picture.setPixmap(pixmap(node.layer.id, ICON, tint, self.devicePixelRatioF()))
        self.head.title.setText(translate("Layer", node.layer.label))
        self.head.detail.setText(self._facts())
        self.name.setPlaceholderText(translate("Inspector", "Name of this layer"))
        self.name.setAccessibleName(self.name.placeholderText())
        if not self.name.hasFocus():
            self.name.setText(node.label)

    def _facts(self) -> str:
        graph = self.store.project.graph
        if self.node not in graph.shapes:
            return translate("Inspector", "Not connected yet")
        arriving = [_sizes(graph.shapes[wire.source]) for wire in graph.incoming[self.node]]
        shape = _sizes(graph.shapes[self.node])
        facts = f"{' + '.join(arriving)} → {shape}" if arriving else shape
        count = sum(
            prod(weight.shape)
            for weight in arrays_of(self.store.project, self.node).values()
            if weight.role == "parameter"
        )
        if count:
            shown = translate("Inspector", "{count} parameters").format(count=f"{count:,}")
            facts = f"{facts} · {shown}"
        return facts

    def _show_problems(self) -> None:
        self.column.removeWidget(self.trouble)
        self.trouble.deleteLater()
        self.trouble = QWidget()
        box = QVBoxLayout(self.trouble)
        box.setContentsMargins(0, 0, 0, 0)
        mine = [p for p in problems(self.store.project) if p.node == self.node]
        for problem in mine[:1]:
            self._add_problem(box, problem)
        self.trouble.setVisible(bool(mine))
        self.column.insertWidget(2, self.trouble)

    def _add_problem(self, box: QVBoxLayout, problem: Problem) -> None:
        label = QLabel(f"{problem.text} {problem.hint}".strip())
        label.setWordWrap(True)
        box.addWidget(label)
        if problem.fix in FIXES:
            text = FIXES[problem.fix].text(problem.arguments)
            button = QPushButton(text)
            mend = partial(self.store.apply, text, apply_fix, problem.fix, problem.arguments)
            button.clicked.connect(lambda: attempt(self.messages, mend))
            box.addWidget(button)

    def _show_weights(self) -> None:
        project = edits.complete_weights(self.store.project)
        declared = arrays_of(project, self.node)
        for name in [name for name in self.tables if name not in declared]:
            table = self.tables.pop(name)
            self.column.removeWidget(table)
            table.deleteLater()
        names = Names(project, self.node) if declared else None
        for name, weight in declared.items():
            if name not in self.tables:
                self.tables[name] = WeightTable(
                    name,
                    store=self.store,
                    selection=self.selection,
                    themes=self.themes,
                    messages=self.messages,
                )
                self.column.addWidget(self.tables[name])
            assert names is not None
            self.tables[name].show_array(weight, project.weights[name], project, names)
        self.state.setText(translate("Inspector", "This layer has no weights."))
        self.state.setVisible(not declared)


def _sizes(shape: tuple[int, ...]) -> str:
    return "×".join(str(n) for n in shape)
