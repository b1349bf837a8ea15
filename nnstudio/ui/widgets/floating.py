"""A panel in a window of its own, such as a plot on the second screen."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.i18n import translate
from nnstudio.ui.widgets.translated import Retranslating


class FloatingPanel(Retranslating, QWidget):
    """Holds one panel; closing it asks for the panel to go back to its card."""

    closed = Signal(str)

    def __init__(
        self,
        id: str,
        title: str,
        widget: QWidget,
        actions: Sequence[QAction],
        parent: QWidget,
    ) -> None:
        """`title` is an English source of the context "Dock"; `actions` keep their shortcuts."""
        super().__init__(parent, Qt.WindowType.Window)
        self.id = id
        self._title = title
        self._widget = widget
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(10, 10, 10, 10)
        self._box.addWidget(widget)
        widget.show()
        self.addActions(list(actions))
        self.retranslate()

    def open_at(self, place: QPoint, size: QSize) -> None:
        """Show the window with its top-left corner at `place`, inside the screen."""
        self.resize(size)
        area = self.screen().availableGeometry()
        x = min(max(place.x(), area.left()), area.right() - size.width())
        y = min(max(place.y(), area.top()), area.bottom() - size.height())
        self.move(max(x, area.left()), max(y, area.top()))
        self.show()

    def release(self) -> QWidget:
        """Give the panel away and delete this window."""
        self._box.removeWidget(self._widget)
        self._widget.setParent(None)
        self.hide()
        self.deleteLater()
        return self._widget

    def retranslate(self) -> None:
        """Set the window's title again."""
        self.setWindowTitle(translate("Dock", self._title))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit(self.id)
