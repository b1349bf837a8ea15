"""The commands of the neuron view on what is selected; keys, menu and window call them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from nnstudio.i18n import translate
from nnstudio.ui.neurons import route
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.neurons.hint import entry_name
from nnstudio.ui.neurons.marks import spot_of
from nnstudio.ui.selection import Entry

if TYPE_CHECKING:
    from nnstudio.ui.neurons.view import NeuronView


class Commands:
    """Works on one view; its methods are named by `keys.py`."""

    def __init__(self, view: "NeuronView") -> None:
        self._view = view
        view.editor.typed.connect(view.deeds.set_value)
        view.editor.stepped.connect(self._step_in_field)
        view.editor.left.connect(self._field_left)
        view.editor.closed.connect(self._typing_over)

    @property
    def _board(self) -> Board:
        return self._view.board

    # ---- typing

    def edit_entry(self, entry: Entry, at: QPoint | None = None) -> None:
        """Open the field for a weight or bias, at a point or where it stands."""
        view = self._view
        held = self._board.values.weights.get(entry.weight)
        if held is None:
            return
        view.hint.hide()
        view.store.seal()
        if at is None:
            spot = spot_of(self._board, entry, view.camera.scale)
            at = view.mapFromScene(spot) if spot is not None else view.rect().center()
        self._board.typing = True
        view.editor.open(
            entry, entry_name(self._board.anatomy, entry), float(held[entry.index]), at
        )

    def edit_selected(self) -> None:
        """Type the selected number, or the bias of the selected neuron."""
        entry, neuron = self._view.selection.entry, self._view.selection.neuron
        if entry is None and neuron is not None:
            found = route.incoming(self._board, neuron)
            entry = found[-1] if found else None
        if entry is not None:
            self._view.choose(entry=entry)
            self.edit_entry(entry)

    def nudge(self, by: float) -> None:
        """Change the selected number a little."""
        if self._view.selection.entry is not None:
            self._view.deeds.nudge(self._view.selection.entry, by)

    def _typing_over(self) -> None:
        self._board.typing = False
        self._view.picture.repaint_marks()

    def _step_in_field(self, entry: Entry, by: float) -> None:
        value = self._view.deeds.nudge(entry, by)
        if value is not None:
            self._view.editor.set_value(value)

    def _field_left(self, entry: Entry, how: str) -> None:
        self._view.store.seal()
        if how == "leave":
            return
        if how in ("next", "previous"):
            following = route.next_entry(self._board, entry, 1 if how == "next" else -1)
            if following is not None:
                self._view.choose(entry=following)
                self.edit_entry(following)

    # ---- going about

    def walk(self, dx: int, dy: int) -> None:
        """Go to the neuron beside the selected one, or to an end of the selected connection."""
        selection = self._view.selection
        at = selection.neuron
        if selection.entry is not None:
            first, last = route.ends(self._board, selection.entry)
            target = (first or last) if dx < 0 else last
        else:
            target = route.walk(self._board, at, dx, dy)
        if target is not None:
            self._view.choose(neuron=target)
            self._view.reveal(target)

    def walk_in_order(self, step: int) -> bool:
        """Go to the next neuron in reading order; False past the ends."""
        every = route.neurons_in_order(self._board)
        at = self._view.selection.neuron
        place = every.index(at) + step if at in every else (0 if step > 0 else len(every) - 1)
        if not 0 <= place < len(every):
            return False
        self._view.choose(neuron=every[place])
        self._view.reveal(every[place])
        return True

    def select_incoming(self) -> None:
        """Select the next of the connections into the selected neuron."""
        self._cycle(route.incoming, 1)

    def select_outgoing(self) -> None:
        """Select the next of the connections out of the selected neuron."""
        self._cycle(route.outgoing, 0)

    def _cycle(self, listed: Callable[[Board, route.Neuron], list[Entry]], end: int) -> None:
        entry, neuron = self._view.selection.entry, self._view.selection.neuron
        if entry is not None:
            first, last = route.ends(self._board, entry)
            neuron = (first, last)[end] or last
        found = listed(self._board, neuron) if neuron is not None else []
        if found:
            place = found.index(entry) + 1 if entry in found else 0
            self._view.choose(entry=found[place % len(found)])

    # ---- changing

    def delete(self) -> None:
        """Cut the selected connection, or wire it again."""
        if self._view.selection.entry is not None:
            self._view.deeds.toggle_connection(self._view.selection.entry)
        elif self._view.selection.neuron is not None:
            self._view.messages.say(translate("Neurons", "The key O switches this neuron off."))

    def switch_neuron(self) -> None:
        """Switch the selected neuron off or on."""
        if self._view.selection.neuron is not None:
            self._view.deeds.switch(self._view.selection.neuron)

    def toggle_lock(self) -> None:
        """Lock or unlock what is selected."""
        selection = self._view.selection
        if not selection.empty:
            self._view.deeds.lock(selection.entry, selection.neuron, selection.nodes)

    def add_neuron(self) -> None:
        """Add a neuron to the selected layer."""
        self._resize(1)

    def remove_neuron(self) -> None:
        """Take the last neuron of the selected layer away."""
        self._resize(-1)

    def _resize(self, by: int) -> None:
        home = self._board.anatomy.home.get(self._view.selection.single or "", "")
        group = self._board.anatomy.groups.get(home)
        if group is not None and group.dense:
            self._view.deeds.resize(group.id, by)

    # ---- modes

    def set_mode(self, mode: str) -> None:
        """Let the width of lines mean "weights" or "signals"."""
        self._board.values.mode = mode
        self._view.bar.set_mode(mode)
        self._view.follower.refresh()

    def toggle_mode(self) -> None:
        """Change between weights and signals."""
        self.set_mode("signals" if self._board.values.mode == "weights" else "weights")

    def toggle_knife(self) -> None:
        """Take the knife or put it away."""
        self._view.bar.knife.toggle()

    def next_sample(self, group: str) -> None:
        """Show the next neurons of a large layer."""
        self._board.pages[group] = self._board.pages.get(group, 0) + 1
        self._board.place()
        self._view.picture.rebuild()

    def escape(self) -> None:
        """End the gesture, else put the knife away, else deselect, else leave."""
        if self._view.pointer.cancel():
            return
        if self._view.pointer.knife:
            self.toggle_knife()
        elif not self._view.selection.empty:
            self._view.choose()
        else:
            self._view.left.emit()
