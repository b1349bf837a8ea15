"""Selecting with a rubber band on empty canvas."""

from PySide6.QtCore import QPoint, QRectF

from nnstudio.ui.canvas.gestures.gesture import Gesture, Modifiers, extends
from nnstudio.ui.canvas.items.marks import BandItem


class RubberBand(Gesture):
    """Selects what the band touches while it is drawn; a click on nothing deselects."""

    pans_at_edges = True

    def start(self, at: QPoint, modifiers: Modifiers) -> None:
        super().start(at, modifiers)
        selection = self.canvas.selection
        self._before = (selection.nodes, selection.wires, self.canvas.selected_notes)
        self._kept = self._before if extends(modifiers) else (frozenset(),) * 3
        self._corner = self.scene_point(at)
        self._band: BandItem | None = None

    def begin_drag(self, modifiers: Modifiers) -> None:
        self._band = BandItem(self.scene.stage)
        self.scene.addItem(self._band)

    def drag(self, at: QPoint, modifiers: Modifiers) -> None:
        assert self._band is not None
        rect = QRectF(self._corner, self.scene_point(at)).normalized()
        self._band.set_rect(rect)
        nodes = {card.id for card in self.scene.cards.values() if card.frame.intersects(rect)}
        wires = {w for w, item in self.scene.wires.items() if rect.contains(item.middle)}
        notes = {note.id for note in self.scene.notes.values() if note.frame.intersects(rect)}
        self.canvas.select(
            self._kept[0] | nodes, self._kept[1] | wires, notes=self._kept[2] | notes
        )

    def drop(self, at: QPoint, modifiers: Modifiers) -> None:
        self._take_band_away()

    def click(self, at: QPoint, modifiers: Modifiers) -> None:
        if not extends(modifiers):
            self.canvas.select()

    def cancel(self) -> None:
        self._take_band_away()
        nodes, wires, notes = self._before
        self.canvas.select(nodes, wires, notes=notes)

    def _take_band_away(self) -> None:
        if self._band is not None:
            self.scene.remove(self._band)
            self._band = None
