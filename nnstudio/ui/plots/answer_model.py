"""The rows of one part with right answer and prediction; only what is seen is computed."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from nnstudio.i18n import translate
from nnstudio.training.snapshot import PredictionSet
from nnstudio.ui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex
RIGHT, WRONG = "✓", "✗"


class AnswerModel(QAbstractTableModel):
    """Columns: row, true, predicted, then the certainty of a class or the error of a number."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self._set: PredictionSet | None = None
        self._names: tuple[str, ...] = ()
        self._shown: NDArray[Any] = np.zeros(0, np.intp)

    def show(self, found: PredictionSet, names: tuple[str, ...], shown: NDArray[Any]) -> None:
        """Show the rows at `shown` of a set; `names` are the shown class names, () for numbers."""
        same = len(shown) == len(self._shown) and names == self._names and self._set is not None
        if not same:
            self.beginResetModel()
        self._set, self._names, self._shown = found, names, shown
        if not same:
            self.endResetModel()
        elif len(shown):
            corner = self.index(len(shown) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), corner)

    def table_row(self, row: int) -> int:
        """Return the row number in the data's table."""
        assert self._set is not None
        return int(self._set.rows[self._shown[row]])

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        last = translate("Plot", "certainty") if self._names else translate("Plot", "error")
        texts = (
            translate("Plot", "row"),
            translate("Plot", "right"),
            translate("Plot", "answer"),
            last,
        )
        return texts[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._set is None:
            return None
        at = int(self._shown[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(at, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and (not self._names or index.column() == 0):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and self._wrong(at) and index.column() == 2:
            return QColor(self._themes.theme.bad)
        if role == Qt.ItemDataRole.FontRole and self._wrong(at):
            return self._themes.font(1.0, "semibold")
        return None

    def _wrong(self, at: int) -> bool:
        assert self._set is not None
        return bool(self._names) and int(self._set.true[at]) != int(self._set.predicted[at])

    def _text(self, at: int, column: int) -> str:
        found = self._set
        assert found is not None
        number = self._themes.number
        if column == 0:
            return str(int(found.rows[at]) + 1)
        if self._names:
            predicted = int(found.predicted[at])
            if column == 1:
                return self._names[int(found.true[at])]
            if column == 2:
                return f"{WRONG if self._wrong(at) else RIGHT} {self._names[predicted]}"
            share = None if found.probabilities is None else found.probabilities[at, predicted]
            return "" if share is None else f"{number(100 * float(share), 3)} %"
        true, predicted = found.true[at], found.predicted[at]
        shown = (true, predicted, predicted - true)[column - 1]
        return ", ".join(number(float(value)) for value in np.atleast_1d(shown))
