"""The settings of the program: one row each, taken over at once."""

from typing import Any

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from nnstudio.services.settings import ROWS
from nnstudio.ui.apply_settings import apply_settings
from nnstudio.ui.rooms import Rooms
from nnstudio.ui.widgets.parameter_form import ParameterForm


class SettingsSheet(QScrollArea):
    """Every change is kept and seen at once; nothing needs to be confirmed."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self.setWidgetResizable(True)
        values = {row.name: rooms.settings.get(row.name) for row in ROWS}
        self.form = ParameterForm(ROWS, values)
        self.form.edited.connect(self._take)
        page = QWidget()
        page.setProperty("look", "page")
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 4, 10, 0)
        box.addWidget(self.form)
        box.addStretch(1)
        self.setWidget(page)
        self.setFocusProxy(next(iter(self.form.fields.values())))

    def _take(self, name: str, value: Any) -> None:
        self._rooms.settings.set(name, value)
        apply_settings(self._rooms.settings, self._rooms.themes, self._rooms.languages, name)
