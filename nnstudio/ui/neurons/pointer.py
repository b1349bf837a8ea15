"""What the mouse does in the neuron view: hover, click, start a gesture, wheel, menu."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from nnstudio.ui.neurons.gestures.base import Gesture
from nnstudio.ui.neurons.gestures.knife import Knife
from nnstudio.ui.neurons.gestures.pan import Pan
from nnstudio.ui.neurons.gestures.wire import Wire
from nnstudio.ui.neurons.hint import entry_text, neuron_text
from nnstudio.ui.neurons.scene import NOTHING, Hit

if TYPE_CHECKING:
    from nnstudio.ui.neurons.view import NeuronView


class Pointer(QObject):
    """Turns presses and moves into hits and gestures; one gesture at a time."""

    def __init__(self, view: "NeuronView") -> None:
        super().__init__(view)
        self._view = view
        self.gesture: Gesture | None = None
        self.knife = False
        self._pressed = NOTHING
        self._start = QPointF()
        self._over = QPointF()
        self._moved = False

    def press(self, event: QMouseEvent) -> None:
        """Start the gesture that fits the button and what lies under the mouse."""
        view, point = self._view, event.position()
        if self.gesture is not None:
            return
        self.leave()
        self._start, self._moved = point, False
        self._pressed = view.hit(point)
        button = event.button()
        if button == Qt.MouseButton.MiddleButton:
            self.gesture = Pan(view, point)
        elif button == Qt.MouseButton.RightButton or self.knife:
            self.gesture = Knife(view, point)
        elif button == Qt.MouseButton.LeftButton and self._pressed.neuron is not None:
            self.gesture = Wire(view, point, self._pressed.neuron)
        elif button == Qt.MouseButton.LeftButton and not self._pressed:
            self.gesture = Pan(view, point)

    def move(self, event: QMouseEvent) -> None:
        """Let the gesture follow, or say what the mouse points at."""
        point = event.position()
        far = (point - self._start).manhattanLength() >= QApplication.startDragDistance()
        if event.buttons() and far:
            self._moved = True
        if self.gesture is not None:
            if self._moved or isinstance(self.gesture, Knife):
                self.gesture.move(point)
        elif not event.buttons():
            self.hover(point)

    def release(self, event: QMouseEvent) -> None:
        """End the gesture, or click."""
        gesture, self.gesture = self.gesture, None
        if gesture is not None and (self._moved or isinstance(gesture, Wire)):
            gesture.end(event.position())
            return
        if gesture is not None:
            gesture.cancel()
        if event.button() == Qt.MouseButton.RightButton and not self.knife:
            self._view.open_menu(self._pressed, event.position().toPoint())
        elif event.button() == Qt.MouseButton.LeftButton and not self._moved:
            self._click(self._pressed, event.position())

    def cancel(self) -> bool:
        """Cancel the gesture under way; return whether there was one."""
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return False
        gesture.cancel()
        return True

    def hover(self, point: QPointF) -> None:
        """Mark and name what lies under the mouse."""
        self._over = point
        view, hit = self._view, self._view.hit(point)
        board = view.board
        if (board.hover, board.hover_neuron) != (hit.entry, hit.neuron):
            board.hover, board.hover_neuron = hit.entry, hit.neuron
            view.picture.repaint_marks()
        for id, header in view.picture.headers.items():
            part = hit.part if hit.group == id else ""
            if header.hovered != part:
                header.hovered = part
                header.update()
        view.show_cursor(hit)
        text = entry_text(board, hit.entry) if hit.entry is not None else ""
        if hit.neuron is not None:
            text = neuron_text(board, hit.neuron)
        if text:
            view.hint.show_text(text, point.toPoint())
        else:
            view.hint.hide()

    def renew(self) -> None:
        """Say again what the mouse points at: the numbers have changed."""
        if self._view.hint.isVisible() and self.gesture is None:
            self.hover(self._over)

    def leave(self) -> None:
        """Forget what the mouse pointed at."""
        self._view.hint.hide()
        board = self._view.board
        if board.hover is not None or board.hover_neuron is not None:
            board.hover = board.hover_neuron = None
            self._view.picture.repaint_marks()

    def _click(self, hit: Hit, point: QPointF) -> None:
        view = self._view
        if hit.part == "sample":
            view.commands.next_sample(hit.group)
        elif hit.part in ("less", "more"):
            view.deeds.resize(hit.group, 1 if hit.part == "more" else -1)
        elif hit.part == "title":
            view.choose(nodes=(hit.group,))
        elif hit.entry is not None:
            view.choose(entry=hit.entry)
            view.commands.edit_entry(hit.entry, point.toPoint())
        else:
            view.choose()
