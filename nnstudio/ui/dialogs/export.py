"""The sheet of ways to take a network away, each with its own few settings."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnstudio.exchange.exporter import EXPORTERS, Exporter, Report, in_order
from nnstudio.i18n import translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.picture import PICTURES
from nnstudio.ui.rooms import Rooms
from nnstudio.ui.title import project_name
from nnstudio.ui.widgets.file_choice import choose_target
from nnstudio.ui.widgets.parameter_form import ParameterForm
from nnstudio.ui.widgets.translated import Retranslating


def formats() -> list[type[Exporter]]:
    """Return every format in the order of the list: pictures that need Qt stand by the SVG."""
    return in_order((*EXPORTERS, *PICTURES))


class ExportSheet(Retranslating, QWidget):
    """Formats on the left, what each is for on the right; formats that can't be had are grey."""

    done = Signal()

    def __init__(
        self, rooms: Rooms, folder: Path, first: str = "", parent: QWidget | None = None
    ) -> None:
        """`first` is the id of the format shown first, if it exists."""
        super().__init__(parent)
        self._rooms = rooms
        self._folder = folder
        self._values: dict[str, Any] = {}
        self.list = QListWidget()
        self.list.setMaximumWidth(rooms.themes.pixels(210))
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._why_not = QLabel()
        self._why_not.setWordWrap(True)
        self._why_not.setProperty("look", "muted")
        self.button = QPushButton()
        self.button.setProperty("look", "primary")
        self.button.setAutoDefault(True)
        self._right = QVBoxLayout()
        self._right.setSpacing(12)
        self._right.addWidget(self._words)
        self._right.addWidget(self._why_not)
        self._right.addStretch(1)
        self._right.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self._form: ParameterForm | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        row.addWidget(self.list)
        row.addLayout(self._right, 1)
        self._kinds = formats()
        for kind in self._kinds:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, kind)
            item.setSizeHint(QSize(0, rooms.themes.pixels(34)))
            self.list.addItem(item)
        self.setFocusProxy(self.list)
        self.list.currentItemChanged.connect(lambda *_: self._show_kind())
        self.button.clicked.connect(self._choose)
        places = {kind.id: place for place, kind in enumerate(self._kinds)}
        self.list.setCurrentRow(places.get(first, 0))
        self.retranslate()

    @property
    def kind(self) -> type[Exporter]:
        """The chosen format."""
        chosen: type[Exporter] = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        return chosen

    def retranslate(self) -> None:
        """Set every text again."""
        for place, kind in enumerate(self._kinds):
            self.list.item(place).setText(translate("Export", kind.label))
        self.button.setText(translate("Export", "Export…"))
        self._show_kind()

    def _show_kind(self) -> None:
        kind = self.kind
        exporter = kind()
        self._values = dict(exporter.settings)
        self._words.setText(translate("Export", kind.help))
        missing = exporter.missing()
        self._why_not.setText(missing)
        self._why_not.setVisible(bool(missing))
        self.button.setEnabled(not missing)
        if self._form is not None:
            self._right.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        if kind.parameters:
            self._form = ParameterForm(kind.parameters, self._values)
            self._form.edited.connect(self._values.__setitem__)
            self._right.insertWidget(1, self._form)

    def _choose(self) -> None:
        store = self._rooms.store
        name = project_name(store.project, store.path)
        suffix = self.kind.extension  # empty for a folder of files
        choose_target(
            self,
            translate("Export", "Export"),
            (translate("Export", self.kind.label), suffix),
            self._folder / f"{name}{suffix}",
            self._write,
        )

    def _write(self, path: str) -> None:
        reports: list[Report] = []

        def write() -> None:
            self._rooms.live.absorb()
            exporter = self.kind(**self._values)
            store = self._rooms.store
            folder = store.path.parent if store.path else None
            reports.append(exporter.export(store.project, Path(path), folder))

        if attempt(self._rooms.messages, write):
            self._rooms.messages.say(reports[0].sentence())
            self.done.emit()
