"""The small text beside the mouse: names and numbers of what it points at."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from nnstudio.document.picture.anatomy import Anatomy
from nnstudio.document.picture.names import bias_name, weight_name
from nnstudio.i18n import translate
from nnstudio.numbers import shown_number
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.selection import Entry
from nnstudio.ui.theme import ThemeManager


class Hint(QLabel):
    """Child of the view; the mouse goes through it."""

    def __init__(self, parent: QWidget, themes: ThemeManager) -> None:
        super().__init__(parent)
        self._parent = parent
        self._themes = themes
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_text(self, text: str, at: QPoint) -> None:
        """Show a text near a point of the view, inside of it."""
        theme = self._themes.theme
        self.setFont(self._themes.font())
        self.setStyleSheet(
            f"background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.border};"
            " border-radius: 6px; padding: 5px 8px;"
        )
        self.setText(text)
        self.adjustSize()
        room = self._parent.size()
        x = min(at.x() + 16, max(4, room.width() - self.width() - 4))
        y = (
            at.y() + 18
            if at.y() + 18 + self.height() < room.height()
            else at.y() - self.height() - 8
        )
        self.move(x, max(4, y))
        self.show()
        self.raise_()


def entry_name(anatomy: Anatomy, entry: Entry) -> str:
    """Return the school name of a connection or bias, such as w₁₂⁽¹⁾."""
    group = anatomy.groups.get(entry.node)
    if group is None:
        return entry.weight
    if len(entry.index) == 2:
        return weight_name(*entry.index, group.number)
    return bias_name(None if group.shared_bias else entry.index[0], group.number)


def entry_text(board: Board, entry: Entry) -> str:
    """Return the lines about a connection or bias: name and value, from and to, product."""
    held = board.values.weights.get(entry.weight)
    if held is None:
        return ""
    value = float(held[entry.index])
    lines = [f"{entry_name(board.anatomy, entry)} = {shown_number(value)}"]
    link = board.link_of(entry)
    mask = board.values.masks.get(f"{entry.weight}.mask")
    if mask is not None and not mask[entry.index]:
        lines.append(translate("Neurons", "Cut: counts as 0"))
    if link is not None:
        group, unit = link.source(entry.index[0])
        source = board.anatomy.groups[group].names[unit]
        target = board.anatomy.groups[link.target].names[entry.index[1]]
        lines.append(f"{source} → {target}")
        signal = board.entry_signal(entry)
        if signal is not None:
            weight = value if mask is None or mask[entry.index] else 0.0
            lines.append(
                f"{shown_number(signal)} · {shown_number(weight)} = {shown_number(signal * weight)}"
            )
    frozen = board.values.frozen(entry.weight)
    if frozen is not None and frozen[entry.index]:
        lines.append(translate("Neurons", "Locked: training leaves it as it is"))
    return "\n".join(lines)


def neuron_text(board: Board, neuron: tuple[str, int]) -> str:
    """Return the lines about a neuron: name and signal, bias, whether it is off."""
    group = board.anatomy.groups[neuron[0]]
    signal = board.values.signal(group, neuron[1])
    name = group.names[neuron[1]]
    lines = [name if signal is None else f"{name} = {shown_number(signal)}"]
    raw = board.values.raw.get(name) if group.kind == "input" else None
    if isinstance(raw, float) and signal is not None and abs(raw - signal) > 1e-9:
        text = translate("Neurons", "In the table: {value}")
        lines.append(text.format(value=shown_number(raw)))
    bias = board.values.bias(group, neuron[1])
    if bias is not None:
        index = None if group.shared_bias else neuron[1]
        label = bias_name(index, group.number)
        lines.append(f"{label} = {shown_number(bias)}")
    if neuron[1] in board.off.get(group.id, ()):
        lines.append(translate("Neurons", "Switched off"))
    return "\n".join(lines)
