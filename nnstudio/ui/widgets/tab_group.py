"""A rounded card with tabs; a tab can be dragged to another card or out into its own window."""

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from nnstudio.i18n import translate
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.tool_button import ToolButton
from nnstudio.ui.widgets.translated import Retranslating

TAB_MIME = "application/x-nnstudio-panel"


class _Bar(QTabBar):
    """Tabs that can be torn off by dragging them up or down out of the bar."""

    torn = Signal(str, QPoint)  # id of the panel, global position where it was let go
    asked = Signal(str, QPoint)  # context menu on a tab

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.locked = False
        self._pressed: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        on_tab = self.tabAt(event.position().toPoint()) >= 0
        self._pressed = event.position().toPoint() if on_tab else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        away = abs(event.position().y() - self._pressed.y()) if self._pressed is not None else 0
        if self.locked or away < self.height() or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        index = self.tabAt(self._pressed or QPoint())
        self._pressed = None
        if index < 0:
            return
        id = str(self.tabData(index))
        data = QMimeData()
        data.setData(TAB_MIME, id.encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.grab(self.tabRect(index)))
        if drag.exec(Qt.DropAction.MoveAction) == Qt.DropAction.IgnoreAction:
            self.torn.emit(id, self.cursor().pos())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.tabAt(event.pos())
        if index >= 0:
            self.asked.emit(str(self.tabData(index)), event.globalPos())


class TabGroup(Retranslating, QFrame):
    """Panels behind tabs in one card; with a single panel the tab reads like a heading."""

    detach = Signal(str, QPoint)
    dropped = Signal(str)  # a panel of another card was let go here
    asked = Signal(str, QPoint)
    collapse = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        collapsible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`collapsible` names the icon of a button that folds the card away, if it can be."""
        super().__init__(parent)
        self._themes = themes
        self._collapsible = collapsible
        self._titles: dict[str, str] = {}
        self._widgets: dict[str, QWidget] = {}
        self.setProperty("look", "card")
        self.setAcceptDrops(True)
        self.bar = _Bar(self)
        self.pages = QStackedWidget(self)
        self._button = ToolButton(self)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(12, 4, 6, 0)
        self._head.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignLeft)
        self._head.addWidget(self._button)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addLayout(self._head)
        box.addWidget(self.pages, 1)
        self.bar.currentChanged.connect(self._turn)
        self.bar.torn.connect(self.detach)
        self.bar.asked.connect(self.asked)
        self._button.clicked.connect(self._pressed)
        themes.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    @property
    def ids(self) -> list[str]:
        """Ids of the panels in the order of their tabs."""
        return [str(self.bar.tabData(i)) for i in range(self.bar.count())]

    @property
    def current(self) -> str:
        """Id of the panel in front, or ""."""
        index = self.bar.currentIndex()
        return str(self.bar.tabData(index)) if index >= 0 else ""

    def add(self, id: str, title: str, widget: QWidget, index: int = -1) -> None:
        """Put a panel behind a tab; `title` is an English source of the context "Dock"."""
        self._titles[id] = title
        self._widgets[id] = widget
        self.pages.addWidget(widget)
        place = self.bar.insertTab(index, translate("Dock", title))
        self.bar.setTabData(place, id)
        if self.bar.count() == 1:
            self._turn(0)
        self._arrange()

    def take(self, id: str) -> QWidget:
        """Remove a panel and return its widget, without a parent."""
        widget = self._widgets.pop(id)
        self.pages.removeWidget(widget)
        self.bar.removeTab(self.ids.index(id))
        widget.setParent(None)
        self._arrange()
        return widget

    def show_panel(self, id: str) -> None:
        """Bring a panel to the front."""
        self.bar.setCurrentIndex(self.ids.index(id))

    def lock(self, on: bool) -> None:
        """Keep tabs where they are, or let them be dragged."""
        self.bar.locked = on
        self._arrange()

    def retranslate(self) -> None:
        """Set the tab texts and the button's tooltip again."""
        for index, id in enumerate(self.ids):
            self.bar.setTabText(index, translate("Dock", self._titles[id]))
        tip = (
            translate("Dock", "Fold away")
            if self._collapsible
            else translate("Dock", "Open in its own window")
        )
        self._button.explain(tip)

    def restyle(self) -> None:
        """Follow the theme and the type scale."""
        name = self._collapsible or "mdi6.open-in-new"
        self._button.draw(name, self._themes, size=16, muted=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(TAB_MIME) and not self.bar.locked:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self.dropped.emit(bytes(event.mimeData().data(TAB_MIME).data()).decode())

    def _turn(self, index: int) -> None:
        if 0 <= index < self.bar.count() and self.bar.tabData(index):
            self.pages.setCurrentWidget(self._widgets[self.current])

    def _arrange(self) -> None:
        self.bar.setFocusPolicy(
            Qt.FocusPolicy.TabFocus if self.bar.count() > 1 else Qt.FocusPolicy.NoFocus
        )
        self._button.setVisible(bool(self._collapsible) or not self.bar.locked)

    def _pressed(self) -> None:
        if self._collapsible:
            self.collapse.emit()
        elif self.current:
            below = self._button.mapToGlobal(QPoint(0, self._button.height()))
            self.detach.emit(self.current, below - QPoint(self.width() // 2, 0))
