"""What the neuron view does to the project, each as one undo step with messages."""

from collections.abc import Callable
from typing import Any

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.i18n import translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.messages import Messages
from nnstudio.ui.neurons import changes
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.selection import Entry


class Deeds:
    """Applies edits to the store; refusals go to the messages."""

    def __init__(self, store: Store, messages: Messages, board: Board) -> None:
        self._store = store
        self._messages = messages
        self._board = board

    def _apply(
        self, label: str, edit: Callable[..., Project], *arguments: Any, **named: Any
    ) -> bool:
        return attempt(self._messages, self._store.apply, label, edit, *arguments, **named)

    def set_value(self, entry: Entry, value: float) -> bool:
        """Type a weight or bias; a connection that was cut is wired again."""
        label = translate("Neurons", "Change a weight")
        if not changes.wired(self._store.project, entry):
            return self._apply(label, changes.revive, entry, value, half="both")
        self._store.seal()
        return self._apply(
            label, edits.set_weight, entry.weight, entry.index, value, half="weights"
        )

    def nudge(self, entry: Entry, by: float) -> float | None:
        """Change a weight a little; nudges in a row are one step. Return the new value."""
        if not changes.wired(self._store.project, entry):
            return None
        held = self._board.values.weights.get(entry.weight)
        if held is None:
            return None
        value = round(float(held[entry.index]) + by, 10)
        done = self._apply(
            translate("Neurons", "Nudge a weight"),
            edits.set_weight,
            entry.weight,
            entry.index,
            value,
            merge=f"nudge {entry.weight} {entry.index}",
            half="weights",
        )
        return value if done else None

    def toggle_connection(self, entry: Entry) -> bool:
        """Cut a connection or bias, or wire it again."""
        if changes.wired(self._store.project, entry):
            label = translate("Neurons", "Cut a connection")
        else:
            label = translate("Neurons", "Wire a connection")
        return self._apply(label, changes.toggle_entry, entry)

    def switch(self, neuron: tuple[str, int]) -> bool:
        """Switch a neuron off or on."""
        off = changes.is_off(self._store.project, self._board.anatomy, neuron)
        if off:
            label = translate("Neurons", "Switch a neuron on")
        else:
            label = translate("Neurons", "Switch a neuron off")
        return self._apply(label, changes.switch, self._board.anatomy, neuron)

    def lock(
        self, entry: Entry | None, neuron: tuple[str, int] | None, nodes: frozenset[str]
    ) -> bool:
        """Lock what is selected, or unlock it: a number, a neuron, or whole layers."""
        label = translate("Neurons", "Lock or unlock")
        if entry is not None:
            return self._apply(label, changes.lock_entry, entry, half="both")
        if neuron is not None:
            return self._apply(label, changes.lock_neuron, self._board.anatomy, neuron, half="both")
        homes = dict.fromkeys(self._board.anatomy.home.get(id, id) for id in sorted(nodes))
        return self._apply(label, changes.lock_layers, tuple(homes), half="both")

    def resize(self, group: str, by: int) -> bool:
        """Add a neuron to a layer or take the last one away."""
        if by > 0:
            label = translate("Neurons", "Add a neuron")
        else:
            label = translate("Neurons", "Remove a neuron")
        return self._apply(label, changes.resize, group, by, half="both")
