"""The head of the data table: name, role and kind of each column, and how its values lie."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from nnstudio.data.codes import as_numbers
from nnstudio.data.spec import KIND_LABELS, ROLE_LABELS
from nnstudio.data.table import Column
from nnstudio.i18n import translate
from nnstudio.ui.plots.data_model import PART, DataModel
from nnstudio.ui.plots.painted import LEFT, RIGHT, write
from nnstudio.ui.theme import ThemeManager

BINS = 24
SKETCH = 18  # height of the small distribution
ROLES = {"feature": "io", "target": "output"}


class DataHeader(QHeaderView):
    """`sketched` says whether there is room for the distributions."""

    def __init__(self, themes: ThemeManager, model: DataModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._themes, self._data = themes, model
        self._counts: dict[int, NDArray[Any]] = {}
        self.sketched = True
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        model.modelReset.connect(self._counts.clear)

    def sizeHint(self) -> QSize:
        line = QFontMetrics(self._themes.font(0.9)).height()
        sketch = self._themes.pixels(SKETCH) if self.sketched else 0
        return QSize(super().sizeHint().width(), 2 * line + 6 + sketch)

    def words(self, section: int) -> str:
        """Return role and kind of a column: "input · number"."""
        column, spec = self._data.column(section), self._data.spec
        if column is None or spec is None:
            return translate("Plot", "part")
        own = spec.column(column.name)
        role, kind = dict(ROLE_LABELS)[own.role], dict(KIND_LABELS)[own.kind]
        return f"{translate('Choice', role)} · {translate('Choice', kind)}"

    def counts(self, section: int) -> NDArray[Any]:
        """Return how often the values of a column occur: by bins, or by category."""
        if section not in self._counts:
            column = self._data.column(section)
            empty = np.zeros(0, np.int64)
            self._counts[section] = empty if column is None else _counts(column)
        return self._counts[section]

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one column's head."""
        theme, line = self._themes.theme, QFontMetrics(self._themes.font(0.9)).height()
        painter.save()
        painter.fillRect(rect, QColor(theme.window))
        painter.setPen(QColor(theme.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        box = QRectF(rect).adjusted(8, 2, -8, -2)
        name = str(self._data.headerData(section, Qt.Orientation.Horizontal) or "")
        top = QRectF(box.left(), box.top(), box.width(), line)
        write(painter, top, name, self._themes.font(0.95, "semibold"), theme.text, LEFT)
        if self.sortIndicatorSection() == section and self.isSortIndicatorShown():
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            write(painter, top, "▴" if up else "▾", self._themes.font(), theme.muted, RIGHT)
        below = top.translated(0, line)
        write(painter, below, self.words(section), self._themes.font(0.9), self._color(section))
        if self.sketched and section != PART:
            height = box.bottom() - below.bottom() - 3
            room = QRectF(box.left(), below.bottom() + 2, box.width(), height)
            self._sketch(painter, section, room)
        painter.restore()

    def _color(self, section: int) -> str:
        column, spec = self._data.column(section), self._data.spec
        if column is None or spec is None:
            return self._themes.theme.muted
        family = ROLES.get(spec.column(column.name).role, "")
        return self._themes.theme.families.get(family, self._themes.theme.muted)

    def _sketch(self, painter: QPainter, section: int, box: QRectF) -> None:
        counts = self.counts(section)
        if not len(counts):
            return
        color = QColor(self._color(section))
        color.setAlpha(150)
        width, largest = box.width() / len(counts), max(1, int(counts.max()))
        for place, count in enumerate(counts):
            height = box.height() * float(count) / largest
            left = box.left() + place * width
            bar = QRectF(left, box.bottom() - height, max(1.0, width - 1), height)
            painter.fillRect(bar, color)


def _counts(column: Column) -> NDArray[Any]:
    if column.kind == "category":
        place = {name: at for at, name in enumerate(column.categories)}
        found = [place[value] for value in column.values if value in place]
        return np.bincount(found, minlength=len(place))[:BINS]
    if column.kind in ("number", "date"):
        values = as_numbers(column.name, column.values)
        values = values[np.isfinite(values)]
        return np.histogram(values, BINS)[0] if len(values) else np.zeros(0, np.int64)
    return np.zeros(0, np.int64)
