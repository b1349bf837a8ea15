"""The keys of the neuron view; the same letters in Hangul mode."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from nnstudio.ui.canvas.keys import ARROWS, letter_of
from nnstudio.ui.neurons.editor import step_of

Key, Held = Qt.Key, Qt.KeyboardModifier
LETTERS = {
    "O": "switch_neuron",
    "L": "toggle_lock",
    "K": "toggle_knife",
    "M": "toggle_mode",
}
PLAIN = {
    Key.Key_Return: "edit_selected",
    Key.Key_Enter: "edit_selected",
    Key.Key_F2: "edit_selected",
    Key.Key_Delete: "delete",
    Key.Key_Backspace: "delete",
    Key.Key_BracketLeft: "select_incoming",
    Key.Key_BracketRight: "select_outgoing",
    Key.Key_Plus: "add_neuron",
    Key.Key_Equal: "add_neuron",
    Key.Key_Minus: "remove_neuron",
    Key.Key_Escape: "escape",
}


def command(event: QKeyEvent) -> str:
    """Return the name of the view's method a key asks for, or nothing."""
    if event.modifiers() & (Held.ControlModifier | Held.AltModifier | Held.MetaModifier):
        return ""
    found = PLAIN.get(Key(event.key()), "")
    if found or event.modifiers() & Held.ShiftModifier:
        return found
    return LETTERS.get(letter_of(event), "")


def arrow(event: QKeyEvent) -> tuple[int, int] | None:
    """Return the direction of an arrow key."""
    if event.modifiers() & (Held.ControlModifier | Held.MetaModifier):
        return None
    return ARROWS.get(Key(event.key()))


def nudge(event: QKeyEvent) -> float:
    """Return how far an arrow key moves the selected number; 0 for other keys."""
    sign = {Key.Key_Up: 1, Key.Key_Down: -1}.get(Key(event.key()), 0)
    return sign * step_of(event)
