"""The page of the whole project, shown while nothing is selected: network, data, training."""

from math import prod
from typing import Any

from PySide6.QtCore import Signal

from nnstudio.document import edits
from nnstudio.document.diff import Changes
from nnstudio.document.problems import problems
from nnstudio.i18n import translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.inspector.page import Page, heading, muted, rule
from nnstudio.ui.inspector.settings_form import SettingsForm


class ProjectPage(Page):
    """Facts about network and data, and every training setting."""

    own_data = Signal()

    def __init__(self, **rooms: Any) -> None:
        super().__init__(**rooms)
        self.network, self.network_facts = heading(), muted()
        self.data, self.data_facts = heading(), muted()
        self.training = heading()
        self.problems = muted()
        self.hint = muted()
        self._optimizer = ""
        self.form: SettingsForm | None = None
        for widget in (
            self.network, self.network_facts, self.problems, rule(),
            self.data, self.data_facts, rule(), self.training, self.hint,
        ):  # fmt: skip
            self.column.addWidget(widget)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.network.setText(translate("Inspector", "Network"))
        self.data.setText(translate("Inspector", "Data"))
        self.training.setText(translate("Inspector", "Training"))
        self.hint.setText(translate("Inspector", "Select a layer to see its settings and weights."))
        self._show_facts()
        self._show_form()

    def follow(self, changes: Changes) -> None:
        self._show_facts()
        self._show_form()

    def _show_facts(self) -> None:
        project = self.store.project
        graph = project.graph
        parameters = sum(prod(w.shape) for w in graph.weights.values() if w.role == "parameter")
        text = translate("Inspector", "{layers} layers, {parameters} parameters")
        self.network_facts.setText(
            text.format(layers=len(graph.nodes), parameters=f"{parameters:,}")
        )
        found = problems(project)
        self.problems.setText("\n".join(f"• {problem.text}" for problem in found[:3]))
        self.problems.setVisible(bool(found))
        self.data_facts.setText(self._data())

    def _data(self) -> str:
        spec = self.store.project.data
        if spec is None:
            return translate("Inspector", "None yet. Drop a CSV or Excel file on the window.")
        features = [column.name for column in spec.columns if column.role == "feature"]
        targets = [column.name for column in spec.columns if column.role == "target"]
        prepared = self.live.prepared
        text = translate("Inspector", "{inputs} inputs → {target}")
        shown = text.format(inputs=len(features), target=", ".join(targets))
        if prepared is not None:
            rows = translate(
                "Inspector", "{train} training, {validation} validation, {test} test rows"
            )
            shown += "\n" + rows.format(
                train=len(prepared.train),
                validation=len(prepared.validation),
                test=len(prepared.test),
            )
        return shown

    def _show_form(self) -> None:
        plan = self.store.project.training
        if self.form is None or plan.optimizer.id != self._optimizer:
            if self.form is not None:
                self.column.removeWidget(self.form)
                self.form.deleteLater()
            self._optimizer = plan.optimizer.id
            self.form = SettingsForm(plan.parameters(), plan.values(), self._set)
            self.column.insertWidget(self.column.count() - 1, self.form)
        self.form.show_values(plan.values())

    def _set(self, name: str, value: object) -> None:
        plan = self.store.project.training
        label = next(p.label for p in plan.parameters() if p.name == name)
        text = translate("Inspector", "Change {setting}").format(
            setting=translate("Parameter", label)
        )
        attempt(
            self.messages, self.store.apply, text, edits.set_training, name, value,
            merge=f"training.{name}",
        )  # fmt: skip
        if self.form is not None:
            self.form.show_values(self.store.project.training.values())
