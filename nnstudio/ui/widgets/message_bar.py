"""The bar above the canvas for what failed or is offered; it never blocks the work."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.ui.icons import pixmap
from nnstudio.ui.messages import Messages
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.tool_button import ToolButton
from nnstudio.ui.widgets.translated import Retranslating


class MessageBar(Retranslating, QWidget):
    """Shows one message at a time: the newest."""

    def __init__(
        self, messages: Messages, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._action: Callable[[], object] | None = None
        self._failed = False
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.setProperty("look", "primary")
        self._button.setAutoDefault(True)
        self._details_button = ToolButton()
        self._details_button.setCheckable(True)
        self._close = ToolButton()
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setMaximumHeight(140)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        for widget in (self._button, self._details_button, self._close):
            row.addWidget(widget)
        self._card = QFrame()
        box = QVBoxLayout(self._card)
        box.setContentsMargins(12, 6, 6, 6)
        box.addLayout(row)
        box.addWidget(self._details)
        around = QVBoxLayout(self)
        around.setContentsMargins(8, 8, 8, 0)
        around.addWidget(self._card)
        self._button.clicked.connect(self._act)
        self._close.clicked.connect(self.hide)
        self._details_button.toggled.connect(self._details.setVisible)
        messages.failure.connect(self.show_failure)
        messages.offered.connect(self.show_offer)
        messages.cleared.connect(self.hide)
        themes.changed.connect(self._restyle)
        self.retranslate()
        self.hide()

    def show_failure(self, error: StudioError) -> None:
        """Show what failed, why, and what to do."""
        self._show(f"{error.text}\n{error.hint}" if error.hint else error.text, True)
        self._button.hide()
        self._details.setPlainText(error.details)
        self._details_button.setVisible(bool(error.details))

    def show_offer(self, text: str, button: str, action: Callable[[], object]) -> None:
        """Show a text with one button that does `action`."""
        self._show(text, False)
        self._action = action
        self._button.setText(button)
        self._button.show()
        self._details_button.hide()

    def retranslate(self) -> None:
        """Set the texts of the small buttons again; the message stays as it was said."""
        self._details_button.setText(translate("Message", "Details"))
        self._close.explain(translate("Message", "Close"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _show(self, text: str, failed: bool) -> None:
        self._failed = failed
        self._action = None
        self._text.setText(text)
        self.setAccessibleName(text)
        self._card.setProperty("look", "bad" if failed else "good")
        self._card.style().unpolish(self._card)
        self._card.style().polish(self._card)
        self._details_button.setChecked(False)
        self._details.hide()
        self._restyle()
        self.show()

    def _restyle(self) -> None:
        theme = self._themes.theme
        side = self._themes.pixels(20)
        name = "mdi6.alert-circle" if self._failed else "mdi6.information"
        color = theme.bad if self._failed else theme.accent
        self._sign.setPixmap(pixmap(name, side, color, self.devicePixelRatioF()))
        self._close.draw("mdi6.close", self._themes)

    def _act(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action is not None:
            action()
