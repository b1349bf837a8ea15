"""A sheet laid over the window: the rest goes on behind it, Escape or a click beside closes it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from nnstudio.i18n import translate
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.tool_button import ToolButton
from nnstudio.ui.widgets.translated import Retranslating

MARGIN = 24
STILL_WORKING = (Qt.Key.Key_F5, Qt.Key.Key_F11)  # how the window looks is no matter of it


class Sheet(Retranslating, QWidget):
    """Covers `host` and shows `content` on a card at most `wanted` large."""

    closed = Signal()

    def __init__(
        self,
        host: QWidget,
        title: tuple[str, str],
        content: QWidget,
        themes: ThemeManager,
        wanted: QSize,
    ) -> None:
        """`title` is (context, English source); the sheet deletes itself when it closes."""
        super().__init__(host)
        self._host = host
        self._themes = themes
        self._title = title
        self._wanted = wanted
        self._before = QApplication.focusWidget()
        self.content = content
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = QFrame(self)
        self.card.setProperty("look", "card")
        self.heading = QLabel()
        self.close_button = ToolButton()
        self.close_button.clicked.connect(self.close_sheet)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.close_button)
        box = QVBoxLayout(self.card)
        box.setContentsMargins(20, 14, 20, 18)
        box.setSpacing(10)
        box.addLayout(head)
        box.addWidget(content, 1)
        host.installEventFilter(self)
        themes.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()
        self.setGeometry(host.rect())
        self.show()
        self.raise_()
        (content.focusProxy() or content).setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self) -> None:
        """Take the sheet away and give the focus back."""
        self._host.removeEventFilter(self)
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def retranslate(self) -> None:
        """Set the heading again."""
        self.heading.setText(translate(*self._title))
        self.close_button.explain(translate("Message", "Close"))

    def event(self, event: QEvent) -> bool:
        """Keep the window's shortcuts from working behind the sheet."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if Qt.Key(event.key()) not in STILL_WORKING:
                event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self.setGeometry(self._host.rect())
        return False

    def resizeEvent(self, event: QEvent) -> None:
        room = self.size() - QSize(2 * MARGIN, 2 * MARGIN)
        size = (self._wanted * self._themes.scale).boundedTo(room)
        self.card.resize(size)
        self.card.move((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shade = QColor(0, 0, 0, 150 if self._themes.theme.dark else 90)
        painter.fillRect(self.rect(), shade)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        # Other keys stay here: a sheet is not a place to play with the canvas below.

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside the sheet."""
        moved = super().focusNextPrevChild(forward)
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.close_button.setFocus(Qt.FocusReason.TabFocusReason)
        return moved

    def _restyle(self) -> None:
        self.heading.setFont(self._themes.font(1.3, "semibold"))
        self.close_button.draw("mdi6.close", self._themes)
