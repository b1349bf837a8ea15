"""The top of a layer's page: icon, kind, shapes, and the name the user gave it."""

from math import prod

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.document.names import layer_name
from nnstudio.document.project import Project
from nnstudio.i18n import translate
from nnstudio.ui.icons import pixmap
from nnstudio.ui.inspector.name_field import NameField
from nnstudio.ui.inspector.page import IconRow
from nnstudio.ui.inspector.weights_section import arrays_of
from nnstudio.ui.theme import ThemeManager, kind_color

ICON = 26


class LayerHead(QWidget):
    """Shows one node; `name` is the field of its name."""

    def __init__(self, themes: ThemeManager, name: NameField) -> None:
        super().__init__()
        self._themes = themes
        self.row = IconRow()
        self.name = name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.row)
        column.addWidget(name)

    def show_node(self, project: Project, id: str) -> None:
        """Show the node as it is in `project`."""
        node, theme = project.graph[id], self._themes.theme
        tint = kind_color(theme, node.layer.id, node.layer.group)
        side = self._themes.pixels(ICON)
        picture = pixmap(node.layer.id, side, tint, self.devicePixelRatioF())
        self.row.picture.setPixmap(picture)
        kind = translate("Layer", node.layer.label)
        self.row.title.setText(kind if node.label else layer_name(project.graph, id))
        self.row.title.setToolTip(translate("Layer", node.layer.help))
        self.row.detail.setText(facts(project, id))
        self.name.setPlaceholderText(translate("Inspector", "Name of this layer"))
        self.name.setAccessibleName(self.name.placeholderText())
        self.name.show_text(node.label)


def facts(project: Project, id: str) -> str:
    """Return "2 → 4 · 12 parameters" of a layer."""
    graph = project.graph
    if id not in graph.shapes:
        return translate("Inspector", "Not connected yet")
    arriving = [
        sizes(graph.shapes[wire.source])
        for wire in graph.incoming[id]
        if wire.source in graph.shapes
    ]
    shape = sizes(graph.shapes[id])
    shown = f"{' + '.join(arriving)} → {shape}" if arriving else shape
    count = sum(
        prod(weight.shape)
        for weight in arrays_of(project, id).values()
        if weight.role == "parameter"
    )
    if count:
        text = translate("Inspector", "{count} parameters").format(count=f"{count:,}")
        shown = f"{shown} · {text}"
    return shown


def sizes(shape: tuple[int, ...]) -> str:
    """Return a shape as people write it: 28×28."""
    return "×".join(str(n) for n in shape)
