"""The list of a table's columns: name, kind, what it is for, gaps; kind and use can be changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from nnstudio.data.readers import TablePreview
from nnstudio.data.spec import KIND_LABELS, ROLE_LABELS, DataSpec
from nnstudio.i18n import translate
from nnstudio.ui.data.choice_cells import CHOICE, ChoiceCells
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating

CHANGEABLE = ("number", "category", "date", "text")
NAME, KIND, ROLE, GAPS = range(4)


class ColumnList(Retranslating, QTableWidget):
    """Emits `kind_chosen(column, kind)` and `role_chosen(column, role)`."""

    kind_chosen = Signal(str, str)
    role_chosen = Signal(str, str)

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__(0, 4)
        self._shown: tuple[TablePreview, DataSpec | None] | None = None
        self._kinds, self._roles = ChoiceCells(themes, self), ChoiceCells(themes, self)
        self.setItemDelegateForColumn(KIND, self._kinds)
        self.setItemDelegateForColumn(ROLE, self._roles)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._open)
        self.itemChanged.connect(self._changed)
        self.retranslate()

    def show_columns(self, preview: TablePreview, spec: DataSpec | None) -> None:
        """Show the columns as they were read and the roles of `spec`."""
        self._shown = (preview, spec)
        names = preview.table.columns
        specs = {column.name: column for column in spec.columns} if spec else {}
        self.blockSignals(True)
        self.setRowCount(len(names))
        for row, name in enumerate(names):
            known = specs.get(name)
            kind = known.kind if known and known.role == "target" else preview.table.kind(name)
            gaps = preview.missing.get(name, 0)
            self._put(row, NAME, name)
            self._put(row, KIND, dict(self._kinds.offers).get(kind, kind), kind)
            role = known.role if known else "ignore"
            self._put(row, ROLE, dict(self._roles.offers)[role], role)
            self._put(row, GAPS, str(gaps) if gaps else "")
        self.blockSignals(False)

    def retranslate(self) -> None:
        """Set every text again."""
        self._kinds.offers = [
            (id, translate("Choice", text)) for id, text in KIND_LABELS if id in CHANGEABLE
        ]
        self._roles.offers = [(id, translate("Choice", text)) for id, text in ROLE_LABELS]
        self.setHorizontalHeaderLabels(
            [
                translate("Sheet", "Column"),
                translate("Sheet", "Kind"),
                translate("Sheet", "Use as"),
                translate("Sheet", "Missing"),
            ]
        )
        self.setAccessibleName(translate("Sheet", "Columns"))
        metrics = self.fontMetrics()
        for column, offers in ((KIND, self._kinds.offers), (ROLE, self._roles.offers)):
            widest = max(metrics.horizontalAdvance(text) for _, text in offers)
            self.setColumnWidth(column, widest + 2 * metrics.height() + 4)
        title = translate("Sheet", "Missing")
        self.setColumnWidth(GAPS, metrics.horizontalAdvance(title) + 22)
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 13)
        if self._shown is not None:
            self.show_columns(*self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._open()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # Enter uses the data
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.currentColumn() in (KIND, ROLE):
            self.edit(self.currentIndex())

    def _put(self, row: int, column: int, text: str, choice: str = "") -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            choosable = column in (KIND, ROLE)
            item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if choosable else flags)
            if column == GAPS:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, item)
        item.setText(text)
        item.setToolTip(text if column == NAME else "")
        item.setData(CHOICE, choice)

    def _changed(self, item: QTableWidgetItem) -> None:
        name = self.item(item.row(), NAME)
        assert name is not None
        signal = self.kind_chosen if item.column() == KIND else self.role_chosen
        signal.emit(name.text(), item.data(CHOICE))
