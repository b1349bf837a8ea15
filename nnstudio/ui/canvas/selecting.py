"""What is selected on the canvas: layers and wires of all views, and the canvas's own notes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nnstudio.engine.graph import Wire

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView


class Selecting:
    """Passes selections on, shows them on the items, walks through the cards."""

    def __init__(self, canvas: "CanvasView") -> None:
        self._canvas = canvas
        self._own = False
        self.notes: frozenset[str] = frozenset()
        canvas.selection.changed.connect(self._changed)

    def select(
        self, nodes: Iterable[str] = (), wires: Iterable[Wire] = (), notes: Iterable[str] = ()
    ) -> None:
        """Select exactly these layers, wires and notes."""
        self.notes = frozenset(notes)
        self._own = True
        self._canvas.selection.select(nodes, wires)
        self._own = False
        self.show()

    def all(self) -> None:
        """Select every layer and note."""
        scene = self._canvas.canvas_scene
        self.select(scene.cards, notes=scene.notes)

    def incoming(self) -> None:
        """Select the layers that lead into the selection (of a wire: its start)."""
        graph, selection = self._canvas.store.project.graph, self._canvas.selection
        found = {wire.source for id in selection.nodes for wire in graph.incoming[id]}
        self._select_if_any(found | {wire.source for wire in selection.wires})

    def outgoing(self) -> None:
        """Select the layers the selection leads to."""
        graph, selection = self._canvas.store.project.graph, self._canvas.selection
        found = {wire.target for id in selection.nodes for wire in graph.outgoing[id]}
        self._select_if_any(found | {wire.target for wire in selection.wires})

    def walk(self, forward: bool) -> bool:
        """Select the next layer in reading order; return False after the last."""
        canvas = self._canvas
        order = canvas.canvas_scene.reading_order()
        current = canvas.selection.single
        if current in order:
            place = order.index(current) + (1 if forward else -1)
        else:
            place = 0 if forward else len(order) - 1
        if not 0 <= place < len(order):
            return False
        id = order[place]
        self.select((id,))
        canvas.camera.reveal(canvas.frame_of(id))
        canvas.announce(canvas.canvas_scene.cards[id].face.sentence)
        return True

    def show(self) -> None:
        """Mark the items that are selected; notes that are gone are forgotten."""
        scene, selection = self._canvas.canvas_scene, self._canvas.selection
        self.notes = frozenset(id for id in self.notes if id in scene.notes)
        nodes = selection.nodes | {selection.single or ""}
        for id, card in scene.cards.items():
            card.change(selected=id in nodes)
        for wire, item in scene.wires.items():
            item.change(selected=wire in selection.wires)
        for id, note in scene.notes.items():
            note.change(selected=id in self.notes)

    def _changed(self) -> None:
        """Another view selected something: notes aren't part of that."""
        if not self._own:
            self.notes = frozenset()
            self.show()
            frame = self._canvas.selected_frame()
            if frame is not None and self._canvas.isVisible():
                self._canvas.camera.reveal(frame)

    def _select_if_any(self, nodes: set[str]) -> None:
        if nodes:
            self.select(nodes)
