"""Keeps the picture in step with the document, the run, the selection and the theme."""

from typing import TYPE_CHECKING

from nnstudio.document.diff import Changes
from nnstudio.document.project import Project
from nnstudio.training.snapshot import Snapshot

if TYPE_CHECKING:
    from nnstudio.ui.neurons.view import NeuronView


SAME_SHAPE = 0.06


class Follower:
    """Listens for one view; while the view is hidden it only remembers that it is behind."""

    def __init__(self, view: "NeuronView") -> None:
        self._view = view
        self._behind = True
        self._anew = True
        self._unsubscribe = view.store.subscribe(self._on_change)
        view.selection.changed.connect(self._on_selection)
        view.themes.changed.connect(self._on_theme)
        view.live.stateChanged.connect(self._on_state)
        view.live.register(view)

    def close(self) -> None:
        """Stop listening."""
        self._unsubscribe()
        self._view.live.unregister(self._view)
        self._view.selection.changed.disconnect(self._on_selection)
        self._view.themes.changed.disconnect(self._on_theme)
        self._view.live.stateChanged.disconnect(self._on_state)

    @property
    def behind(self) -> bool:
        """Whether the structure has not been drawn yet."""
        return self._behind

    def catch_up(self) -> None:
        """Draw the structure if it changed while the view was hidden."""
        if self._behind:
            self._behind = False
            self.take_structure(self._anew)

    def take_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the numbers of a moment, unless it belongs to another structure."""
        if not self._behind and self._fits(snapshot):
            values = self._view.board.values
            values.take_snapshot(snapshot, weights=self._view.live.state == "running")
            self.refresh()

    def _fits(self, snapshot: Snapshot) -> bool:
        now = self._view.store.project.graph.shapes
        return all(now.get(id) == shape for id, shape in snapshot.graph.shapes.items())

    def take_structure(self, anew: bool = False) -> None:
        """Draw another structure; `anew` when it is another project."""
        view, board = self._view, self._view.board
        if self._behind or not view.isVisible():
            self._behind = True
            self._anew = self._anew or anew
            return
        self._anew = False
        view.pointer.cancel()
        view.editor.close_editor()
        board.hover = board.hover_neuron = None
        before = board.layout.box
        board.values.forget()
        board.dissect(view.store.project)
        board.aspect = self._aspect()
        board.place()
        board.values.take_project(view.store.project)
        if not anew and view.live.snapshot is not None and self._fits(view.live.snapshot):
            board.values.take_snapshot(view.live.snapshot, weights=view.live.state == "running")
        self._read_selection()
        self._read_numbers()
        view.picture.rebuild()
        if anew or (view.fitted and board.layout.box != before):
            view.fit(glide=not anew)

    def take_shape(self) -> None:
        """Place the neurons for another shape of the window, if it is quite another."""
        board = self._view.board
        aspect = self._aspect()
        if abs(aspect / board.aspect - 1) > SAME_SHAPE:
            board.aspect = aspect
            board.place()
            self._view.picture.rebuild()

    def _aspect(self) -> float:
        free = self._view.free()
        return free.width() / free.height()

    def refresh(self) -> None:
        """Draw the present numbers."""
        if not self._behind:
            self._read_numbers()
            self._view.picture.refresh()
            self._view.pointer.renew()

    def _read_numbers(self) -> None:
        board = self._view.board
        board.values.rescale(board.anatomy)
        board.note_masks()
        self._view.bar.set_scale(board.values.limit, board.few)

    def _read_selection(self) -> None:
        board, selection = self._view.board, self._view.selection
        board.entry, board.neuron = selection.entry, selection.neuron
        board.nodes = selection.nodes

    def _on_change(self, changes: Changes, old: Project, new: Project) -> None:
        another = (
            changes.nodes_added or changes.nodes_removed or changes.nodes_changed
            or changes.wires_added or changes.wires_removed or changes.moved or changes.data
        )  # fmt: skip
        fitted = old.fitted is not new.fitted and old.fitted != new.fitted
        if changes.all or another or fitted:
            self.take_structure(changes.all)
        elif changes.weights or changes.masks:
            if self._view.live.state != "running":
                self._view.board.values.take_project(new)
            self._view.board.values.masks = new.masks
            self.refresh()

    def _on_selection(self) -> None:
        self._read_selection()
        editor = self._view.editor
        if editor.entry is not None and editor.entry != self._view.board.entry:
            editor.close_editor()
        self._view.picture.repaint_marks()

    def _on_theme(self) -> None:
        self._view.bar.set_theme()
        self.refresh()
        self._view.viewport().update()

    def _on_state(self, state: str) -> None:
        values = self._view.board.values
        values.held = state == "running"
        if state != "running":
            values.take_project(self._view.store.project)
        self.refresh()
