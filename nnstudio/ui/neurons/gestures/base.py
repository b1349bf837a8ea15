"""What a gesture is to the view: it owns the mouse from start to end."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

if TYPE_CHECKING:
    from nnstudio.ui.neurons.view import NeuronView


class Gesture:
    """Points are in viewport pixels; exactly one of `end` and `cancel` comes last."""

    def __init__(self, view: "NeuronView", start: QPointF) -> None:
        self.view = view
        self.start = start

    def move(self, point: QPointF) -> None:
        """Follow the mouse."""

    def end(self, point: QPointF) -> None:
        """Do what the gesture was for."""

    def cancel(self) -> None:
        """Leave everything as it was."""
