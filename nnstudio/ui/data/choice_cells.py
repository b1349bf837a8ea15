"""Cells of a table that hold one of a few words; a click, Space or F2 opens the list."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnstudio.ui.icons import pixmap
from nnstudio.ui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex
CHOICE = Qt.ItemDataRole.UserRole
SIDE = 16


class ChoiceCells(QStyledItemDelegate):
    """Offers (id, translated text) pairs; the id goes into the model under `CHOICE`."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self.offers: Sequence[tuple[str, str]] = ()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        rect: QRect = option.rect
        side = self._themes.pixels(SIDE)
        ratio = painter.device().devicePixelRatioF()
        arrow = pixmap("mdi6.menu-down", side, self._themes.theme.muted, ratio)
        painter.drawPixmap(rect.right() - side - 2, rect.center().y() - side // 2, arrow)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        combo = QComboBox(parent)
        for id, text in self.offers:
            combo.addItem(text, id)
        combo.setAccessibleName(str(index.model().index(index.row(), 0).data()))
        combo.activated.connect(lambda _: self._take(combo))
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(editor.findData(index.data(CHOICE)))
        editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        if editor.currentData() != index.data(CHOICE):
            model.setData(model.index(index.row(), index.column()), editor.currentData(), CHOICE)

    def _take(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)
