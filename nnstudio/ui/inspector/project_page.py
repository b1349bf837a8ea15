"""The page of the whole project, shown while nothing is selected: network, data, training."""

from math import prod
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from nnstudio.document import edits
from nnstudio.document.diff import Changes
from nnstudio.document.problems import problems
from nnstudio.i18n import translate
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.attempt import attempt
from nnstudio.ui.inspector.data_section import DataSection
from nnstudio.ui.inspector.name_field import NameField
from nnstudio.ui.inspector.page import Page, heading, muted, rule
from nnstudio.ui.inspector.problem_list import ProblemList
from nnstudio.ui.inspector.settings_form import SettingsForm
from nnstudio.ui.widgets.fold import Fold


class ProjectPage(Page):
    """Name and facts of the network, its problems, its data, every training setting.

    Settings start folded: the first look shows few things.
    """

    own_data = Signal()

    def __init__(self, **rooms: Any) -> None:
        super().__init__(**rooms)
        self.network, self.network_facts = heading(), muted()
        self.name = NameField(self._rename)
        self.trouble = ProblemList(self.store, self.messages)
        self.data = DataSection(self.store, self.live, self.messages)
        self.data.own_data.connect(self.own_data)
        self.training = Fold()
        self._rows = QVBoxLayout(self.training.content)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.hint = muted()
        self._optimizer = ""
        self.form: SettingsForm | None = None
        for widget in (
            self.network, self.name, self.network_facts, self.trouble, rule(),
            self.data, rule(), self.training, self.hint,
        ):  # fmt: skip
            self.column.addWidget(widget)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.network.setText(translate("Inspector", "Network"))
        self.name.setPlaceholderText(translate("Inspector", "Name of this network"))
        self.name.setAccessibleName(self.name.placeholderText())
        self.training.set_title(translate("Inspector", "Training"))
        self.hint.setText(translate("Inspector", "Select a layer to see its settings and weights."))
        self._show()

    def follow(self, changes: Changes) -> None:
        self._show()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.data.show_data()  # how many rows each part has is known after the data was read

    def _show(self) -> None:
        project = self.store.project
        weights = project.graph.weights.values()
        parameters = sum(prod(w.shape) for w in weights if w.role == "parameter")
        text = translate("Inspector", "{layers} layers, {parameters} parameters")
        self.network_facts.setText(
            text.format(layers=len(project.graph.nodes), parameters=f"{parameters:,}")
        )
        self.name.show_text(project.title)
        self.trouble.show_problems(problems(project))
        self.data.show_data()
        self._show_form()

    def _show_form(self) -> None:
        plan = self.store.project.training
        if self.form is None or plan.optimizer.id != self._optimizer:
            if self.form is not None:
                self._rows.removeWidget(self.form)
                self.form.hide()
                self.form.deleteLater()
            self._optimizer = plan.optimizer.id
            self.form = SettingsForm(plan.parameters(), plan.values(), self._set)
            self._rows.addWidget(self.form)
        self.form.show_values(plan.values())

    def _rename(self, title: str) -> None:
        label = translate("Inspector", "Rename")
        attempt(self.messages, self.store.apply, label, edits.set_title, title)

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
