"""NeuronView: the network as neurons and connections; hands mouse and keys on."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
)
from PySide6.QtWidgets import QFrame, QGraphicsView

from nnstudio.document.store import Store
from nnstudio.i18n import translate
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.canvas.camera import STEP, Camera
from nnstudio.ui.messages import Messages
from nnstudio.ui.neurons.bar import Bar
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.neurons.commands import Commands
from nnstudio.ui.neurons.deeds import Deeds
from nnstudio.ui.neurons.editor import Editor
from nnstudio.ui.neurons.events import EventView
from nnstudio.ui.neurons.follower import Follower
from nnstudio.ui.neurons.hint import Hint, entry_text, neuron_text
from nnstudio.ui.neurons.marks import margins_of
from nnstudio.ui.neurons.menu import menu_for
from nnstudio.ui.neurons.pointer import Pointer
from nnstudio.ui.neurons.scene import NOTHING, Hit, NeuronScene
from nnstudio.ui.selection import Entry, Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live
from nnstudio.ui.widgets.translated import Retranslating

SMALLEST, LARGEST = 0.1, 1.6


class NeuronView(Retranslating, EventView):
    """The same document as the canvas, one zoom deeper. `left` asks for the layer view."""

    live_interval = 1 / 12
    left = Signal()

    def __init__(
        self,
        *,
        store: Store,
        selection: Selection,
        themes: ThemeManager,
        live: Live,
        messages: Messages,
    ) -> None:
        super().__init__()
        self.store = store
        self.selection = selection
        self.themes = themes
        self.live = live
        self.messages = messages
        self.fitted = True
        self.board = Board(themes)
        self.deeds = Deeds(store, messages, self.board)
        self.camera = Camera(self, self.glides)
        self.camera.moved_by_user.connect(self._moved)
        self.picture = NeuronScene(self.board, self)
        self.setScene(self.picture)
        self._set_up()
        self.hint = Hint(self, themes)
        self.bar = Bar(self, themes)
        self.editor = Editor(self, themes)
        self.editor.complained.connect(messages.say)
        self.pointer = Pointer(self)
        self.commands = Commands(self)
        self.bar.mode_chosen.connect(self.commands.set_mode)
        self.bar.knife_chosen.connect(self._take_knife)
        self.follower = Follower(self)
        self.retranslate()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def close_view(self) -> None:
        """Stop listening; call it when the window closes."""
        self.pointer.cancel()
        self.camera.stop()
        self.follower.close()

    # ---- live view

    def wants(self) -> frozenset[str]:
        """The parts of a snapshot that are drawn here."""
        return frozenset({"weights", "signals", "maps"})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the numbers of a moment of training."""
        self.follower.take_snapshot(snapshot)

    # ---- what is seen

    def glides(self) -> bool:
        """Whether the camera moves smoothly."""
        return not self.themes.reduced_motion

    def fit(self, glide: bool = True) -> None:
        """Show the whole network."""
        content, zoom = self.picture.content(), 1.0
        for _ in range(2):  # the texts, and so the room for neurons, depend on the zoom
            free = self.free(zoom)
            zoom = min(free.width() / content.width(), free.height() / content.height())
            zoom = max(min(zoom, LARGEST), SMALLEST)
        away = QRectF(self.viewport().rect()).center() - free.center()
        go = self.camera.glide_to if glide else self.camera.look
        go(zoom, content.center() + away / zoom)
        self.fitted = True

    def free(self, zoom: float = 1.0) -> QRectF:
        """Return the part of the viewport that neurons may fill at a zoom, in pixels."""
        free = QRectF(self.viewport().rect()).marginsRemoved(margins_of(self.board, zoom))
        return free.united(QRectF(free.center(), QSizeF(80, 60)))

    def zoom_in(self) -> None:
        """Draw larger."""
        self.camera.zoom_by(STEP)

    def zoom_out(self) -> None:
        """Draw smaller."""
        self.camera.zoom_by(1 / STEP)

    def zoom_reset(self) -> None:
        """Draw at the normal size."""
        self.fitted = False
        self.camera.glide_to(1.0, self.camera.center)

    def view_state(self) -> dict[str, Any]:
        """Return where the camera is and what is shown, as plain values."""
        return {**self.camera.state(), "fitted": self.fitted, "mode": self.board.values.mode}

    def restore_view(self, state: object) -> None:
        """Take over what `view_state` gave; nonsense is ignored."""
        if isinstance(state, dict) and self.camera.restore(state):
            self.fitted = state.get("fitted") is True
            if state.get("mode") in ("weights", "signals"):
                self.commands.set_mode(state["mode"])

    def reveal(self, neuron: tuple[str, int]) -> None:
        """Move the paper so that a neuron is seen."""
        place = self.board.layout.places.get(neuron[0])
        centre = place.centre(neuron[1]) if place is not None else None
        if place is not None and centre is not None:
            reach = place.pitch
            box = QRectF(centre[0] - reach, centre[1] - reach, 2 * reach, 2 * reach)
            self.camera.reveal(box)

    def _moved(self) -> None:
        self.fitted = False

    def to_scene(self, point: QPointF) -> QPointF:
        """Return the scene point at a viewport point, unrounded."""
        middle = QPointF(self.viewport().width() / 2, self.viewport().height() / 2)
        return self.camera.center + (point - middle) / self.camera.scale

    def hit(self, point: QPointF) -> Hit:
        """Return what lies under a viewport point."""
        return self.picture.hit(self.to_scene(point), self.camera.scale)

    # ---- selection, commands the window calls

    def choose(
        self,
        *,
        nodes: Iterable[str] = (),
        neuron: tuple[str, int] | None = None,
        entry: Entry | None = None,
    ) -> None:
        """Select exactly this, and tell a screen reader."""
        self.store.seal()
        self.selection.select(nodes=nodes, neuron=neuron, entry=entry)
        text = ""
        if entry is not None:
            text = entry_text(self.board, entry)
        elif neuron is not None:
            text = neuron_text(self.board, neuron)
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def delete(self) -> None:
        """Cut the selected connection."""
        self.commands.delete()

    def select_incoming(self) -> None:
        """Select the next connection into the selected neuron."""
        self.commands.select_incoming()

    def select_outgoing(self) -> None:
        """Select the next connection out of the selected neuron."""
        self.commands.select_outgoing()

    def open_menu(self, hit: Hit, at: QPoint) -> None:
        """Open the menu of what lies under the mouse."""
        menu_for(self, hit).popup(self.viewport().mapToGlobal(at))

    def show_cursor(self, hit: Hit = NOTHING) -> None:
        """Show by the mouse pointer what a press would do."""
        shape = Qt.CursorShape.ArrowCursor
        if self.pointer.knife:
            shape = Qt.CursorShape.CrossCursor
        elif hit:
            shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    def _take_knife(self, on: bool) -> None:
        self.pointer.knife = on
        self.show_cursor()

    def retranslate(self) -> None:
        """Set every text again."""
        self.setAccessibleName(translate("Neurons", "Neuron view"))
        if not self.follower.behind:
            self.follower.take_structure()
