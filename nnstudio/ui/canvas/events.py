"""EventView: passes Qt's events on: mouse to the pointer, keys to commands, wheel to the camera."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGestureEvent, QGraphicsView, QPinchGesture, QToolTip

from nnstudio.ui.canvas.camera import Camera
from nnstudio.ui.canvas.gestures.keys import KeyConnect
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.canvas.keys import arrow, command
from nnstudio.ui.canvas.scene import CanvasScene
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating

if TYPE_CHECKING:
    from nnstudio.ui.canvas.arranging import Arranging
    from nnstudio.ui.canvas.bubble import Bubble
    from nnstudio.ui.canvas.carrying import Carrying
    from nnstudio.ui.canvas.empty import EmptyHint
    from nnstudio.ui.canvas.opening import Opening
    from nnstudio.ui.canvas.pointer import Pointer
    from nnstudio.ui.canvas.selecting import Selecting
    from nnstudio.ui.canvas.signals import Signals

WHEEL_STEP = 1.0015  # zoom factor per eighth of a degree of the wheel


class EventView(Retranslating, QGraphicsView):
    """A view without scroll bars that owns its mouse; CanvasView puts in the rooms it asks."""

    arranging: "Arranging"
    bubble: "Bubble"
    carrying: "Carrying"
    empty: "EmptyHint"
    opening: "Opening"
    pointer: "Pointer"
    selecting: "Selecting"
    signals: "Signals"
    themes: ThemeManager

    def __init__(self, scene: CanvasScene) -> None:
        super().__init__(scene)
        scene.setParent(self)
        self.canvas_scene = scene
        self.camera = Camera(self, self.glides)
        self._fitted = True
        self._tabbing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setRenderHints(paint.HINTS)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.setMinimumSize(120, 90)
        self.camera.moved_by_user.connect(self._leave_fit)

    def fit_at_once(self) -> None:
        """Show everything, also after a change of size, until the user looks elsewhere."""
        self.camera.fit(self.canvas_scene.content(), at_once=True)
        self._fitted = True

    def keep_in_sight(self, frame: QRectF, content: QRectF) -> None:
        """See to it that a new card is seen; while all is shown, go on showing all."""
        seen = self.mapToScene(self.viewport().rect()).boundingRect()
        if not self._fitted:
            self.camera.reveal(frame)
        elif not seen.contains(content):
            self.camera.fit(content)

    def glides(self) -> bool:
        """Whether movements are shown."""
        return self.isVisible() and not self.themes.reduced_motion

    # ---- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.double(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointer.leave()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button is the pointer's; the menu key opens the menu at the selection."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.opening.context_menu()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl; the point under the mouse stays."""
        degrees, pixels = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.camera.zoom_by(WHEEL_STEP ** degrees.y(), event.position())
        else:
            way = pixels if not pixels.isNull() else degrees / 2
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not way.x():
                way = QPoint(way.y(), 0)
            self.camera.pan(way.x(), way.y())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.camera.zoom_by(1.0 + event.value(), event.position())
                return True
        elif event.type() == QEvent.Type.Gesture and isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                center = self.viewport().mapFromGlobal(pinch.centerPoint().toPoint())
                self.camera.zoom_by(pinch.scaleFactor(), QPointF(center))
            return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.pointer.tip_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    # ---- pieces from outside

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(self.carrying.enter(event.mimeData(), event.position().toPoint()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setAccepted(self.carrying.move(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.carrying.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setAccepted(self.carrying.drop(event.position().toPoint()))

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        gesture = self.pointer.gesture
        if key == Qt.Key.Key_Escape:
            self._escape()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(gesture, KeyConnect):
            self.pointer.gesture = None
            gesture.finish()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.bubble.can_mend:
            self.bubble.mend()
        elif (way := arrow(event)) is not None:
            self.arranging.nudge(*way)
        elif name := command(event):
            getattr(self, name)()
        else:
            event.ignore()
            return
        event.accept()

    def event(self, event: QEvent) -> bool:
        self._tabbing = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        try:
            return super().event(event)
        finally:
            self._tabbing = False

    def focusNextPrevChild(self, next: bool) -> bool:
        gesture = self.pointer.gesture
        if isinstance(gesture, KeyConnect):
            gesture.step(1 if next else -1)
            return True
        # also asked when the canvas or a field over it is hidden: only Tab is a step
        return (self._tabbing and self.selecting.walk(next)) or super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            self.pointer.cancel()
        super().focusOutEvent(event)

    # ---- size and sight

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty.refresh()
        if self._fitted:
            self.fit_at_once()
        else:
            self.camera.apply()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.signals.set_seen(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.signals.set_seen(False)

    def _escape(self) -> None:
        if self.pointer.cancel():
            return
        if self.bubble.isVisible():
            self.bubble.close_bubble()
        else:
            self.selecting.select()

    def _leave_fit(self) -> None:
        self._fitted = False
