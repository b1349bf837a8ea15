"""Connecting without a mouse: C, then Tab to the target, then Enter."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from nnstudio.document import edits
from nnstudio.errors import Refused
from nnstudio.i18n import translate
from nnstudio.ui.canvas.gestures.gesture import Gesture, Modifiers
from nnstudio.ui.canvas.items.wire import WirePreview

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView


class KeyConnect(Gesture):
    """Walks through the layers that take a wire from `source`; ends on Enter, Esc or a click."""

    def __init__(self, canvas: "CanvasView", source: str) -> None:
        super().__init__(canvas)
        self.source = source
        self._targets = [id for id in self.scene.reading_order() if self._takes(id)]
        self._index = -1
        self._preview: WirePreview | None = None

    def begin(self) -> bool:
        """Show the first target; return False (and say why) when there is none."""
        if not self._targets:
            self._refuse()
            return False
        self._preview = WirePreview(self.scene.stage)
        self.scene.addItem(self._preview)
        self.step(1)
        return True

    def step(self, way: int) -> None:
        """Go to the next target (or the one before)."""
        self._mark("")
        # the first target is the next one to the right, as one reads
        if self._index < 0:
            x = self.scene.cards[self.source].x()
            later = [n for n, id in enumerate(self._targets) if self.scene.cards[id].x() > x]
            self._index = later[0] if later else 0
        else:
            self._index = (self._index + way) % len(self._targets)
        self._mark("good")
        card, source = self.scene.cards[self.target], self.scene.cards[self.source]
        free = [name for name, many, count in card.face.inputs if many or not count]
        end = card.input_point(free[0] if free else "")
        assert self._preview is not None
        self._preview.show_between(source.output_point(), end, loose=end, state="good")
        self.canvas.camera.reveal(card.frame)
        text = translate("Canvas", "Connect {source} to {target}: Enter. Next: Tab.")
        self.canvas.say_at(text.format(source=source.face.title, target=card.face.title), end)

    @property
    def target(self) -> str:
        """The id of the layer the wire would go to now."""
        return self._targets[self._index]

    def finish(self) -> None:
        """Make the wire."""
        target = self.target
        self.cancel()
        label = translate("Canvas", "Connect")
        if self.canvas.attempt(label, edits.connect, self.source, target):
            self.canvas.announce_wire(self.source, target)
            self.canvas.select((target,))

    def end(self, at: QPoint, modifiers: Modifiers) -> None:
        self.cancel()

    def cancel(self) -> None:
        self._mark("")
        self.canvas.bubble.close_bubble()
        if self._preview is not None:
            self.scene.remove(self._preview)
            self._preview = None

    def _mark(self, target: str) -> None:
        if self._index >= 0 and self.target in self.scene.cards:
            self.scene.cards[self.target].change(target=target)

    def _takes(self, id: str) -> bool:
        if id == self.source:
            return False
        try:
            edits.connect(self.canvas.store.project, self.source, id)
        except Refused:
            return False
        return True

    def _refuse(self) -> None:
        card = self.scene.cards[self.source]
        text = translate("Canvas", "No layer here can take a wire from {name}.")
        self.canvas.say_at(text.format(name=card.face.title), card.output_point())
