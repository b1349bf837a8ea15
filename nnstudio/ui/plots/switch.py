"""A choice between a few pictures of the same thing, as a row or a block of words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from nnstudio.ui.widgets.tool_button import ToolButton

TALLEST = 3  # more choices than this stand in two columns: a dock may be very low


class Switch(QWidget):
    """Exactly one of the choices is chosen; `chosen(id)` tells when a person has changed it."""

    chosen = Signal(str)

    def __init__(self, across: bool = False) -> None:
        """`across` puts the choices side by side instead of below each other."""
        super().__init__()
        self._across = across
        self._offered: Sequence[str] = ()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, ToolButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(1)

    def add(self, id: str) -> None:
        """Add a choice; its text is set by `set_text`."""
        button = ToolButton(self)
        button.setProperty("look", "segment")
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.chosen.emit(id))
        self._group.addButton(button)
        self.buttons[id] = button
        self._place(tuple(self.buttons))

    @property
    def current(self) -> str:
        """Id of the choice, "" when there is none."""
        return next((id for id, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, id: str) -> None:
        """Mark a choice without telling."""
        self.buttons[id].setChecked(True)

    def set_text(self, id: str, text: str, tip: str = "") -> None:
        """Set the (translated) text and tooltip of a choice."""
        self.buttons[id].setText(text)
        self.buttons[id].explain(tip or text)

    def offer(self, ids: tuple[str, ...]) -> str:
        """Show only these choices, none when there is just one; return the one that is chosen."""
        if ids != self._offered:
            self._offered = ids
            self._place(ids)
            for id, button in self.buttons.items():
                button.setVisible(id in ids and len(ids) > 1)
            self.setVisible(len(ids) > 1)
        if ids and self.current not in ids:
            self.choose(ids[0])
        return self.current if ids else ""

    def _place(self, ids: Sequence[str]) -> None:
        for button in self.buttons.values():
            self._grid.removeWidget(button)
        columns = len(ids) if self._across else 1 if len(ids) <= TALLEST else 2
        for place, id in enumerate(ids):
            self._grid.addWidget(self.buttons[id], *divmod(place, max(1, columns)))
