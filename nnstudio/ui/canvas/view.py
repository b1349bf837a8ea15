"""CanvasView: the network as cards; hands mouse and keys to gestures, commands to their rooms."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from nnstudio.document import edits
from nnstudio.document.diff import Changes
from nnstudio.document.store import Store
from nnstudio.engine.graph import Wire
from nnstudio.i18n import translate
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.attempt import attempt
from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.add_menu import AddMenu
from nnstudio.ui.canvas.adding import Adding
from nnstudio.ui.canvas.arranging import Arranging
from nnstudio.ui.canvas.bubble import Bubble
from nnstudio.ui.canvas.camera import STEP
from nnstudio.ui.canvas.carrying import Carrying
from nnstudio.ui.canvas.clipboard import CanvasClipboard
from nnstudio.ui.canvas.empty import EmptyHint
from nnstudio.ui.canvas.events import EventView
from nnstudio.ui.canvas.gestures.keys import KeyConnect
from nnstudio.ui.canvas.inline import InlineEditor
from nnstudio.ui.canvas.menus import Menus
from nnstudio.ui.canvas.notes import Notes
from nnstudio.ui.canvas.opening import Opening
from nnstudio.ui.canvas.pointer import Pointer
from nnstudio.ui.canvas.refusals import Refusals
from nnstudio.ui.canvas.scene import CanvasScene
from nnstudio.ui.canvas.selecting import Selecting
from nnstudio.ui.canvas.signals import Signals
from nnstudio.ui.canvas.sync import Sync
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live


class CanvasView(EventView):
    """Cards, wires and notes of the store's project, edited in place."""

    def __init__(
        self,
        *,
        store: Store,
        selection: Selection,
        themes: ThemeManager,
        live: Live,
        messages: Messages,
    ) -> None:
        super().__init__(CanvasScene(themes.theme))
        self.store, self.selection, self.themes = store, selection, themes
        self.live, self.messages = live, messages
        self.selecting = Selecting(self)
        self.signals = Signals(self.canvas_scene, self)
        self.sync = Sync(self.canvas_scene, store, self._synced)
        self.bubble = Bubble(self)
        self.inline = InlineEditor(self)
        self.menu = AddMenu(self)
        self.pointer = Pointer(self)
        self.carrying = Carrying(self)
        self.refusals = Refusals(self)
        self.opening = Opening(self)
        self.adding = Adding(self)
        self.arranging = Arranging(self)
        self.clipboard = CanvasClipboard(self)
        self.notes = Notes(self)
        self.menus = Menus(self)
        self.empty = EmptyHint(self)
        self._connect()
        self.retranslate()
        self._restyle()

    def close_view(self) -> None:
        """Stop listening; call it when the window closes."""
        self.leave_view()
        self.sync.close()
        self.live.unregister(self)
        self.camera.stop()

    def leave_view(self) -> None:
        """End whatever is going on here: another view comes to the front."""
        self.pointer.cancel()
        self.inline.finish()
        self.menu.close_menu(refocus=False)
        self.bubble.close_bubble()
        self.refusals.stop()

    def _connect(self) -> None:
        self.themes.changed.connect(self._restyle)
        self.camera.changed.connect(self.bubble.follow)
        self.camera.changed.connect(self.inline.follow)
        self.live.stateChanged.connect(lambda state: self.signals.set_running(state == "running"))
        self.signals.set_running(self.live.state == "running")
        self.live.register(self)

    # ---- what is selected

    @property
    def selected_notes(self) -> frozenset[str]:
        """Ids of the selected notes."""
        return self.selecting.notes

    def select(
        self, nodes: Iterable[str] = (), wires: Iterable[Wire] = (), notes: Iterable[str] = ()
    ) -> None:
        """Select exactly these layers, wires and notes."""
        self.selecting.select(nodes, wires, notes)

    def select_all(self) -> None:
        """Select every layer and note."""
        self.selecting.all()

    def select_incoming(self) -> None:
        """Select what leads into the selection."""
        self.selecting.incoming()

    def select_outgoing(self) -> None:
        """Select what the selection leads to."""
        self.selecting.outgoing()

    # ---- commands

    def attempt(self, label: str, edit: Callable[..., Any], *arguments: Any, **named: Any) -> bool:
        """Make an edit as one undo step; show why when it is refused."""
        return attempt(self.messages, self.store.apply, label, edit, *arguments, **named)

    def add_kind(self, kind: str) -> None:
        """Add a piece after the selection."""
        self.adding.add_kind(kind)

    def add_menu(self, at: QPoint | None = None) -> None:
        """Open the type-to-search menu at a viewport point, the selection, or the middle."""
        self.opening.everything(at)

    def rename(self) -> None:
        """Edit the name of the selected layer, or the selected note."""
        id = self.selection.single
        card = self.canvas_scene.cards.get(id or "")
        if card is not None:
            rect = QRectF(44, 8, g.CARD_WIDTH - 50, 24).translated(card.pos())
            self.inline.edit_line(rect, card.face.title, lambda text: self._renamed(card.id, text))
        elif len(self.selected_notes) == 1:
            self.notes.edit(next(iter(self.selected_notes)))

    def connect_by_keys(self) -> None:
        """Start to draw a wire from the selected layer by Tab and Enter."""
        id = self.selection.single
        card = self.canvas_scene.cards.get(id or "")
        if card is not None and card.face.has_output:
            gesture = KeyConnect(self, card.id)
            if gesture.begin():
                self.pointer.gesture = gesture

    def cut(self) -> None:
        self.clipboard.cut()

    def copy(self) -> None:
        self.clipboard.copy()

    def paste(self) -> None:
        self.clipboard.paste()

    def duplicate(self) -> None:
        self.clipboard.duplicate()

    def delete(self) -> None:
        self.clipboard.delete()

    def tidy(self) -> None:
        self.arranging.tidy()

    def undo(self) -> None:
        self.store.undo()

    def redo(self) -> None:
        self.store.redo()

    def fit(self) -> None:
        """Show everything."""
        self.camera.fit(self.canvas_scene.content())
        self._fitted = True

    def zoom_in(self) -> None:
        self.camera.zoom_by(STEP)

    def zoom_out(self) -> None:
        self.camera.zoom_by(1 / STEP)

    def zoom_reset(self) -> None:
        """Draw cards at their normal size."""
        self.camera.glide_to(1.0, self.camera.center)

    def view_state(self) -> dict[str, Any]:
        """Return where the camera is, as plain values."""
        return {**self.camera.state(), "fitted": self._fitted}

    def restore_view(self, state: object) -> None:
        """Take over what `view_state` gave; nonsense is ignored."""
        if isinstance(state, dict) and self.camera.restore(state):
            self._fitted = state.get("fitted") is True
            if self._fitted:
                self.fit_at_once()

    # ---- places and words

    def selected_frame(self) -> QRectF | None:
        """Where the one selected card stands."""
        card = self.canvas_scene.cards.get(self.selection.single or "")
        return card.frame if card is not None else None

    def hit_radius(self) -> float:
        """How far a port reaches for the mouse, in scene units."""
        return min(g.HIT_PIXELS / 2 / self.camera.scale, g.HIT_LIMIT)

    def placed_content(self) -> QRectF:
        """Where all cards are going to stand, also while they still move."""
        bounds = QRectF()
        for id in self.store.project.graph.by_id:
            bounds = bounds.united(self.frame_of(id))
        return bounds

    def frame_of(self, id: str) -> QRectF:
        """Where a card stands or is going to stand."""
        return g.CARD.translated(QPointF(*self.store.project.places.get(id, (0.0, 0.0))))

    def title_of(self, id: str) -> str:
        """What a card is called."""
        return self.canvas_scene.cards[id].face.title

    def announce(self, text: str) -> None:
        """Tell a screen reader."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def announce_wire(self, source: str, target: str) -> None:
        """Tell a screen reader about a new wire."""
        text = translate("Canvas", "{source} connected to {target}")
        self.announce(text.format(source=self.title_of(source), target=self.title_of(target)))

    def say_at(self, text: str, place: QPointF) -> None:
        """Say something at a scene point until the gesture goes on."""
        self.bubble.show_reason(text, place, tone="plain")
        self.announce(text)

    # ---- live

    def wants(self) -> frozenset[str]:
        """The parts of a snapshot this view shows."""
        return frozenset({"signals"})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the signals of the current example."""
        self.signals.show(snapshot.signals)

    def retranslate(self) -> None:
        """Set every text again."""
        self.setAccessibleName(translate("Canvas", "Network"))
        self.setAccessibleDescription(
            translate("Canvas", "Layers as cards. Tab walks through them, A adds one.")
        )
        self.menu.close_menu(refocus=False)
        self.bubble.close_bubble()
        self.sync.refresh()

    def _renamed(self, id: str, text: str) -> None:
        if id in self.canvas_scene.cards and text.strip() != self.title_of(id):
            self.attempt(translate("Canvas", "Rename"), edits.rename, id, text)

    def _synced(self, changes: Changes | None) -> None:
        if changes is not None and (changes.all or changes.structure or changes.moved):
            self.pointer.mind_change()
        self.selecting.show()
        self.empty.refresh()
        if changes is not None and changes.all:
            self.fit_at_once()

    def _restyle(self) -> None:
        self.canvas_scene.set_theme(self.themes.theme)
        self.bubble.set_theme(self.themes.theme)
        self.inline.set_theme(self.themes.theme)
        self.signals.still = self.themes.reduced_motion
        self.canvas_scene.stage.scale = self.themes.scale
        self.camera.set_base(self.themes.scale)
        if self._fitted:
            self.fit_at_once()
        self.resetCachedContent()
