"""The project's table as a Qt model: no copy, only the cells that are seen are written."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QImage, QPixmap

from nnstudio.data.labels import shown_name
from nnstudio.data.spec import DataSpec
from nnstudio.data.table import Column
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.training.reading import Reading
from nnstudio.ui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex
PART = 0  # the column that tells a row's part; the data's own columns follow
PARTS = (
    ("●", QT_TRANSLATE_NOOP("Plot", "training")),
    ("○", QT_TRANSLATE_NOOP("Plot", "validation")),
    ("◇", QT_TRANSLATE_NOOP("Plot", "test")),
    ("–", QT_TRANSLATE_NOOP("Plot", "left out")),
)
LEFT_OUT = 3
DOWN = Qt.SortOrder.DescendingOrder


class DataModel(QAbstractTableModel):
    """Rows in the order of the file, or sorted by a column; `part_of` holds an index of PARTS."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self.reading: Reading | None = None
        self.spec: DataSpec | None = None
        self.part_of: NDArray[Any] = np.zeros(0, np.int8)
        self._order: NDArray[Any] = np.zeros(0, np.intp)
        self._pictures: dict[tuple[int, int], QPixmap] = {}

    def show(self, reading: Reading, spec: DataSpec) -> None:
        """Show another table."""
        self.beginResetModel()
        self.reading, self.spec = reading, spec
        self.part_of = np.full(reading.table.row_count, LEFT_OUT, np.int8)
        prepared = reading.prepared
        for part, examples in enumerate((prepared.train, prepared.validation, prepared.test)):
            self.part_of[examples.rows] = part
        self._order = np.arange(reading.table.row_count)
        self._pictures.clear()
        self.endResetModel()

    def column(self, section: int) -> Column | None:
        """Return the data's column behind a section of the table, None for the part."""
        if self.reading is None or section == PART:
            return None
        return self.reading.table.fields[section - 1]

    def table_row(self, row: int) -> int:
        """Return the row number in the table."""
        return int(self._order[row])

    def view_row(self, table_row: int) -> int:
        """Return where a row of the table is shown now."""
        return int(np.flatnonzero(self._order == table_row)[0])

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def columnCount(self, parent: Index | None = None) -> int:
        if self.reading is None or (parent is not None and parent.isValid()):
            return 0
        return 1 + len(self.reading.table.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        column = self.column(section)
        if column is None or self.spec is None:
            return translate("Plot", "row")
        name = shown_name(self.spec.source, column.name)
        return f"{name} ({column.unit})" if column.unit else name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.table_row(index.row())
        column = self.column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._part(row) if column is None else self._text(column, row)
        if role == Qt.ItemDataRole.TextAlignmentRole and column is not None:
            side = Qt.AlignmentFlag.AlignRight
            if column.kind not in ("number", "date"):
                side = Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and self._pale(row, column):
            return QColor(self._themes.theme.muted)
        if role == Qt.ItemDataRole.DecorationRole and column is not None:
            return self._picture(column, row)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; −1 is the order of the file."""
        if self.reading is None:
            return
        self.layoutAboutToBeChanged.emit()
        self._order = self._sorted(column)
        if order == DOWN and column >= 0:
            self._order = self._order[::-1].copy()
        self.layoutChanged.emit()

    def _sorted(self, section: int) -> NDArray[Any]:
        assert self.reading is not None
        count = self.reading.table.row_count
        if section == PART:
            return np.argsort(self.part_of, kind="stable")
        column = self.column(section) if section > 0 else None
        if column is None or column.kind == "tensor":
            return np.arange(count)
        if column.kind in ("number", "date"):
            return np.argsort(column.values, kind="stable")
        texts = np.array([value or "" for value in column.values], np.str_)
        return np.argsort(texts, kind="stable")

    def _part(self, row: int) -> str:
        sign, word = PARTS[int(self.part_of[row])]
        return f"{row + 1}  {sign} {translate('Plot', word)}"

    def _text(self, column: Column, row: int) -> str:
        value = column.values[row]
        if column.kind == "number":
            return "" if np.isnan(value) else self._themes.number(float(value), 6)
        if column.kind == "tensor":
            return "" if len(column.shape) >= 2 else "…"
        if value is None or (column.kind == "date" and np.isnat(value)):
            return ""
        assert self.spec is not None
        return shown_name(self.spec.source, str(value))

    def _pale(self, row: int, column: Column | None) -> bool:
        if self.part_of[row] == LEFT_OUT or column is None:
            return True
        assert self.spec is not None
        return self.spec.column(column.name).role == "ignore"

    def _picture(self, column: Column, row: int) -> QPixmap | None:
        """Return a picture of a value that is one; those once seen are kept."""
        if column.kind != "tensor" or len(column.shape) not in (2, 3):
            return None
        key = (id(column), row)
        if key not in self._pictures:
            if len(self._pictures) > 2000:
                self._pictures.clear()
            self._pictures[key] = _drawn(column.values[row], column.values)
        return self._pictures[key]


def _drawn(value: NDArray[Any], every: NDArray[Any]) -> QPixmap:
    """Return a value (height, width[, 1]) in greys: ink for the largest of the first values."""
    grey = value if value.ndim == 2 else value[..., 0]
    largest = float(np.nanmax(np.abs(every[:200]), initial=0.0)) or 1.0
    pixels = np.clip(255 - 255 * np.nan_to_num(grey) / largest, 0, 255).astype(np.uint8)
    pixels = np.ascontiguousarray(pixels)
    rows, columns = pixels.shape
    image = QImage(pixels.data, columns, rows, columns, QImage.Format.Format_Grayscale8).copy()
    return QPixmap.fromImage(image.scaledToHeight(max(rows, 16)))
