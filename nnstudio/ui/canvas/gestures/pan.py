"""Moving the paper under the window: middle or right button."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt

from nnstudio.ui.canvas.gestures.gesture import Gesture, Modifiers

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView


class Pan(Gesture):
    """Drags the view along; a right click without a drag opens the menu of what is there."""

    def __init__(self, canvas: "CanvasView", menu: bool) -> None:
        super().__init__(canvas)
        self._menu = menu
        self._last = QPoint()
        self._way = QPoint()

    def start(self, at: QPoint, modifiers: Modifiers) -> None:
        super().start(at, modifiers)
        self._last = at

    def begin_drag(self, modifiers: Modifiers) -> None:
        self.canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def drag(self, at: QPoint, modifiers: Modifiers) -> None:
        step = at - self._last
        self._last = at
        self._way += step
        self.canvas.camera.pan(step.x(), step.y())

    def drop(self, at: QPoint, modifiers: Modifiers) -> None:
        self.canvas.viewport().unsetCursor()

    def click(self, at: QPoint, modifiers: Modifiers) -> None:
        if self._menu:
            self.canvas.opening.context_menu(at)

    def cancel(self) -> None:
        self.canvas.viewport().unsetCursor()
        self.canvas.camera.pan(-self._way.x(), -self._way.y())
