"""Pressing a wire: a click selects it, a drag pulls off the end that is nearer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from nnstudio.ui.canvas.gestures.gesture import Gesture, Modifiers, extends
from nnstudio.ui.canvas.gestures.wire import PullWire
from nnstudio.ui.canvas.items.wire import WireItem
from nnstudio.ui.canvas.scene import PortHit

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView


class PressWire(Gesture):
    """Hands a drag on to PullWire."""

    pans_at_edges = True

    def __init__(self, canvas: "CanvasView", item: WireItem) -> None:
        super().__init__(canvas)
        self._wire = item.wire
        self._pull: PullWire | None = None

    def start(self, at: QPoint, modifiers: Modifiers) -> None:
        super().start(at, modifiers)
        points = self.scene.wires[self._wire].points
        x = self.scene_point(at).x()
        self._near_end = abs(x - points[3][0]) <= abs(x - points[0][0])

    def begin_drag(self, modifiers: Modifiers) -> None:
        wire = self._wire
        if self._near_end:
            fixed = PortHit(wire.source, "out")
        else:
            fixed = PortHit(wire.target, "in", wire.target_port)
        self._pull = PullWire(self.canvas, fixed, wire)
        self._pull.begin_drag(modifiers)

    def drag(self, at: QPoint, modifiers: Modifiers) -> None:
        if self._pull is not None:
            self._pull.drag(at, modifiers)

    def drop(self, at: QPoint, modifiers: Modifiers) -> None:
        if self._pull is not None:
            self._pull.drop(at, modifiers)

    def click(self, at: QPoint, modifiers: Modifiers) -> None:
        selection = self.canvas.selection
        if extends(modifiers):
            self.canvas.select(
                selection.nodes, selection.wires ^ {self._wire}, notes=self.canvas.selected_notes
            )
        else:
            self.canvas.select(wires=(self._wire,))

    def cancel(self) -> None:
        if self._pull is not None:
            self._pull.cancel()
