"""Try it: give the network values by slider, list or pad, and read its answer at once."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from nnstudio.data.labels import shown_name
from nnstudio.document.store import Store
from nnstudio.i18n import translate
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live
from nnstudio.ui.try_it.answer import Answer
from nnstudio.ui.try_it.inputs import RawInput, input_for
from nnstudio.ui.try_it.wording import answer_rows, truth
from nnstudio.ui.widgets.tool_button import ToolButton
from nnstudio.ui.widgets.translated import Retranslating


class TryIt(Retranslating, QWidget):
    """The answer above, always in sight; fields for every raw input below, to scroll through."""

    live_interval = 0.15

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
        self._store, self._themes, self._live = store, themes, live
        self._fields: dict[str, RawInput] = {}
        self._of: Any = None
        self._mine = self._setting = False
        self.empty, self.truth, self.title = QLabel(), QLabel(), QLabel()
        for label in (self.empty, self.truth):
            label.setProperty("look", "muted")
            label.setWordWrap(True)
        self.title.setProperty("look", "heading")
        self.back, self.forth = ToolButton(), ToolButton()
        self.back.clicked.connect(lambda: self.step(-1))
        self.forth.clicked.connect(lambda: self.step(1))
        self.answer = Answer(themes)
        self._lay_out()
        themes.changed.connect(self._restyle)
        live.exampleChanged.connect(self._example_changed)
        live.register(self)
        self._restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("look", "page")
        self._inputs = QVBoxLayout()
        self._inputs.setSpacing(8)
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 2, 14, 12)
        column.addLayout(self._inputs)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(page)
        walk = QHBoxLayout()
        walk.setSpacing(2)
        walk.addWidget(self.truth, 1)
        walk.addWidget(self.back)
        walk.addWidget(self.forth)
        top = QVBoxLayout()
        top.setContentsMargins(14, 10, 14, 6)
        top.setSpacing(8)
        top.addWidget(self.empty)
        top.addWidget(self.title)
        top.addWidget(self.answer)
        top.addLayout(walk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(self.area, 1)

    def wants(self) -> frozenset[str]:
        """Return the parts of a snapshot the panel shows."""
        return frozenset(["signals"])

    def retranslate(self) -> None:
        """Set every text again."""
        self.empty.setText(
            translate("Try", "The network can be tried once it has data and reaches its output.")
        )
        self.title.setText(translate("Try", "The network's answer"))
        self.back.explain(translate("Try", "Previous example"))
        self.forth.explain(translate("Try", "Next example"))
        self._of = None  # names of columns and classes are words too
        self._show_emptiness()
        self._live.refresh()

    def step(self, way: int) -> None:
        """Show the next or the previous training example, round the ends."""
        prepared = self._live.prepared
        if prepared is not None and len(prepared.train):
            example = self._live.example
            now = example if isinstance(example, int) else (-1 if way > 0 else 0)
            self._live.set_example((now + way) % len(prepared.train))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the example's raw values and the network's answer."""
        reading = self._live.reading
        self._follow(reading)
        if reading is None or snapshot.example is None or snapshot.signals is None:
            return
        if not (self._mine and isinstance(self._live.example, Mapping)):
            for name, field in self._fields.items():
                if name in snapshot.example.raw:
                    field.show_value(snapshot.example.raw[name])
        rows = [
            row
            for node, columns in reading.outputs.items()
            if node in snapshot.signals
            for row in answer_rows(reading, columns, snapshot.signals[node], self._shown)
        ]
        self.answer.show_rows(rows)
        said = truth(reading, snapshot.example, self._shown)
        self.truth.setText(said or translate("Try", "Your own values"))

    def _follow(self, reading: Reading | None) -> None:
        ranges = reading.ranges() if reading is not None else ()
        if ranges == self._of:
            return
        self._of = ranges
        self._mine = False
        while self._inputs.count():
            item = self._inputs.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = {}
        for found in ranges:
            field = input_for(found, self._shown, self._changed, self._themes)
            if field is not None:
                self._fields[found.name] = field
                self._inputs.addWidget(field)
        self._show_emptiness()

    def _shown(self, name: str) -> str:
        data = self._store.project.data
        return name if data is None else shown_name(data.source, name)

    def _show_emptiness(self) -> None:
        self.empty.setVisible(not self._fields)
        for widget in (self.title, self.answer, self.truth, self.back, self.forth):
            widget.setVisible(bool(self._fields))

    def _changed(self) -> None:
        self._mine = self._setting = True
        try:
            self._live.set_example({name: field.value for name, field in self._fields.items()})
        finally:
            self._setting = False

    def _example_changed(self) -> None:
        """Another view chose an example: the fields show it."""
        self._mine = self._setting

    def _restyle(self) -> None:
        self.back.draw("mdi6.chevron-left", self._themes)
        self.forth.draw("mdi6.chevron-right", self._themes)
