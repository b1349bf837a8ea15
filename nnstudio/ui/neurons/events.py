"""How Qt's events reach the neuron view's pointer, keys and camera."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView

from nnstudio.ui.canvas.camera import STEP, Camera
from nnstudio.ui.neurons import keys

if TYPE_CHECKING:
    from nnstudio.ui.neurons.bar import Bar
    from nnstudio.ui.neurons.commands import Commands
    from nnstudio.ui.neurons.follower import Follower
    from nnstudio.ui.neurons.pointer import Pointer
    from nnstudio.ui.selection import Selection

NOTCH = 120.0
PAN_SHARE = 0.7


class EventView(QGraphicsView):
    """Hands events on; what they do is in the rooms it names."""

    bar: "Bar"
    camera: Camera
    commands: "Commands"
    follower: "Follower"
    pointer: "Pointer"
    selection: "Selection"
    fitted: bool

    def fit(self, glide: bool = True) -> None:
        """Show the whole network."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            arrow = keys.arrow(event)
            name = keys.command(event)
            if name == "edit_selected" and not (self.selection.entry or self.selection.neuron):
                return super().event(event)
            if name not in ("", "escape") or arrow is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name, arrow = keys.command(event), keys.arrow(event)
        if name:
            getattr(self.commands, name)()
        elif arrow is not None and self.selection.entry is not None and arrow[1]:
            self.commands.nudge(keys.nudge(event))
        elif arrow is not None:
            self.commands.walk(*arrow)
        else:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the neurons in reading order and leaves after the last."""
        if self.hasFocus() and self.commands.walk_in_order(1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.press(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointer.leave()
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = STEP ** (event.angleDelta().y() / NOTCH)
            self.camera.zoom_by(factor, event.position())
        else:
            moved = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
            self.camera.pan(moved.x() * PAN_SHARE, moved.y() * PAN_SHARE)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.camera.zoom_by(1 + event.value(), event.position())
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()  # the right button cuts; its click opens the menu on release

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.fit()
        if self.fitted and not self.follower.behind:
            self.follower.take_shape()
            self.fit(glide=False)
        else:
            self.camera.apply()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follower.catch_up()
