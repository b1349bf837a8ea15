"""One weight array as a table: rows are what is read, columns are neurons; cells can be typed."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from nnstudio.i18n import translate
from nnstudio.numbers import format_number, shown_number
from nnstudio.ui.theme import Theme, signed_color

Index = QModelIndex | QPersistentModelIndex
Array = NDArray[Any]
TINT = 70
"""Opacity of a cell's colour, so that the number on it stays readable."""


FROZEN = Qt.ItemDataRole.UserRole + 1
LONGEST = 6
"""Signs a cell has room for, as in −0.245."""


def cell_text(value: float) -> str:
    """Return a number for a cell: three significant digits, fewer where they have no room."""
    shown = shown_number(value, digits=3)
    return shown if len(shown) <= LONGEST else shown_number(value, digits=2)


class WeightModel(QAbstractTableModel):
    """Shows an array with its masks; `typed(index, text)` is called for what a person types."""

    def __init__(
        self, typed: Callable[[tuple[int, ...], str], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._typed = typed
        self._array: Array = np.zeros((0, 0))
        self._rank = 2
        self._mask: Array | None = None
        self._frozen: Array | None = None
        self._rows: Sequence[str] = ()
        self._columns: Sequence[str] = ()
        self._theme: Theme | None = None
        self._limit = 1.0

    def show(
        self,
        array: Array,
        mask: Array | None,
        frozen: Array | None,
        rows: Sequence[str],
        columns: Sequence[str],
        theme: Theme,
    ) -> None:
        """Show an array (in, units) or (units,); masks have its shape."""
        table, flat = np.atleast_2d(array), np.atleast_2d
        same = table.shape == self._array.shape and (rows, columns) == (self._rows, self._columns)
        if not same:
            self.beginResetModel()
        self._rank = array.ndim
        self._array = table
        self._mask = None if mask is None else flat(mask)
        self._frozen = None if frozen is None else flat(frozen)
        self._rows, self._columns, self._theme = rows, columns, theme
        self._limit = float(np.abs(table).max(initial=0.0)) or 1.0
        if same:
            corner = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), corner)
        else:
            self.endResetModel()

    def entry(self, index: Index) -> tuple[int, ...]:
        """Return the place in the array that a cell shows."""
        place = (index.row(), index.column())
        return place if self._rank == 2 else place[1:]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else int(self._array.shape[0])

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else int(self._array.shape[1])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        names = self._columns if orientation == Qt.Orientation.Horizontal else self._rows
        return names[section] if section < len(names) else str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = (index.row(), index.column())
        cut = self._mask is not None and not self._mask[place]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter if cut else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.EditRole:
            return format_number(self._array[place], digits=6)
        if role == Qt.ItemDataRole.DisplayRole:
            return "✂" if cut else cell_text(float(self._array[place]))
        if role == FROZEN:
            return self._frozen is not None and bool(self._frozen[place])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(place, cut)
        if role == Qt.ItemDataRole.BackgroundRole and self._theme is not None and not cut:
            tint = signed_color(self._theme, float(self._array[place]), self._limit)
            share = min(1.0, abs(float(self._array[place])) / self._limit)
            tint.setAlpha(round(TINT * share))
            return QBrush(tint)
        if role == Qt.ItemDataRole.ForegroundRole and self._theme is not None and cut:
            return QBrush(QColor(self._theme.muted))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        return role == Qt.ItemDataRole.EditRole and self._typed(self.entry(index), str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable

    def _tip(self, place: tuple[int, int], cut: bool) -> str:
        value = shown_number(self._array[place], digits=6)
        if cut:
            return translate("Inspector", "Cut: counts as 0 and doesn't learn")
        if self._frozen is not None and self._frozen[place]:
            return translate("Inspector", "{value}, frozen").format(value=value)
        return value
