"""Live signals on the canvas: values on the cards, dots on the wires; only while it is seen."""

from PySide6.QtCore import QObject, QTimer

from nnstudio.ui.canvas.scene import CanvasScene

FRAME_MS = 50


class Signals(QObject):
    """Hands snapshots to the stage and moves the dots while a run goes on."""

    def __init__(self, scene: CanvasScene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(scene.dots.advance_dots)
        self._seen = False
        self._running = False
        self.still = False  # reduced motion: dots stand

    def show(self, signals: object) -> None:
        """Show the signals of a snapshot: a mapping of node id to array, or None."""
        if signals is None:
            return
        stage = self._scene.stage
        stage.show(signals)  # type: ignore[arg-type]
        for card in self._scene.cards.values():
            card.update()
        self._scene.dots.refresh()

    def set_running(self, running: bool) -> None:
        """Let the dots run while a run does."""
        self._running = running
        self._settle()

    def set_seen(self, seen: bool) -> None:
        """Move nothing while nobody looks."""
        self._seen = seen
        self._settle()

    def _settle(self) -> None:
        moving = self._running and self._seen and not self.still
        self._scene.stage.moving = moving
        if moving and not self._timer.isActive():
            self._timer.start()
        elif not moving:
            self._timer.stop()
            self._scene.dots.update()
