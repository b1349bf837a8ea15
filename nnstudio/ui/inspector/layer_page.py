"""The page of one layer: what it is, its settings, its problems, its formula, its weights."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnstudio.document import edits
from nnstudio.document.diff import Changes
from nnstudio.document.problems import problems
from nnstudio.engine.layer import Weight
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.parameters import Parameter
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.attempt import attempt
from nnstudio.ui.inspector.curve_view import CurveView
from nnstudio.ui.inspector.formula import lines_of, sums_of
from nnstudio.ui.inspector.formula_section import FormulaSection
from nnstudio.ui.inspector.layer_head import LayerHead
from nnstudio.ui.inspector.name_field import NameField
from nnstudio.ui.inspector.names import Names
from nnstudio.ui.inspector.page import Page, muted
from nnstudio.ui.inspector.problem_list import ProblemList
from nnstudio.ui.inspector.settings_form import SettingsForm
from nnstudio.ui.inspector.weights_section import WeightTable, arrays_of

UNSEEN = ("columns", "classes")
"""Settings that binding the data fills in; a form would only break them."""
FUNCTION = {"dense": "activation", "activation": "function"}
"""The setting that names an activation function, by kind of layer."""
NUMBERS = ("slope", "threshold", "alpha")


class LayerPage(Page):
    """Follows one node until another is selected."""

    def __init__(self, node: str, **rooms: Any) -> None:
        super().__init__(**rooms)
        self.node = node
        layer = self.store.project.graph[node].layer
        self.kind = layer.id
        self.head = LayerHead(self.themes, NameField(self._rename))
        self.trouble = ProblemList(self.store, self.messages)
        self.curve = CurveView(self.themes)
        self.curve.setParent(self)  # also where the kind has no function to draw
        below = {FUNCTION[self.kind]: self.curve} if self.kind in FUNCTION else {}
        self.curve.setVisible(bool(below))
        self.form = SettingsForm(self._rows(), layer.settings, self._set, below)
        self.formula = FormulaSection(self.themes)
        self.formula.hide()
        self.tables: dict[str, WeightTable] = {}
        self.state = muted()
        for widget in (self.head, self.trouble, self.form, self.formula, self.state):
            self.column.addWidget(widget)
        self.themes.changed.connect(self.retranslate)
        self.selection.changed.connect(self.live.refresh)
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether a person is at work in one of the tables."""
        return any(table.busy for table in self.tables.values())

    def retranslate(self) -> None:
        """Set every text again."""
        self._show_design()
        self._show_weights()

    def follow(self, changes: Changes) -> None:
        if self.node not in self.store.project.graph:
            return
        self._show_design()
        numbers = changes.weights and not self.live.running
        if changes.all or changes.structure or changes.masks or changes.data or numbers:
            self._show_weights()

    def wants(self) -> frozenset[str]:
        shown = bool(self.tables) or self.kind in FUNCTION
        return frozenset(["weights", "signals"]) if shown else frozenset()

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
        self._show_sums(snapshot, names)

    def _show_sums(self, snapshot: Snapshot, names: Names) -> None:
        """Show what the neurons sum up now: dots on the curve, one of them as a formula."""
        signals = snapshot.signals or {}
        at = self.selection.neuron
        chosen = at[1] if at is not None and at[0] == self.node else -1
        if self.kind == "activation":
            wires = self.store.project.graph.incoming[self.node]
            if wires and wires[0].source in signals:
                self.curve.show_sums(np.asarray(signals[wires[0].source]), chosen)
            return
        if self.kind != "dense" or snapshot.weights is None:
            return
        sums = sums_of(self.store.project, self.node, snapshot.weights, signals)
        if sums is None:
            return
        self.curve.show_sums(sums.z, chosen)
        neuron = min(max(chosen, 0), len(sums.z) - 1)
        name = names.columns[neuron] if neuron < len(names.columns) else str(neuron + 1)
        project = self.store.project
        lines = lines_of(project, self.node, neuron, sums, names.rows, names.columns)
        self.formula.show_formula(name, lines)

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
        self._show_design()

    def _rename(self, name: str) -> None:
        label = translate("Inspector", "Rename")
        attempt(self.messages, self.store.apply, label, edits.rename, self.node, name)

    def _show_design(self) -> None:
        project = self.store.project
        if self.node not in project.graph:
            return
        settings = project.graph[self.node].layer.settings
        self.head.show_node(project, self.node)
        self.form.show_values(settings)
        self.trouble.show_problems([p for p in problems(project) if p.node == self.node])
        if self.kind in FUNCTION:
            numbers = {name: float(settings[name]) for name in NUMBERS if name in settings}  # type: ignore[arg-type]
            self.curve.show_function(str(settings[FUNCTION[self.kind]]), numbers)

    def _show_weights(self) -> None:
        project = self.store.project
        declared: Mapping[str, Weight] = {}
        state = translate("Inspector", "This layer has no weights.")
        try:
            project = edits.complete_weights(project)
            declared = arrays_of(project, self.node)
        except StudioError as error:
            state = error.text
        for name in [name for name in self.tables if name not in declared]:
            table = self.tables.pop(name)
            self.column.removeWidget(table)
            table.hide()
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
        self.state.setText(state)
        self.state.setVisible(not declared)
        if not declared:
            self.formula.hide()
