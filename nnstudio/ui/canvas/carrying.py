"""Pieces carried in from outside: one drag is one PieceDrop."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint

from nnstudio.ui.canvas.gestures.drop import PieceDrop, layer_of

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView


class Carrying:
    """Holds the piece that is over the canvas, if any."""

    def __init__(self, canvas: "CanvasView") -> None:
        self._canvas = canvas
        self._piece: PieceDrop | None = None

    def enter(self, mime: QMimeData, at: QPoint) -> bool:
        """Take up a drag; return False when it carries no piece."""
        self.leave()
        layer = layer_of(mime)
        if layer is not None:
            self._canvas.leave_view()
            self._piece = PieceDrop(self._canvas, layer)
            self._piece.move(at)
        return layer is not None

    def move(self, at: QPoint) -> bool:
        """Follow the mouse; return whether a piece is held."""
        if self._piece is not None:
            self._piece.move(at)
        return self._piece is not None

    def drop(self, at: QPoint) -> bool:
        """Put the piece down; return whether there was one."""
        piece, self._piece = self._piece, None
        if piece is None:
            return False
        self._canvas.activateWindow()
        self._canvas.setFocus()
        piece.move(at)
        piece.drop(at)
        return True

    def leave(self) -> None:
        """The piece is carried away."""
        if self._piece is not None:
            self._piece.leave()
            self._piece = None
