"""Draw one connection from neuron to neuron; a click selects the neuron."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from nnstudio.errors import Refused
from nnstudio.i18n import translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.neurons import changes
from nnstudio.ui.neurons.gestures.base import Gesture
from nnstudio.ui.selection import Entry

if TYPE_CHECKING:
    from nnstudio.ui.neurons.view import NeuronView


class Wire(Gesture):
    """Restores a connection that was cut; one that is there is selected for typing."""

    def __init__(self, view: "NeuronView", start: QPointF, neuron: tuple[str, int]) -> None:
        super().__init__(view, start)
        self._neuron = neuron
        self._moved = False

    def move(self, point: QPointF) -> None:
        far = (point - self.start).manhattanLength() >= QApplication.startDragDistance()
        self._moved = self._moved or far
        if not self._moved:
            return
        scene_point = self.view.to_scene(point)
        target = self.view.board.layout.neuron_at(scene_point.x(), scene_point.y())
        allowed, reason = True, ""
        if target is not None and target != self._neuron:
            try:
                self._entry(target)
            except Refused as refused:
                allowed, reason = False, str(refused)
        self.view.picture.trace.show_wire(self._origin(), scene_point, allowed)
        if reason:
            self.view.hint.show_text(reason, point.toPoint())
        else:
            self.view.hint.hide()

    def end(self, point: QPointF) -> None:
        self.cancel()
        if not self._moved:
            self.view.choose(neuron=self._neuron)
            return
        scene_point = self.view.to_scene(point)
        target = self.view.board.layout.neuron_at(scene_point.x(), scene_point.y())
        if target is not None and target != self._neuron:
            attempt(self.view.messages, self._connect, target)

    def cancel(self) -> None:
        self.view.picture.trace.clear()
        self.view.hint.hide()

    def _connect(self, target: tuple[str, int]) -> None:
        entry = self._entry(target)
        if not changes.wired(self.view.store.project, entry):
            self.view.store.apply(
                translate("Neurons", "Wire a connection"), changes.toggle_entry, entry
            )
        self.view.choose(entry=entry)
        self.view.commands.edit_entry(entry)

    def _entry(self, target: tuple[str, int]) -> Entry:
        """Return the connection; it may be drawn from either end."""
        anatomy = self.view.board.anatomy
        link = anatomy.into(self._neuron[0])
        if link is not None and link.rows_from(*target):
            return changes.entry_between(anatomy, target, self._neuron)
        return changes.entry_between(anatomy, self._neuron, target)

    def _origin(self) -> QPointF:
        group, unit = self._neuron
        centre = self.view.board.layout.places[group].centre(unit)
        return QPointF(*centre) if centre is not None else QPointF()
