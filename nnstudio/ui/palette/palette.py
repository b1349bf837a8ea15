"""The palette: every kind of layer as a piece, by group, with a search field above."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from nnstudio.document.store import Store
from nnstudio.i18n import translate
from nnstudio.ui.icons import icon
from nnstudio.ui.messages import Messages
from nnstudio.ui.palette.piece_list import PieceList
from nnstudio.ui.palette.pieces import sections
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating


class Palette(Retranslating, QWidget):
    """Drag a piece onto the canvas, or press Enter or double-click: emits `chosen(kind)`."""

    chosen = Signal(str)

    def __init__(self, *, store: Store, themes: ThemeManager, messages: Messages) -> None:
        super().__init__()
        self._themes = themes
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self._lens = self.field.addAction(
            icon("mdi6.magnify", themes.theme), QLineEdit.ActionPosition.LeadingPosition
        )
        self.list = PieceList(themes)
        self.nothing = QLabel()
        self.nothing.setProperty("look", "muted")
        self.nothing.setWordWrap(True)
        self.tip = QLabel()
        self.tip.setProperty("look", "muted")
        self.tip.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(self.tip)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.chosen.connect(self.chosen)
        themes.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text and colour again."""
        self._lens.setIcon(icon("mdi6.magnify", self._themes.theme, self._themes.theme.muted))
        self.field.setPlaceholderText(translate("Palette", "Find a layer…"))
        self.field.setAccessibleName(translate("Palette", "Find a layer"))
        self.list.setAccessibleName(translate("Palette", "Layers"))
        self.nothing.setText(translate("Palette", "No layer is called that."))
        self.tip.setText(translate("Palette", "Drag one onto the canvas, or press Enter"))
        self._search(self.field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._typed(event)
        return super().eventFilter(watched, event)

    def _typed(self, event: QKeyEvent) -> bool:
        """Let the arrows and Enter work on the list while the field has the focus."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.choose_current()
            self.field.clear()
        elif event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
        else:
            return False
        return True

    def _search(self, query: str) -> None:
        found = sections(query.strip())
        self.list.fill(found, choose_first=bool(query.strip()))
        self.nothing.setVisible(not found)
