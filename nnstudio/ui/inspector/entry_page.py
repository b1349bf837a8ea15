"""The page of one connection or bias: its value, what it carries now, cut and freeze."""

from typing import Any

from PySide6.QtCore import Qt

from nnstudio.document import edits
from nnstudio.document.diff import Changes
from nnstudio.document.names import layer_name
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.numbers import shown_number
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.attempt import attempt
from nnstudio.ui.inspector.names import Names
from nnstudio.ui.inspector.page import Page, heading, muted
from nnstudio.ui.selection import Entry
from nnstudio.ui.widgets.flow_layout import FlowLayout
from nnstudio.ui.widgets.number_field import NumberField
from nnstudio.ui.widgets.press_button import PressButton


class EntryPage(Page):
    """Follows one number of a weight array."""

    def __init__(self, entry: Entry, **rooms: Any) -> None:
        super().__init__(**rooms)
        self.entry = entry
        self.title, self.where, self.product = heading(), muted(), muted()
        self.field = NumberField(self._type)
        self.cut, self.hold = PressButton(), PressButton()
        self.cut.clicked.connect(self._cut)
        self.hold.clicked.connect(self._freeze)
        self.layer = PressButton()
        self.layer.setProperty("look", "link")
        self.layer.clicked.connect(lambda: self.selection.select(nodes=[self.entry.node]))
        buttons = FlowLayout(gap=6)
        buttons.addWidget(self.cut)
        buttons.addWidget(self.hold)
        for widget in (self.title, self.where, self.field, self.product):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)
        self.column.addWidget(self.layer, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        try:
            project = edits.complete_weights(self.store.project)
        except StudioError:  # the network grew too large: there is no number to show
            return
        if self.entry.weight not in project.graph.weights:
            return
        weight = project.graph.weights[self.entry.weight]
        bias = len(self.entry.index) == 1
        self.title.setText(
            translate("Inspector", "Bias") if bias else translate("Inspector", "Connection")
        )
        self.where.setText(self._place(project))
        self.field.setAccessibleName(self.title.text())
        self.field.show_value(float(project.weights[self.entry.weight][self.entry.index]))
        self.cut.setText(
            translate("Inspector", "Connect again")
            if self._flag("mask") is False
            else translate("Inspector", "Cut the connection")
        )
        self.cut.setVisible(weight.maskable and not bias)
        self.field.setEnabled(self._flag("mask") is not False)
        self.layer.setText(translate("Inspector", "All weights of this layer"))
        self.hold.setText(
            translate("Inspector", "Let it learn again")
            if self._flag("frozen")
            else translate("Inspector", "Freeze the value")
        )

    def follow(self, changes: Changes) -> None:
        self.retranslate()

    def wants(self) -> frozenset[str]:
        return frozenset(["weights", "signals"])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        array = (snapshot.weights or {}).get(self.entry.weight)
        if array is None or len(array.shape) != len(self.entry.index):
            return
        value = float(array[self.entry.index])
        self.field.show_value(value)
        self.product.setText(self._carried(snapshot, value))

    def _carried(self, snapshot: Snapshot, value: float) -> str:
        incoming = self.store.project.graph.incoming[self.entry.node]
        signals = snapshot.signals or {}
        if len(self.entry.index) != 2 or not incoming or incoming[0].source not in signals:
            return ""
        signal = float(signals[incoming[0].source].reshape(-1)[self.entry.index[0]])
        text = translate("Inspector", "signal {x} × weight {w} = {product}")
        return text.format(
            x=shown_number(signal), w=shown_number(value), product=shown_number(signal * value)
        )

    def _place(self, project: Project) -> str:
        names = Names(project, self.entry.node)
        label = layer_name(project.graph, self.entry.node)
        *source, target = self.entry.index
        to = names.columns[target] if target < len(names.columns) else str(target + 1)
        if not source:
            return f"{label}: {to}"
        start = names.rows[source[0]] if source[0] < len(names.rows) else str(source[0] + 1)
        return f"{label}: {start} → {to}"

    def _flag(self, kind: str) -> bool | None:
        array = self.store.project.masks.get(f"{self.entry.weight}.{kind}")
        return None if array is None else bool(array[self.entry.index])

    def _type(self, value: float) -> None:
        text = translate("Inspector", "Type a weight")
        self.store.apply(
            text, edits.set_weight, self.entry.weight, self.entry.index, value, half="weights"
        )

    def _cut(self) -> None:
        edit = edits.join if self._flag("mask") is False else edits.cut
        text = self.cut.text()
        attempt(self.messages, self.store.apply, text, edit, self.entry.weight, self.entry.index)

    def _freeze(self) -> None:
        frozen = not self._flag("frozen")
        attempt(
            self.messages,
            self.store.apply,
            self.hold.text(),
            edits.freeze_entries,
            self.entry.weight,
            self.entry.index,
            frozen,
        )
