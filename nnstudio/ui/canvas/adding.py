"""Adding pieces: at a point, on a wire, after the selection."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from nnstudio.document import edits
from nnstudio.engine.graph import Wire
from nnstudio.engine.layer import Layer
from nnstudio.errors import Refused
from nnstudio.i18n import translate
from nnstudio.ui.canvas import geometry as g

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView


class Adding:
    """Every way a new layer comes onto the canvas; the new one is selected."""

    def __init__(self, canvas: "CanvasView") -> None:
        self._canvas = canvas

    def add(
        self,
        layer: Layer,
        corner: QPointF,
        wire_from: str | None = None,
        wire_into: str | None = None,
        on_wire: Wire | None = None,
    ) -> bool:
        """Add a layer with its top left corner near a scene point; return whether it was added."""
        canvas = self._canvas
        id = edits.next_id(canvas.store.project, layer.id)
        label = translate("Canvas", "Add {name}").format(name=translate("Layer", layer.label))
        canvas.sync.gliding = on_wire is not None and canvas.glides()
        try:
            added: bool = canvas.attempt(
                label,
                edits.add_node,
                layer,
                g.snapped(corner.x()),
                g.snapped(corner.y()),
                id=id,
                wire_from=wire_from,
                wire_into=wire_into,
                on_wire=on_wire,
            )
        finally:
            canvas.sync.gliding = False
        if added:
            canvas.select((id,))
            canvas.keep_in_sight(canvas.frame_of(id), canvas.placed_content())
            canvas.announce(translate("Canvas", "{name} added").format(name=canvas.title_of(id)))
        return added

    def add_kind(self, kind: str, layer: Layer | None = None) -> bool:
        """Add a layer where it makes most sense: on the selected wire, after the selected layer."""
        canvas = self._canvas
        layer = layer if layer is not None else edits.new_layer(kind)
        project = canvas.store.project
        wires = sorted(canvas.selection.wires, key=project.graph.wires.index)
        if len(wires) == 1 and layer.ports and layer.has_output:
            return self.add(layer, QPointF(), on_wire=wires[0])
        source = canvas.selection.single
        if source is not None and layer.ports and project.graph[source].layer.has_output:
            return self._add_after(layer, source)
        return self.add(layer, self._free_corner())

    def _add_after(self, layer: Layer, source: str) -> bool:
        project = self._canvas.store.project
        x, y = project.places.get(source, (0.0, 0.0))
        corner = QPointF(x + g.COLUMN, y)
        going = project.graph.outgoing[source]
        if len(going) == 1 and layer.has_output and self._fits(layer, on_wire=going[0]):
            return self.add(layer, corner, on_wire=going[0])
        if self._fits(layer, wire_from=source):
            return self.add(layer, corner, wire_from=source)
        return self.add(layer, corner + QPointF(0, g.ROW))

    def _fits(self, layer: Layer, **wiring: object) -> bool:
        try:
            edits.add_node(self._canvas.store.project, layer, 0.0, 0.0, **wiring)  # type: ignore[arg-type]
        except Refused:
            return False
        return True

    def _free_corner(self) -> QPointF:
        """Return a corner in the middle of the view, beside what stands there."""
        canvas = self._canvas
        middle = canvas.mapToScene(canvas.viewport().rect().center()) - g.CARD.center()
        frame = g.CARD.translated(middle)
        taken = [card.frame for card in canvas.canvas_scene.cards.values()]
        for _ in range(20):
            hit = next((other for other in taken if other.intersects(frame)), None)
            if hit is None:
                break
            frame.moveTop(hit.bottom() + g.ROW - g.CARD_HEIGHT)
        return frame.topLeft()
