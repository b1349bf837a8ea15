"""What every gesture has: a start, moves, an end, and a way to be cancelled without a trace."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView

Modifiers = Qt.KeyboardModifier
THRESHOLD = 4  # pixels the mouse may tremble during a click


class Gesture:
    """Owns the mouse from press to release. Only `end` may change the document."""

    cursor: Qt.CursorShape | None = None
    pans_at_edges = False

    def __init__(self, canvas: "CanvasView") -> None:
        self.canvas = canvas
        self.scene = canvas.canvas_scene
        self.pressed_at = QPoint()
        self.pressed_with = Modifiers.NoModifier
        self.moved = False
        self.editing = False  # while the gesture itself changes the document

    def start(self, at: QPoint, modifiers: Modifiers) -> None:
        """Begin at a viewport point."""
        self.pressed_at = at
        self.pressed_with = modifiers

    def move(self, at: QPoint, modifiers: Modifiers) -> None:
        """Follow the mouse; `drag` is called once it has left the place of the press."""
        if not self.moved and (at - self.pressed_at).manhattanLength() < THRESHOLD:
            return
        first, self.moved = not self.moved, True
        if first:
            self.begin_drag(modifiers | self.pressed_with)
        self.drag(at, modifiers)

    def end(self, at: QPoint, modifiers: Modifiers) -> None:
        """Finish: a drop after a drag, else a click."""
        if self.moved:
            self.drop(at, modifiers)
        else:
            self.click(at, modifiers)

    def begin_drag(self, modifiers: Modifiers) -> None:
        """Prepare for dragging."""

    def drag(self, at: QPoint, modifiers: Modifiers) -> None:
        """Show where the drag stands."""

    def drop(self, at: QPoint, modifiers: Modifiers) -> None:
        """Do what the drag meant."""

    def click(self, at: QPoint, modifiers: Modifiers) -> None:
        """Do what a press without a drag means."""

    def cancel(self) -> None:
        """Leave everything as it was at the start."""

    def scene_point(self, at: QPoint) -> QPointF:
        """Return the scene point under a viewport point."""
        return self.canvas.mapToScene(at)


def extends(modifiers: Modifiers) -> bool:
    """Tell whether a click adds to the selection."""
    return bool(modifiers & (Modifiers.ControlModifier | Modifiers.ShiftModifier))
