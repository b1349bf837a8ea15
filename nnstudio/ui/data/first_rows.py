"""The first rows of a file as they are, so that a person recognises their table."""

from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

from nnstudio.data.readers import TablePreview
from nnstudio.i18n import translate
from nnstudio.ui.widgets.translated import Retranslating

MOST_COLUMNS = 200
WIDEST = 160


class FirstRows(Retranslating, QTableWidget):
    """The row of the names is bold."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMaximumSectionSize(WIDEST)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the table for a screen reader."""
        self.setAccessibleName(translate("Sheet", "First rows of the file"))

    def show_rows(self, preview: TablePreview) -> None:
        """Show the rows of another reading."""
        width = min(max((len(row) for row in preview.rows), default=0), MOST_COLUMNS)
        self.clear()
        self.setRowCount(len(preview.rows))
        self.setColumnCount(width)
        for y, cells in enumerate(preview.rows):
            for x, cell in enumerate(cells[:width]):
                item = QTableWidgetItem(cell[:200])
                if y == preview.header_row:
                    font = self.font()
                    font.setBold(True)
                    item.setFont(font)
                self.setItem(y, x, item)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)
        self.resizeColumnsToContents()
