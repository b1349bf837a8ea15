"""A table of right answers beside the network's; wrong ones are marked, a click shows the row."""

from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from nnstudio.data.labels import shown_name
from nnstudio.data.spec import Source
from nnstudio.i18n import translate
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import PredictionSet, Snapshot
from nnstudio.ui.plots.answer_model import AnswerModel
from nnstudio.ui.plots.key import KeyRow
from nnstudio.ui.plots.part_bar import PartBar
from nnstudio.ui.plots.points import PARTS
from nnstudio.ui.plots.rows import show_row
from nnstudio.ui.theme import Theme, ThemeManager
from nnstudio.ui.training.live import Live
from nnstudio.ui.widgets.tool_button import ToolButton


class AnswerTable(QWidget):
    """All rows of a part, only the wrong ones, or those behind a cell of the confusion matrix."""

    parts = frozenset(["predictions"])

    def __init__(self, themes: ThemeManager, live: Live) -> None:
        super().__init__()
        self._themes, self._live = themes, live
        self._snapshot: Snapshot | None = None
        self._reading: Reading | None = None
        self._source = Source("builtin")
        self._cell: tuple[int, int] | None = None
        self.bar = PartBar()
        self.bar.changed.connect(self._draw)
        self.wrong_only = ToolButton()
        self.wrong_only.setCheckable(True)
        self.wrong_only.setProperty("look", "segment")
        self.wrong_only.toggled.connect(self._only_wrong)
        self.bar.row.addWidget(self.wrong_only)
        self.model = AnswerModel(themes)
        self.table = plain_table()
        self.table.setModel(self.model)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)

    def show_snapshot(self, snapshot: Snapshot, reading: Reading, source: Source) -> None:
        """Show the predictions of the snapshot."""
        self._snapshot, self._reading, self._source = snapshot, reading, source
        self._draw()

    def show_cell(self, part: str, true: int, predicted: int) -> None:
        """List only the rows of class `true` that were taken for `predicted`."""
        self.bar.switch.choose(part)
        self.wrong_only.setChecked(False)
        self._cell = (true, predicted)
        self._draw()

    def restyle(self) -> None:
        """Follow the theme, the type scale and the language."""
        self.bar.retranslate()
        self.wrong_only.setText(translate("Plot", "Only wrong"))
        self.wrong_only.explain(translate("Plot", "List only the rows with a wrong answer"))
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 6)
        dress(self.table, self._themes.theme)
        self._draw()

    def key(self) -> list[KeyRow]:
        """Return nothing: everything is written out."""
        return []

    def _draw(self) -> None:
        predictions = self._snapshot.predictions if self._snapshot is not None else None
        if predictions is None:
            return
        found: dict[str, PredictionSet] = {
            part: each for part in PARTS if (each := getattr(predictions, part)) is not None
        }
        if not found:
            return
        each = found[self.bar.offer(tuple(found))]
        names = tuple(shown_name(self._source, name) for name in each.classes)
        self.wrong_only.setVisible(bool(names))
        shown = np.arange(len(each.rows))
        if names:
            wrong = each.true != each.predicted
            total, right = len(wrong), int((~wrong).sum())
            self.bar.tell(right, total, self._themes.number(100 * right / max(1, total), 3))
            if self._cell is not None:
                true, predicted = self._cell
                shown = np.flatnonzero((each.true == true) & (each.predicted == predicted))
            elif self.wrong_only.isChecked():
                shown = np.flatnonzero(wrong)
        else:
            self.bar.told.tell("")
        self.model.show(each, names, shown)
        self._tell_cell(names)

    def _tell_cell(self, names: tuple[str, ...]) -> None:
        if self._cell is None or not names:
            return
        true, predicted = (names[place] for place in self._cell)
        text = translate("Plot", "{true} taken for {predicted}")
        self.bar.told.tell(text.format(true=true, predicted=predicted))

    def _only_wrong(self, on: bool) -> None:
        self._cell = None
        self._draw()

    def _clicked(self, index: QModelIndex) -> None:
        if self._reading is not None:
            show_row(self._live, self._reading, self.model.table_row(index.row()))


def dress(table: QTableView, theme: Theme) -> None:
    """Mark the chosen row softly, so that what is written there stays readable."""
    colors = table.palette()
    colors.setColor(QPalette.ColorRole.Highlight, QColor(theme.selection))
    colors.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))
    colors.setColor(QPalette.ColorRole.Base, QColor(theme.panel))
    colors.setColor(QPalette.ColorRole.AlternateBase, QColor(theme.window))
    table.setPalette(colors)


def plain_table() -> QTableView:
    """Return a table view in the program's dress: no grid, whole rows, even heights."""
    table: Any = QTableView()
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setFrameShape(QTableView.Shape.NoFrame)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.setWordWrap(False)
    table.setMinimumSize(80, 50)
    return table
