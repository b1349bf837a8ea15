"""A piece from the palette held over the canvas and dropped: on paper, on a wire, into a layer."""

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine.graph import Wire
from nnstudio.engine.layer import LAYERS, Layer
from nnstudio.errors import Refused, StudioError
from nnstudio.i18n import translate
from nnstudio.parameters import Choice
from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.items.marks import GhostItem
from nnstudio.ui.canvas.items.wire import WireItem
from nnstudio.ui.theme import kind_color

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView

PIECE = "application/x-nnstudio-layer"


def layer_of(mime: QMimeData) -> Layer | None:
    """Return the layer a drag carries, or None when it carries something else or nonsense."""
    if not mime.hasFormat(PIECE):
        return None
    try:
        found = json.loads(bytes(mime.data(PIECE).data()).decode("utf-8"))
        kind = LAYERS.get(str(found["kind"]))
        settings = dict(found.get("settings") or {})
        if kind is None:
            return None
        return kind(**settings) if settings else edits.new_layer(kind.id)
    except (ValueError, KeyError, TypeError, AttributeError, StudioError):
        return None


class PieceDrop:
    """The gesture of one drag from outside: move, drop, or leave."""

    def __init__(self, canvas: "CanvasView", layer: Layer) -> None:
        self.canvas = canvas
        self.scene = canvas.canvas_scene
        self.layer = layer
        theme = self.scene.stage.theme
        color = kind_color(theme, layer.id, layer.group)
        self._ghost = GhostItem(color, self.scene.stage)
        self.scene.addItem(self._ghost)
        self._wire: WireItem | None = None
        self._card = ""
        self._trials: dict[Wire, Refused | None] = {}

    def move(self, at: QPoint) -> None:
        """Show what a drop here would do."""
        point = self.canvas.mapToScene(at)
        self._ghost.place(point)
        self._release()
        card = self.scene.card_at(point)
        if card is not None and self._clicks_into(card.id):
            self._card = card.id
            card.change(target="good")
        elif card is None:
            self._hold_over(self._wire_near(point))
        self._ghost.setVisible(not self._card and self._wire is None)

    def drop(self, at: QPoint) -> bool:
        """Add the piece; return whether it was added."""
        point = self.canvas.mapToScene(at)
        wire, card = self._wire, self._card
        error = self._trials.get(wire.wire) if wire is not None else None
        self.leave()
        if card:
            name, value = self._clicks_into(card) or ("", "")
            label = translate("Canvas", "Set activation")
            return self.canvas.attempt(label, edits.set_setting, card, name, value)
        if wire is not None and error is not None:
            self.canvas.refusals.show(error, point)
            return False
        corner = point - g.CARD.center()
        return self.canvas.adding.add(
            self.layer, corner, on_wire=wire.wire if wire is not None else None
        )

    def leave(self) -> None:
        """Take every mark away; nothing has happened."""
        self._release()
        if self._ghost.scene() is not None:
            self.scene.remove(self._ghost)

    def _hold_over(self, wire: WireItem | None) -> None:
        if wire is None:
            return
        error = self._try(wire.wire)
        wire.change(highlight="bad" if error is not None else "good")
        self._wire = wire
        if error is not None:
            self.canvas.bubble.show_reason(str(error), wire.middle)

    def _release(self) -> None:
        if self._wire is not None:
            self._wire.change(highlight="")
            self._wire = None
        if self._card in self.scene.cards:
            self.scene.cards[self._card].change(target="")
        self._card = ""
        self.canvas.bubble.close_bubble()

    def _wire_near(self, point: QPointF) -> WireItem | None:
        if not self.layer.ports or not self.layer.has_output:
            return None
        return self.scene.wire_at(point, 22.0)

    def _try(self, wire: Wire) -> Refused | None:
        if wire not in self._trials:
            try:
                _inserted(self.canvas.store.project, self.layer, wire)
                self._trials[wire] = None
            except Refused as error:
                self._trials[wire] = error
        return self._trials[wire]

    def _clicks_into(self, node: str) -> tuple[str, str] | None:
        """Return the setting of a layer that this piece would set (an activation function)."""
        function = self.layer.settings.get("function")
        owner = self.canvas.store.project.graph[node].layer
        for parameter in owner.parameters:
            if (
                parameter.name == "activation"
                and isinstance(parameter, Choice)
                and function in dict(parameter.choices())
            ):
                return parameter.name, str(function)
        return None


def _inserted(project: Project, layer: Layer, wire: Wire) -> Project:
    return edits.add_node(project, layer, 0.0, 0.0, on_wire=wire)
