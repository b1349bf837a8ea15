"""The page of selected wires: from where to where, what flows through, and a way to remove them."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.document import edits
from nnstudio.document.diff import Changes
from nnstudio.document.names import layer_name
from nnstudio.document.project import Project
from nnstudio.engine.graph import Wire
from nnstudio.i18n import translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.inspector.layer_head import sizes
from nnstudio.ui.inspector.page import Page, heading, muted
from nnstudio.ui.widgets.press_button import PressButton

MOST = 8


class WiresPage(Page):
    """One row for each wire."""

    def __init__(self, wires: frozenset[Wire], **rooms: Any) -> None:
        super().__init__(**rooms)
        self.wires = wires
        self.title = heading()
        self.rows = QWidget()
        self.remove = PressButton()
        self.remove.clicked.connect(lambda: self._remove(self.wires))
        QVBoxLayout(self.rows).setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.rows):
            self.column.addWidget(widget)
        self.column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        count = len(self.wires)
        text = translate("Inspector", "{count} wires").format(count=count)
        self.title.setText(translate("Inspector", "Wire") if count == 1 else text)
        self.remove.setText(
            translate("Inspector", "Remove") if count == 1 else translate("Inspector", "Remove all")
        )
        self._fill()

    def follow(self, changes: Changes) -> None:
        if changes.structure or changes.all:
            self._fill()

    def _fill(self) -> None:
        box = self.rows.layout()
        assert isinstance(box, QVBoxLayout)
        while box.count():
            item = box.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        project = self.store.project
        present = [wire for wire in project.graph.wires if wire in self.wires]
        for wire in present[:MOST]:
            line = muted()
            line.setText(described(project, wire))
            box.addWidget(line)

    def _remove(self, wires: Iterable[Wire]) -> None:
        edit = partial(without, wires=tuple(wires))
        attempt(self.messages, self.store.apply, self.remove.text(), edit)


def described(project: Project, wire: Wire) -> str:
    """Return "Dense 1 → Output" with the shape of what flows through the wire."""
    graph = project.graph
    text = translate("Inspector", "{start} → {end}").format(
        start=layer_name(graph, wire.source), end=layer_name(graph, wire.target)
    )
    shape = graph.shapes.get(wire.source)
    if shape is None:
        return text
    flow = translate("Inspector", "{shape} numbers flow through it").format(shape=sizes(shape))
    return f"{text}\n{flow}"


def without(project: Project, wires: tuple[Wire, ...]) -> Project:
    """Return the project with the wires removed that are still there."""
    for wire in wires:
        if wire in project.graph.wires:
            project = edits.disconnect(project, wire)
    return project
