"""The page of several layers: what they are together, and the settings they share."""

from collections import Counter
from collections.abc import Iterable
from math import prod
from typing import Any

from PySide6.QtWidgets import QWidget

from nnstudio.document import edits
from nnstudio.document.diff import Changes
from nnstudio.document.names import layer_name
from nnstudio.document.project import Project
from nnstudio.i18n import translate
from nnstudio.parameters import Parameter
from nnstudio.ui.attempt import attempt
from nnstudio.ui.inspector.layer_page import UNSEEN
from nnstudio.ui.inspector.page import Page, heading, muted
from nnstudio.ui.inspector.settings_form import SettingsForm
from nnstudio.ui.inspector.weights_section import arrays_of

MOST_NAMES = 8


class LayersPage(Page):
    """A change of a shared setting is made in all the layers, as one step."""

    def __init__(self, nodes: frozenset[str], **rooms: Any) -> None:
        super().__init__(**rooms)
        graph = self.store.project.graph
        self.nodes = tuple(id for id in graph.order if id in nodes)
        self.title, self.facts, self.differs = heading(), muted(), muted()
        self.form = SettingsForm(self._shared(), self._values(), self._set)
        widgets: tuple[QWidget, ...] = (self.title, self.facts, self.form, self.differs)
        for widget in widgets:
            self.column.addWidget(widget)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._show()

    def follow(self, changes: Changes) -> None:
        if all(id in self.store.project.graph for id in self.nodes):
            self._show()

    def _show(self) -> None:
        project = self.store.project
        graph = project.graph
        count = len(self.nodes)
        self.title.setText(translate("Inspector", "{count} layers").format(count=count))
        kinds = Counter(translate("Layer", graph[id].layer.label) for id in self.nodes)
        parameters = sum(
            prod(weight.shape)
            for id in self.nodes
            for weight in arrays_of(project, id).values()
            if weight.role == "parameter"
        )
        names = [layer_name(graph, id) for id in self.nodes[:MOST_NAMES]]
        more = " …" if count > MOST_NAMES else ""
        shown = [", ".join(f"{kind} × {number}" for kind, number in kinds.items())]
        shown.append(", ".join(names) + more)
        if parameters:
            text = translate("Inspector", "{count} parameters")
            shown.append(text.format(count=f"{parameters:,}"))
        self.facts.setText("\n".join(shown))
        self.form.show_values(self._values())
        self.form.setVisible(bool(self.form.fields))
        different = [translate("Parameter", p.label) for p in self._shared() if self._mixed(p.name)]
        text = translate("Inspector", "Different in these layers: {settings}")
        self.differs.setText(text.format(settings=", ".join(different)))
        self.differs.setVisible(bool(different))

    def _shared(self) -> list[Parameter]:
        """Return the settings every one of the layers has."""
        layers = [self.store.project.graph[id].layer for id in self.nodes]
        if len({layer.id for layer in layers}) != 1:
            return []
        return [p for p in layers[0].parameters if p.name not in (*UNSEEN, "shape")]

    def _values(self) -> dict[str, Any]:
        return dict(self.store.project.graph[self.nodes[0]].layer.settings)

    def _mixed(self, name: str) -> bool:
        graph = self.store.project.graph
        return len({graph[id].layer.settings[name] for id in self.nodes}) > 1

    def _set(self, name: str, value: object) -> None:
        label = next(p.label for p in self._shared() if p.name == name)
        text = translate("Inspector", "Change {setting}").format(
            setting=translate("Parameter", label)
        )
        merge = f"{','.join(self.nodes)}.{name}"
        attempt(
            self.messages, self.store.apply, text, set_all, self.nodes, name, value, merge=merge
        )
        self._show()


def set_all(project: Project, nodes: Iterable[str], name: str, value: object) -> Project:
    """Return the project with one setting the same in several layers."""
    for id in nodes:
        project = edits.set_setting(project, id, name, value)
    return project
