"""Try it: give the network values by slider, list or pad, and read its answer at once."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from nnstudio.document.store import Store
from nnstudio.i18n import translate
from nnstudio.numbers import format_number
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live
from nnstudio.ui.try_it.answer import Answer
from nnstudio.ui.try_it.inputs import RawInput, input_for
from nnstudio.ui.widgets.translated import Retranslating


class TryIt(Retranslating, QScrollArea):
    """Fields for every raw input above, the answer below; the canvas shows the signals."""

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
        self._themes, self._live = themes, live
        self._fields: dict[str, RawInput] = {}
        self._of: Any = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        page.setProperty("look", "page")
        self.empty, self.truth, self.title = QLabel(), QLabel(), QLabel()
        for label in (self.empty, self.truth):
            label.setProperty("look", "muted")
            label.setWordWrap(True)
        self.title.setProperty("look", "heading")
        self.answer = Answer(themes)
        self._inputs = QVBoxLayout()
        self._inputs.setSpacing(8)
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.empty)
        column.addWidget(self.title)
        column.addWidget(self.answer)
        column.addWidget(self.truth)
        column.addLayout(self._inputs)
        column.addStretch(1)
        self.setWidget(page)
        live.register(self)
        self.retranslate()

    def wants(self) -> frozenset[str]:
        """Return the parts of a snapshot the panel shows."""
        return frozenset(["signals"])

    def retranslate(self) -> None:
        """Set every text again."""
        self.empty.setText(translate("Try", "The network needs data before it can be tried."))
        self.title.setText(translate("Try", "The network's answer"))
        self._show_emptiness()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the example's raw values and the network's answer."""
        reading = self._live.reading
        self._follow(reading)
        if reading is None or snapshot.example is None or snapshot.signals is None:
            return
        for name, field in self._fields.items():
            if name in snapshot.example.raw:
                field.show_value(snapshot.example.raw[name])
        rows = [
            row
            for node, columns in reading.outputs.items()
            if node in snapshot.signals
            for row in answer_rows(reading, columns, snapshot.signals[node])
        ]
        self.answer.show_rows(rows)
        self.truth.setText(self._truth(reading, snapshot))
        self.truth.setVisible(bool(self.truth.text()))

    def _follow(self, reading: Reading | None) -> None:
        ranges = reading.ranges() if reading is not None else ()
        if ranges == self._of:
            return
        self._of = ranges
        while self._inputs.count():
            item = self._inputs.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._fields = {}
        for found in ranges:
            field = input_for(found, self._changed, self._themes)
            if field is not None:
                self._fields[found.name] = field
                self._inputs.addWidget(field)
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        self.empty.setVisible(not self._fields)
        for widget in (self.title, self.answer):
            widget.setVisible(bool(self._fields))

    def _changed(self) -> None:
        self._live.set_example({name: field.value for name, field in self._fields.items()})

    def _truth(self, reading: Reading, snapshot: Snapshot) -> str:
        example = snapshot.example
        if example is None or example.row is None or example.target is None:
            return ""
        shown = []
        for node, columns in reading.outputs.items():
            if node in example.target:
                found = reading.fitted.decode_target(columns, example.target[node][None])
                shown.append(_plain(found[0]))
        text = translate("Try", "Row {row} of the data. Right answer: {answer}")
        return text.format(row=example.row + 1, answer=", ".join(shown))


def answer_rows(
    reading: Reading, columns: tuple[str, ...], values: Any
) -> list[tuple[str, float | None, str]]:
    """Return (name, share, text) of each class, or (target, None, number) in the target's unit."""
    fitted = reading.fitted
    classes = fitted.classes(columns)
    flat = np.asarray(values, float).reshape(-1)
    if classes:
        shares = np.array([1 - flat[0], flat[0]]) if len(flat) == 1 else flat
        return [
            (name, float(share), f"{100 * share:.1f} %")
            for name, share in zip(classes, shares, strict=False)
        ]
    numbers = np.asarray(fitted.decode_target(columns, flat[None])).reshape(-1)
    names: Mapping[int, str] = dict(enumerate(columns or fitted.targets))
    return [
        (names.get(place, str(place + 1)), None, format_number(float(number)))
        for place, number in enumerate(numbers)
    ]


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(format_number(float(number)) for number in np.asarray(value).reshape(-1)[:4])
