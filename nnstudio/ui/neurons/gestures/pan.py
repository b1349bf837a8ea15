"""Move the paper."""

from PySide6.QtCore import QPointF, Qt

from nnstudio.ui.neurons.gestures.base import Gesture


class Pan(Gesture):
    """Drag the empty ground."""

    def move(self, point: QPointF) -> None:
        self.view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.view.board.draft = True
        self.view.camera.pan(point.x() - self.start.x(), point.y() - self.start.y())
        self.start = point

    def end(self, point: QPointF) -> None:
        self.cancel()

    def cancel(self) -> None:
        self.view.board.draft = False
        self.view.show_cursor()
        self.view.viewport().update()
