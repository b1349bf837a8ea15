"""The keys of the canvas, the same letters in Hangul mode.

The actions of the window come first; those they share with this table arrive here when the
actions are off, as they are while only notes are selected.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from nnstudio.ui.actions import HANGUL_KEYS

Key, Held = Qt.Key, Qt.KeyboardModifier
ARROWS: dict[int, tuple[int, int]] = {
    Key.Key_Left: (-1, 0),
    Key.Key_Right: (1, 0),
    Key.Key_Up: (0, -1),
    Key.Key_Down: (0, 1),
}
NUDGE = 10.0  # times as far with Shift
LATIN = {jamo: letter for letter, jamo in HANGUL_KEYS.items()}
COMMANDS = (
    # key, with Ctrl, with Shift, name of the method of the canvas
    ("A", False, False, "add_menu"),
    ("A", False, True, "tidy"),
    ("C", False, False, "connect_by_keys"),
    ("F", False, False, "fit"),
    ("D", True, False, "duplicate"),
)
STANDARD = (
    (QKeySequence.StandardKey.Copy, "copy"),
    (QKeySequence.StandardKey.Cut, "cut"),
    (QKeySequence.StandardKey.Paste, "paste"),
    (QKeySequence.StandardKey.SelectAll, "select_all"),
    (QKeySequence.StandardKey.ZoomIn, "zoom_in"),
    (QKeySequence.StandardKey.ZoomOut, "zoom_out"),
    (QKeySequence.StandardKey.Undo, "undo"),
    (QKeySequence.StandardKey.Redo, "redo"),
)


def command(event: QKeyEvent) -> str:
    """Return the name of the canvas method a key asks for, or nothing."""
    for standard, name in STANDARD:
        if event.matches(standard):
            return name
    key, held = event.key(), event.modifiers()
    plain = not held & (Held.ControlModifier | Held.AltModifier | Held.MetaModifier)
    if key in (Key.Key_Delete, Key.Key_Backspace) and plain:
        return "delete"
    if key == Key.Key_F2:
        return "rename"
    if held & Held.ControlModifier:
        if key == Key.Key_0:
            return "zoom_reset"
        if key == Key.Key_Equal:
            return "zoom_in"
    letter = letter_of(event)
    ctrl, shift = bool(held & Held.ControlModifier), bool(held & Held.ShiftModifier)
    if held & (Held.AltModifier | Held.MetaModifier):
        return ""
    for row, with_ctrl, with_shift, name in COMMANDS:
        if (letter, ctrl, shift) == (row, with_ctrl, with_shift):
            return name
    return ""


def arrow(event: QKeyEvent) -> tuple[float, float] | None:
    """Return how far an arrow key moves what is selected; None for another key."""
    way, held = ARROWS.get(event.key()), event.modifiers()
    if way is None or held & (Held.ControlModifier | Held.AltModifier | Held.MetaModifier):
        return None
    far = NUDGE if held & Held.ShiftModifier else 1.0
    return way[0] * far, way[1] * far


def letter_of(event: QKeyEvent) -> str:
    """Return the Latin letter of a key, also when Hangul is switched on; else nothing."""
    key = event.key()
    if Key.Key_A <= key <= Key.Key_Z:
        return chr(key)
    return LATIN.get(event.text(), "") or (LATIN.get(chr(key), "") if key < 0x11000 else "")
