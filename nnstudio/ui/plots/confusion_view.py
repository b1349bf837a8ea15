"""The confusion matrix of one part of the data, with its share of right answers."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.data.labels import shown_name
from nnstudio.data.spec import Source
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.plots.confusion import ConfusionMatrix
from nnstudio.ui.plots.key import KeyRow
from nnstudio.ui.plots.part_bar import PartBar
from nnstudio.ui.theme import ThemeManager


class ConfusionView(QWidget):
    """`chosen(part, true, predicted)` asks for the rows behind a cell."""

    parts = frozenset(["confusion"])
    chosen = Signal(str, int, int)

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self._snapshot: Snapshot | None = None
        self._source = Source("builtin")
        self.bar = PartBar()
        self.matrix = ConfusionMatrix(themes)
        self.bar.changed.connect(self._draw)
        self.matrix.chosen.connect(lambda t, p: self.chosen.emit(self.bar.part, t, p))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.bar)
        column.addWidget(self.matrix, 1)

    def show_snapshot(self, snapshot: Snapshot, reading: Reading, source: Source) -> None:
        """Show the counts of the snapshot."""
        if snapshot.confusion:
            self._snapshot, self._source = snapshot, source
            self._draw()

    def restyle(self) -> None:
        """Follow the theme, the type scale and the language."""
        self.bar.retranslate()
        self._draw()

    def key(self) -> list[KeyRow]:
        """Return nothing: the cells are written out."""
        return []

    def _draw(self) -> None:
        if self._snapshot is None or not self._snapshot.confusion:
            return
        counts = self._snapshot.confusion[self.bar.offer(tuple(self._snapshot.confusion))]
        names = tuple(shown_name(self._source, name) for name in self._snapshot.classes)
        self.matrix.show_counts(counts, names)
        right, total = int(np.trace(counts)), int(counts.sum())
        share = self._themes.number(100 * right / total, 3) if total else "–"
        self.bar.tell(right, total, share)
