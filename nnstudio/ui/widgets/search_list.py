"""A field and the list of what it finds; arrows choose, Enter takes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nnstudio.ui.widgets.matching import rank


@dataclass(frozen=True)
class Found:
    """One thing that can be found: `names` in every language, what is shown, what is done."""

    names: tuple[str, ...]
    text: str
    detail: str
    icon: QIcon
    run: Callable[[], object]
    enabled: bool = True


class _Row(QStyledItemDelegate):
    """Writes the detail of a Found at the right end of its row."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        found = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setPen(option.palette.placeholderText().color())
        painter.drawText(
            option.rect.adjusted(0, 0, -12, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            found.detail,
        )
        painter.restore()


class SearchList(QWidget):
    """Emits `taken` with the chosen Found, `outdated` when the language of its texts is left."""

    taken = Signal(object)
    outdated = Signal()

    def __init__(
        self, things: Sequence[Found], placeholder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._things = list(things)
        self.field = QLineEdit()
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.field)
        box.addWidget(self.list, 1)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda item: self._take())
        self._search("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.outdated.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
        return False

    def _search(self, query: str) -> None:
        ranked = [(rank(query, thing.names), thing) for thing in self._things]
        found = [(place, thing) for place, thing in ranked if place is not None]
        self.list.clear()
        for _, thing in sorted(found, key=lambda pair: pair[0]):
            item = QListWidgetItem(thing.icon, thing.text)
            item.setData(Qt.ItemDataRole.UserRole, thing)
            if not thing.enabled:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.taken.emit(item.data(Qt.ItemDataRole.UserRole))
