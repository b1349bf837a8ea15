"""The mouse on the canvas: which gesture a press starts, and what lights up under it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from nnstudio.engine.graph import Wire
from nnstudio.ui.canvas.gestures.band import RubberBand
from nnstudio.ui.canvas.gestures.body import PressWire
from nnstudio.ui.canvas.gestures.gesture import Gesture
from nnstudio.ui.canvas.gestures.move import MoveItems
from nnstudio.ui.canvas.gestures.pan import Pan
from nnstudio.ui.canvas.gestures.wire import PullWire
from nnstudio.ui.canvas.scene import PortHit

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView

EDGE, EDGE_STEP, EDGE_MS = 26, 14, 30
Buttons = Qt.MouseButton


class Pointer(QObject):
    """Holds the one gesture that owns the mouse."""

    def __init__(self, canvas: "CanvasView") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._scene = canvas.canvas_scene
        self.gesture: Gesture | None = None
        self._at = QPoint()
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._lit: tuple[str, str, Wire | None, str] = ("", "", None, "")
        self._edge = QTimer(self)
        self._edge.setInterval(EDGE_MS)
        self._edge.timeout.connect(self._pan_at_edge)

    def press(self, event: QMouseEvent) -> None:
        """Start the gesture that fits; a second button during one cancels it."""
        if self.gesture is not None:
            self.cancel()
            return
        self._canvas.inline.finish()
        self._canvas.menu.close_menu()
        at = event.position().toPoint()
        card = self._scene.badge_at(self._canvas.mapToScene(at))
        if card is not None and event.button() == Buttons.LeftButton:
            self._canvas.refusals.show_problem(card.id)
            return
        self._canvas.bubble.close_bubble()
        self.begin(self._gesture_for(event.button(), at), at, event.modifiers())

    def begin(self, gesture: Gesture | None, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Give the mouse to a gesture."""
        self.gesture = gesture
        if gesture is not None:
            self._unlight()
            gesture.start(at, modifiers)

    def move(self, event: QMouseEvent) -> None:
        """Pass a movement to the gesture, or show what is under the mouse."""
        self._at, self._modifiers = event.position().toPoint(), event.modifiers()
        if self.gesture is None:
            self._hover(self._canvas.mapToScene(self._at))
            return
        self.gesture.move(self._at, self._modifiers)
        if self.gesture is not None and self.gesture.pans_at_edges and self.gesture.moved:
            self._mind_edges()

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        gesture, self.gesture = self.gesture, None
        self._edge.stop()
        if gesture is not None:
            gesture.end(event.position().toPoint(), event.modifiers())

    def cancel(self) -> bool:
        """Cancel the gesture; return whether there was one."""
        gesture, self.gesture = self.gesture, None
        self._edge.stop()
        if gesture is not None:
            gesture.cancel()
        return gesture is not None

    def mind_change(self) -> None:
        """The network has changed: a gesture that didn't do it can't go on."""
        if self.gesture is not None and not self.gesture.editing:
            self.cancel()

    def double(self, event: QMouseEvent) -> None:
        """Rename a card, edit a note, or open the menu of pieces."""
        at = event.position().toPoint()
        point = self._canvas.mapToScene(at)
        card, note = self._scene.card_at(point), self._scene.note_at(point)
        if event.button() != Buttons.LeftButton:
            self.press(event)
        elif card is not None:
            self._canvas.select((card.id,))
            self._canvas.rename()
        elif note is not None:
            self._canvas.notes.edit(note.id)
        else:
            wire = self._scene.wire_at(point)
            self._canvas.select(wires=(wire.wire,) if wire is not None else ())
            self._canvas.add_menu(at)

    def tip_at(self, at: QPoint) -> str:
        """Return the words of the tooltip at a viewport point."""
        card = self._scene.card_at(self._canvas.mapToScene(at))
        return card.face.sentence if card is not None else ""

    def leave(self) -> None:
        """The mouse has left the canvas."""
        self._unlight()

    def _gesture_for(self, button: Qt.MouseButton, at: QPoint) -> Gesture | None:
        canvas, scene = self._canvas, self._scene
        if button in (Buttons.MiddleButton, Buttons.RightButton):
            return Pan(canvas, menu=button == Buttons.RightButton)
        if button != Buttons.LeftButton:
            return None
        point = canvas.mapToScene(at)
        port = scene.port_at(point, canvas.hit_radius())
        if port is not None:
            return self._pull(port)
        item = scene.card_at(point) or scene.note_at(point)
        if item is not None:
            return MoveItems(canvas, item)
        wire = scene.wire_at(point)
        return PressWire(canvas, wire) if wire is not None else RubberBand(canvas)

    def _pull(self, port: PortHit) -> Gesture:
        """An output or a free input starts a wire; a wired input gives its wire's end."""
        if port.wire is not None:
            return PullWire(self._canvas, PortHit(port.wire.source, "out"), port.wire)
        return PullWire(self._canvas, port)

    def _hover(self, point: QPointF) -> None:
        scene = self._scene
        port = scene.port_at(point, self._canvas.hit_radius())
        card = scene.card_at(point) if port is None else None
        note = scene.note_at(point) if port is None and card is None else None
        wire = scene.wire_at(point) if port is None and card is None and note is None else None
        lit = (
            port.node if port is not None else card.id if card is not None else "",
            port.key if port is not None else "",
            wire.wire if wire is not None else None,
            note.id if note is not None else "",
        )
        if lit != self._lit:
            self._unlight()
            self._light(lit)
        badge = scene.badge_at(point) is not None
        shape = Qt.CursorShape.ArrowCursor
        if port is not None:
            shape = Qt.CursorShape.CrossCursor
        elif badge:
            shape = Qt.CursorShape.PointingHandCursor
        if self._canvas.viewport().cursor().shape() != shape:
            self._canvas.viewport().setCursor(shape)

    def _light(self, lit: tuple[str, str, Wire | None, str]) -> None:
        self._lit = lit
        node, port, wire, note = lit
        if node in self._scene.cards:
            self._scene.cards[node].change(hovered=not port, hovered_port=port)
        if wire in self._scene.wires:
            self._scene.wires[wire].change(hovered=True)
        if note in self._scene.notes:
            self._scene.notes[note].change(hovered=True)

    def _unlight(self) -> None:
        node, _, wire, note = self._lit
        self._lit = ("", "", None, "")
        if node in self._scene.cards:
            self._scene.cards[node].change(hovered=False, hovered_port="")
        if wire in self._scene.wires:
            self._scene.wires[wire].change(hovered=False)
        if note in self._scene.notes:
            self._scene.notes[note].change(hovered=False)

    def _mind_edges(self) -> None:
        inner = self._canvas.viewport().rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        if inner.contains(self._at):
            self._edge.stop()
        elif not self._edge.isActive():
            self._edge.start()

    def _pan_at_edge(self) -> None:
        if self.gesture is None:
            self._edge.stop()
            return
        view, at = self._canvas.viewport().rect(), self._at
        dx = EDGE_STEP * ((at.x() < EDGE) - (at.x() > view.right() - EDGE))
        dy = EDGE_STEP * ((at.y() < EDGE) - (at.y() > view.bottom() - EDGE))
        self._canvas.camera.pan(dx, dy)
        self.gesture.move(at, self._modifiers)
