"""The type-to-search menu of pieces: opens where the piece will stand."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from nnstudio.i18n import translate
from nnstudio.ui.canvas.fitting import Offer
from nnstudio.ui.icons import icon
from nnstudio.ui.widgets.matching import rank

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView

WIDTH, ROW, SHOWN = 260, 34, 8
INSET, HELP_LINES = 8, 2
KIND = int(Qt.ItemDataRole.UserRole)
HELP = KIND + 1
_LIST_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class AddMenu(QFrame):
    """A search line above a list; Enter takes the marked piece, Esc closes."""

    def __init__(self, canvas: "CanvasView") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._offers: Sequence[Offer] = ()
        self._choose: Callable[[str], object] | None = None
        self._at, self._above = QPoint(), False
        self.setProperty("look", "card")
        self.setAutoFillBackground(True)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _: self._take())
        self.empty = QLabel(self)
        self.empty.setProperty("look", "muted")
        self.empty.setWordWrap(True)
        self.help = QLabel(self)
        self.help.setProperty("look", "muted")
        self.help.setWordWrap(True)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.list.currentItemChanged.connect(lambda *_: self._explain())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for widget in (self.search, self.list, self.empty, self.help):
            column.addWidget(widget)
        self.hide()

    def open_at(self, at: QPoint, offers: Sequence[Offer], choose: Callable[[str], object]) -> None:
        """Open at a point of the canvas widget; `choose(kind)` is called with what is taken."""
        self._offers, self._choose = offers, choose
        self.search.setPlaceholderText(translate("Canvas", "Find a layer…"))
        self.search.setAccessibleName(translate("Canvas", "Find a layer to add"))
        self.list.setAccessibleName(translate("Canvas", "Layers"))
        self.empty.setText(translate("Canvas", "Nothing of that name. Try another word."))
        self.search.clear()
        self._at, self._above = at, False
        self._fill("")
        self._above = at.y() + self.height() > self._canvas.height() - INSET
        self._place()
        self.show()
        self.raise_()
        self.search.setFocus()

    def close_menu(self, refocus: bool = True) -> None:
        """Close without taking anything."""
        if self.isVisible():
            self._choose = None
            if refocus:
                self._canvas.setFocus()
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched is self.search:
            if self._canvas.window().focusWidget() is not self.search:
                self.close_menu(refocus=False)
        elif isinstance(event, QInputMethodEvent) and event.preeditString():
            # a Hangul syllable that is still being typed counts already
            self._fill(self.search.text() + event.preeditString())
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_menu()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._step(1 if key == Qt.Key.Key_Tab else -1)
        elif key in _LIST_KEYS:
            far = SHOWN if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) else 1
            up = key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp)
            self._step(-far if up else far)
        else:
            return False
        return True

    def _step(self, way: int) -> None:
        count = self.list.count()
        if count:
            self.list.setCurrentRow(min(count - 1, max(0, self.list.currentRow() + way)))

    def _fill(self, query: str) -> None:
        theme = self._canvas.themes.theme
        found = []
        for number, offer in enumerate(self._offers):
            place = rank(query, (translate("Layer", offer.label), offer.label, offer.kind))
            if place is not None:
                found.append((place if query else 0, number, offer))
        self.list.clear()
        height = self._canvas.themes.pixels(ROW)
        for _, _, offer in sorted(found, key=lambda row: row[:2]):
            item = QListWidgetItem(icon(offer.kind, theme), translate("Layer", offer.label))
            item.setData(KIND, offer.kind)
            item.setData(HELP, translate("Layer", offer.help))
            item.setSizeHint(QSize(0, height))
            self.list.addItem(item)
        self.list.setIconSize(QSize(height * 6 // 10, height * 6 // 10))
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.list.setFixedHeight(min(SHOWN, max(1, len(found))) * height + 4)
        self._explain()
        self._place()

    def _explain(self) -> None:
        """Say in one sentence what the marked piece does."""
        item = self.list.currentItem()
        self.help.setText(str(item.data(HELP)) if item is not None else "")
        self.help.setVisible(item is not None)
        lines = self.help.fontMetrics().lineSpacing() * HELP_LINES
        self.help.setFixedHeight(lines)

    def _place(self) -> None:
        """Hang below the point, or stand above it where there is no room below."""
        self.setFixedWidth(min(self._canvas.themes.pixels(WIDTH), self._canvas.width() - 2 * INSET))
        self.adjustSize()
        room = self._canvas.rect().adjusted(INSET, INSET, -INSET, -INSET)
        x = min(self._at.x(), room.right() - self.width())
        y = self._at.y() - (self.height() if self._above else 0)
        y = min(y, room.bottom() - self.height())
        self.move(max(room.left(), x), max(room.top(), y))

    def _take(self) -> None:
        item = self.list.currentItem()
        choose = self._choose
        if item is None or choose is None:
            return
        kind = str(item.data(KIND))
        self.close_menu()
        choose(kind)
