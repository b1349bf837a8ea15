"""The table of a weight array: typed in with any key, cut by Delete, frozen by L."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from nnstudio.ui.icons import pixmap
from nnstudio.ui.inspector.weight_model import FROZEN, WeightModel
from nnstudio.ui.theme import ThemeManager

Place = tuple[Any, ...]
Index = QModelIndex | QPersistentModelIndex
WIDEST = "−0.245"
HEAD_SHARE = 0.32
TALLEST = 250
NUMBER_SIGNS = frozenset("0123456789.,+-−/")
CUT_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
FREEZE_LETTERS = frozenset("lLㅣ")


class _Cells(QStyledItemDelegate):
    """Draws the lock of a frozen number; what is being typed isn't overwritten by live numbers."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.data(FROZEN):
            rect: QRect = option.rect
            side = self._themes.pixels(9)
            lock = pixmap(
                "mdi6.lock", side, self._themes.theme.muted, painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(rect.left() + 2, rect.top() + 2, lock)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setStyleSheet("QLineEdit { padding: 0 2px; border-radius: 0; }")
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setAccessibleName(
            str(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        )
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not editor.property("filled"):
            editor.setProperty("filled", True)
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text())


class WeightGrid(QTableView):
    """Fits the width of its panel; emits `cut_asked` and `freeze_asked` for the chosen cells."""

    cut_asked = Signal()
    freeze_asked = Signal()

    def __init__(self, model: WeightModel, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self.setModel(model)
        self.setItemDelegate(_Cells(themes, self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setEditTriggers(
            self.EditTrigger.DoubleClicked
            | self.EditTrigger.AnyKeyPressed
            | self.EditTrigger.EditKeyPressed
        )
        self.setHorizontalScrollMode(self.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
            header.setStyleSheet("QHeaderView::section { padding: 2px 4px; }")
            header.setHighlightSections(False)
        self.setCornerButtonEnabled(False)
        themes.changed.connect(self.fit)
        model.modelReset.connect(self.fit)

    def chosen(self) -> Place | None:
        """Return the place of the chosen cells as an index of the array; None when none is."""
        model = self.model()
        assert isinstance(model, WeightModel)
        places = [model.entry(index) for index in self.selectionModel().selectedIndexes()]
        if len(places) < 2:
            return places[0] if places else None
        return tuple(np.array(axis) for axis in zip(*places, strict=True))

    def fit(self) -> None:
        """Give every cell the same room; few columns fill the panel, many can be scrolled."""
        self.setFont(self._themes.font(0.92))
        metrics = self.fontMetrics()
        least = metrics.horizontalAdvance(WIDEST) + 7
        line = metrics.height() + 7
        head, side = self.horizontalHeader(), self.verticalHeader()
        names = [
            str(self.model().headerData(row, Qt.Orientation.Vertical))
            for row in range(min(self.model().rowCount(), 200))
        ]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0) + 12
        side.setFixedWidth(min(widest, max(24, int(self.width() * HEAD_SHARE))))
        side.setDefaultSectionSize(line)
        head.setFixedHeight(line)
        count = max(1, self.model().columnCount())
        room = self.width() - side.width() - 2
        tall = line * (self.model().rowCount() + 1) + 2
        if tall > TALLEST:
            room -= self.verticalScrollBar().sizeHint().width()
        head.setMinimumSectionSize(min(20, least))
        head.setDefaultSectionSize(max(least, room // count))
        bar = self.horizontalScrollBar().sizeHint().height() if least * count > room else 0
        self.setFixedHeight(min(self._themes.pixels(TALLEST), tall + bar))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the table before they are shortcuts of the window."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._deed(event)
        if self.state() == self.State.EditingState:
            super().keyPressEvent(event)  # what the editor left over
        elif deed is not None:
            deed()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        elif event.text() and event.text() not in NUMBER_SIGNS and not event.modifiers():
            super().keyPressEvent(event) if event.text() in "\t\x1b" else event.ignore()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.setFocus()

    def _takes(self, event: QKeyEvent) -> bool:
        return self._deed(event) is not None or event.text() in NUMBER_SIGNS

    def _deed(self, event: QKeyEvent) -> Callable[[], object] | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        if event.key() in CUT_KEYS:
            return self.cut_asked.emit
        if event.key() == Qt.Key.Key_L or event.text() in FREEZE_LETTERS:
            return self.freeze_asked.emit
        return None
