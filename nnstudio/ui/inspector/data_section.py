"""The part of the project page about data: what it is, other data, and its settings."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from nnstudio.data import datasets
from nnstudio.data.dataset import Dataset
from nnstudio.data.labels import shown_name
from nnstudio.data.spec import DataSpec
from nnstudio.data.table import Table
from nnstudio.document import edits
from nnstudio.document.store import Store
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.inspector.data_settings import rows_of, values_of, with_value
from nnstudio.ui.inspector.page import heading, muted
from nnstudio.ui.inspector.settings_form import SettingsForm
from nnstudio.ui.messages import Messages
from nnstudio.ui.training.live import Live
from nnstudio.ui.widgets.flow_layout import FlowLayout
from nnstudio.ui.widgets.fold import Fold
from nnstudio.ui.widgets.press_button import PressButton

GROUPS = {
    "toy": QT_TRANSLATE_NOOP("Inspector", "Small examples"),
    "plane": QT_TRANSLATE_NOOP("Inspector", "Points in the plane"),
    "picture": QT_TRANSLATE_NOOP("Inspector", "Pictures"),
    "table": QT_TRANSLATE_NOOP("Inspector", "Tables"),
}


class DataSection(QWidget):
    """[Use my data] emits `own_data`; an example or a setting is one undoable edit."""

    own_data = Signal()

    def __init__(self, store: Store, live: Live, messages: Messages) -> None:
        super().__init__()
        self._store, self._live, self._messages = store, live, messages
        self._source: object = ()
        self.title, self.facts = heading(), muted()
        self.own, self.example = PressButton(), PressButton()
        self.own.clicked.connect(self.own_data)
        self.example.clicked.connect(self._choose)
        self.fold = Fold()
        self._rows = QVBoxLayout(self.fold.content)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.form: SettingsForm | None = None
        buttons = FlowLayout(gap=6)
        buttons.addWidget(self.own)
        buttons.addWidget(self.example)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(self.title)
        self.column.addWidget(self.facts)
        self.column.addLayout(buttons)
        self.column.addWidget(self.fold)

    def show_data(self) -> None:
        """Show the project's data with every text in the current language."""
        spec = self._store.project.data
        self.title.setText(translate("Inspector", "Data"))
        self.own.setText(translate("Inspector", "Use my data"))
        self.example.setText(translate("Inspector", "Choose example data…"))
        self.fold.set_title(translate("Inspector", "Settings of the data"))
        self.facts.setText(_facts(spec, self._live))
        kind = None if spec is None else (spec.source.kind, spec.source.id)
        if kind != self._source:
            self._source = kind
            self._renew(spec)
        if spec is not None and self.form is not None:
            self.form.show_values(values_of(spec))

    def examples(self, parent: QWidget) -> QMenu:
        """Return the menu of all examples by group."""
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        for group, title in GROUPS.items():
            menu.addSection(translate("Inspector", title))
            for dataset in sorted(datasets, key=lambda entry: entry.order):
                if dataset.group == group:
                    action = menu.addAction(translate("Dataset", dataset.label))
                    action.setData(dataset.id)
                    action.setToolTip(translate("Dataset", dataset.help))
                    action.triggered.connect(partial(self._take, dataset))
        return menu

    def _choose(self) -> None:
        menu = self.examples(self)
        menu.exec(self.example.mapToGlobal(self.example.rect().bottomLeft()))
        menu.deleteLater()

    def _take(self, dataset: Dataset) -> None:
        name = translate("Dataset", dataset.label)
        label = translate("Inspector", "Use {name}").format(name=name)
        self._bind(label, dataset.default_spec)

    def _set(self, name: str, value: Any) -> None:
        spec = self._store.project.data
        if spec is None:
            return
        row = next(row for row in rows_of(spec) if row.name == name)
        label = translate("Inspector", "Change {setting}").format(
            setting=translate("Parameter", row.label)
        )
        self._bind(label, lambda: with_value(spec, name, value), merge=f"data.{name}")
        self.show_data()

    def _bind(self, label: str, make: Callable[[], DataSpec], merge: str = "") -> None:
        path = self._store.path
        folder = None if path is None else path.parent

        def change() -> None:
            spec = make()
            tables: Mapping[str, Table] | None = {} if spec.source.kind == "builtin" else None
            self._store.apply(label, edits.bind_data, spec, tables, folder, merge=merge)

        attempt(self._messages, change)

    def _renew(self, spec: DataSpec | None) -> None:
        if self.form is not None:
            self._rows.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        if spec is not None:
            self.form = SettingsForm(rows_of(spec), values_of(spec), self._set)
            self._rows.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)
        self.fold.setVisible(spec is not None)


def _facts(spec: DataSpec | None, live: Live) -> str:
    if spec is None:
        return translate("Inspector", "None yet. Drop a CSV or Excel file on the window.")
    lines = []
    if spec.source.kind == "builtin" and spec.source.id in datasets:
        lines.append(translate("Dataset", datasets[spec.source.id].label))
    elif spec.source.path:
        lines.append(PurePosixPath(spec.source.path).name)
    targets = [shown_name(spec.source, name) for name in spec.target_columns()]
    text = translate("Inspector", "{inputs} inputs → {target}")
    lines.append(text.format(inputs=len(spec.feature_columns()), target=", ".join(targets)))
    prepared = live.prepared
    if prepared is not None:
        rows = translate("Inspector", "{train} training, {validation} validation, {test} test rows")
        parts = (prepared.train, prepared.validation, prepared.test)
        counts = (f"{len(part):,}" for part in parts)
        lines.append(rows.format(**dict(zip(("train", "validation", "test"), counts, strict=True))))
    return "\n".join(lines)
