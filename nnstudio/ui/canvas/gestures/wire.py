"""Drawing a wire, or pulling the end of one: live preview, live refusal, a mend on release."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.engine.graph import Wire
from nnstudio.errors import Refused
from nnstudio.i18n import translate
from nnstudio.ui.canvas.gestures.gesture import Gesture, Modifiers
from nnstudio.ui.canvas.items.wire import WirePreview
from nnstudio.ui.canvas.scene import PortHit

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView

LIT_UP_TO = 60  # nodes; beyond, what fits is shown only under the mouse


class PullWire(Gesture):
    """One end stands at `fixed`; the other follows the mouse. `old` is the wire being pulled."""

    pans_at_edges = True

    def __init__(self, canvas: "CanvasView", fixed: PortHit, old: Wire | None = None) -> None:
        super().__init__(canvas)
        self.fixed = fixed
        self.old = old
        self._preview: WirePreview | None = None
        self._trials: dict[tuple[str, str], Refused | None] = {}
        self._target: tuple[str, str] | None = None

    def begin_drag(self, modifiers: Modifiers) -> None:
        self.canvas.bubble.close_bubble()
        self._preview = WirePreview(self.scene.stage)
        self.scene.addItem(self._preview)
        if self.old is not None:
            self.scene.wires[self.old].change(faded=True)
        if len(self.scene.cards) <= LIT_UP_TO:
            for id in self.scene.cards:
                self._light(id)

    def drag(self, at: QPoint, modifiers: Modifiers) -> None:
        assert self._preview is not None
        point = self.scene_point(at)
        target = self._find(point)
        if target != self._target:
            self._leave()
            self._target = target
            self._enter()
        loose = point if target is None else self._port_point(*target)
        error = self._trials.get(target) if target is not None else None
        state = "" if target is None else ("bad" if error is not None else "good")
        start = self._fixed_point()
        ends = (start, loose) if self.fixed.side == "out" else (loose, start)
        self._preview.show_between(*ends, loose=loose, state=state)

    def drop(self, at: QPoint, modifiers: Modifiers) -> None:
        target, point = self._target, self.scene_point(at)
        error = self._trials.get(target) if target is not None else None
        place = self._port_point(*target) if target is not None else point
        self._tidy_up()
        if target is None:
            self._dropped_on_nothing(point)
        elif error is not None:
            self.canvas.refusals.show(error, place, target[0], before=self._detached)
        elif not self._same_as_old(*target):
            label = translate("Canvas", "Connect")
            if self.canvas.attempt(label, self._connected, *target):
                self.canvas.announce_wire(*self._direction(target[0]))

    def click(self, at: QPoint, modifiers: Modifiers) -> None:
        if self.old is not None:
            self.canvas.select(wires=(self.old,))
        else:
            self.canvas.select((self.fixed.node,))

    def cancel(self) -> None:
        self._tidy_up()

    def _dropped_on_nothing(self, point: QPointF) -> None:
        if self.old is not None:
            self.canvas.attempt(translate("Canvas", "Disconnect"), edits.disconnect, self.old)
        else:
            self.canvas.opening.fitting(self.fixed, point)

    def _find(self, point: QPointF) -> tuple[str, str] | None:
        """Return (node, port) under the mouse: a port near by, else the card itself."""
        side = "in" if self.fixed.side == "out" else "out"
        hit = self.scene.port_at(point, self.canvas.hit_radius())
        if hit is not None and hit.side == side and hit.node != self.fixed.node:
            return hit.node, hit.port
        card = self.scene.card_at(point)
        return (card.id, "") if card is not None and card.id != self.fixed.node else None

    def _enter(self) -> None:
        if self._target is None:
            return
        node, _ = self._target
        error = self._try(self._target)
        self.scene.cards[node].change(target="bad" if error else "good")
        if error is not None:
            self.canvas.bubble.show_reason(str(error), self._port_point(*self._target))

    def _leave(self) -> None:
        if self._target is not None:
            self.scene.cards[self._target[0]].change(target="")
        self.canvas.bubble.close_bubble()

    def _try(self, target: tuple[str, str]) -> Refused | None:
        if target not in self._trials:
            try:
                self._connected(self.canvas.store.project, *target)
                self._trials[target] = None
            except Refused as error:
                self._trials[target] = error
        return self._trials[target]

    def _light(self, id: str) -> None:
        """Enlarge the ports of a card the wire could end at."""
        card = self.scene.cards[id]
        if id == self.fixed.node or self._try((id, "")) is not None:
            return
        if self.fixed.side == "in":
            card.change(lit_ports=frozenset({"out:"}))
        else:
            free = (f"in:{name}" for name, many, count in card.face.inputs if many or not count)
            card.change(lit_ports=frozenset(free))

    def _detached(self, project: Project) -> Project:
        return edits.disconnect(project, self.old) if self.old is not None else project

    def _connected(self, project: Project, node: str, port: str) -> Project:
        source, target = self._direction(node)
        port = port if self.fixed.side == "out" else self.fixed.port
        return edits.connect(self._detached(project), source, target, port)

    def _direction(self, node: str) -> tuple[str, str]:
        return (self.fixed.node, node) if self.fixed.side == "out" else (node, self.fixed.node)

    def _same_as_old(self, node: str, port: str) -> bool:
        if self.old is None:
            return False
        return self._direction(node) == (self.old.source, self.old.target)

    def _port_point(self, node: str, port: str) -> QPointF:
        card = self.scene.cards[node]
        if self.fixed.side == "in":
            return card.output_point() if card.face.has_output else card.input_point("")
        free = [name for name, many, count in card.face.inputs if many or not count]
        return card.input_point(port or (free[0] if free else ""))

    def _fixed_point(self) -> QPointF:
        card = self.scene.cards[self.fixed.node]
        return (
            card.output_point() if self.fixed.side == "out" else card.input_point(self.fixed.port)
        )

    def _tidy_up(self) -> None:
        self._leave()
        self._target = None
        for card in self.scene.cards.values():
            card.change(lit_ports=frozenset())
        if self.old is not None and self.old in self.scene.wires:
            self.scene.wires[self.old].change(faded=False)
        if self._preview is not None:
            self.scene.remove(self._preview)
            self._preview = None
