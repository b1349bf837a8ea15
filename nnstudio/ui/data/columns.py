"""The list of a table's columns: name, kind, what it is for, gaps; kind and use can be changed."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem

from nnstudio.data.readers import TablePreview
from nnstudio.data.spec import KIND_LABELS, ROLE_LABELS, DataSpec
from nnstudio.i18n import translate
from nnstudio.ui.widgets.translated import Retranslating

CHANGEABLE = ("number", "category", "date", "text")


class ColumnList(Retranslating, QTableWidget):
    """Emits `kind_chosen(column, kind)` and `role_chosen(column, role)`."""

    kind_chosen = Signal(str, str)
    role_chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(0, 4)
        self._spec: DataSpec | None = None
        self._missing: Mapping[str, int] = {}
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = self.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.retranslate()

    def show_columns(self, preview: TablePreview, spec: DataSpec | None) -> None:
        """Show the columns as they were read and the roles of `spec`."""
        self._spec, self._missing = spec, preview.missing
        names = preview.table.columns
        roles = {column.name: column.role for column in spec.columns} if spec else {}
        self.setRowCount(len(names))
        for row, name in enumerate(names):
            self.setItem(row, 0, QTableWidgetItem(name))
            kind = self._combo(
                name, KIND_LABELS, CHANGEABLE, preview.table.kind(name), self.kind_chosen
            )
            all_roles = tuple(id for id, _ in ROLE_LABELS)
            role = self._combo(
                name, ROLE_LABELS, all_roles, roles.get(name, "ignore"), self.role_chosen
            )
            self.setCellWidget(row, 1, kind)
            self.setCellWidget(row, 2, role)
            self.setItem(row, 3, QTableWidgetItem(self._gaps(name)))
            self.setRowHeight(row, kind.sizeHint().height() + 6)

    def retranslate(self) -> None:
        """Set every text again."""
        self.setHorizontalHeaderLabels(
            [
                translate("Sheet", "Column"),
                translate("Sheet", "Kind"),
                translate("Sheet", "Use as"),
                translate("Sheet", "Missing"),
            ]
        )
        self.setAccessibleName(translate("Sheet", "Columns"))

    def _gaps(self, name: str) -> str:
        count = self._missing.get(name, 0)
        return str(count) if count else ""

    def _combo(
        self,
        name: str,
        labels: tuple[tuple[str, str], ...],
        offered: tuple[str, ...],
        current: str,
        chosen: SignalInstance,
    ) -> QComboBox:
        combo = QComboBox()
        for id, text in labels:
            if id in offered:
                combo.addItem(translate("Choice", text), id)
        combo.setCurrentIndex(combo.findData(current))
        combo.setAccessibleName(name)
        combo.activated.connect(lambda _: chosen.emit(name, combo.currentData()))
        return combo
