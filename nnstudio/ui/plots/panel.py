"""What every plot is: a picture, a slim column of tools, and a sentence while there is nothing."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QStackedWidget, QWidget

from nnstudio.document.compile import live_graph
from nnstudio.document.diff import Changes
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.errors import StudioError
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live
from nnstudio.ui.widgets.translated import Retranslating

MARGINS = (12, 4, 8, 8)
NARROW = 310


class PlotPanel(Retranslating, QWidget):
    """Base of the plots. The tools stand at the right of a low panel, above a tall one.

    A plot puts its picture into `body`, its buttons into the tools, and calls `retranslate` and
    `restyle` at the end of its constructor.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    icon: ClassVar[str]
    live_interval: ClassVar[float] = 1 / 12

    def __init__(
        self, *, store: Store, selection: Selection, themes: ThemeManager, live: Live
    ) -> None:
        super().__init__()
        self.store, self.selection, self.themes, self.live = store, selection, themes, live
        self.empty = QLabel()
        self.empty.setProperty("look", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.body = QStackedWidget()
        self.body.addWidget(self.empty)
        self.body.setMinimumSize(100, 60)  # whatever the hidden pictures would like
        self.tools = QWidget()
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.tools)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.RightToLeft, self)
        self._aside: QWidget | None = None
        self._box.setContentsMargins(*MARGINS)
        self._box.setSpacing(4)
        self._box.addWidget(self.tools)
        self._box.addWidget(self.body, 1)
        themes.changed.connect(self.restyle)
        self.destroyed.connect(store.subscribe(self._on_change))

    def wants(self) -> frozenset[str]:
        """Return the parts of a snapshot the plot shows."""
        raise NotImplementedError

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the present state of the run."""
        raise NotImplementedError

    def restyle(self) -> None:
        """Follow the theme and the type scale."""
        raise NotImplementedError

    def add_tool(self, tool: QWidget) -> None:
        """Put a button or a switch below the tools there are."""
        self._column.insertWidget(self._column.count() - 1, tool)

    def add_aside(self, widget: QWidget) -> None:
        """Put a key between the picture and the tools; below the tools in a narrow panel."""
        self._aside = widget
        self._box.insertWidget(1, widget)

    def _place_aside(self) -> None:
        if self._aside is None:
            return
        narrow = self.width() < self.themes.pixels(NARROW) and not self.is_upright
        if narrow != (self._column.indexOf(self._aside) >= 0):
            if narrow:
                self._column.insertWidget(self._column.count() - 1, self._aside)
            else:
                self._box.insertWidget(1, self._aside)

    def show_body(self, widget: QWidget | None) -> None:
        """Show one of the pictures in `body`, or the sentence (None)."""
        self.body.setCurrentWidget(widget if widget is not None else self.empty)
        self.tools.setVisible(widget is not None)

    @property
    def is_empty(self) -> bool:
        """Whether only the sentence is shown."""
        return self.body.currentWidget() is self.empty

    @property
    def is_upright(self) -> bool:
        """Whether the tools stand above the picture."""
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def forget(self) -> None:
        """Show the sentence until the next snapshot."""
        self.show_body(None)

    def _on_change(self, changes: Changes, old: Project, new: Project) -> None:
        """Show no numbers of a network that isn't there any more."""
        if changes.all or (changes.structure and not _runs(new)):
            self.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = event.size().width() >= event.size().height()
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.RightToLeft if low else direction.TopToBottom)
        self._column.setDirection(direction.TopToBottom if low else direction.LeftToRight)
        self._place_aside()


def _runs(project: Project) -> bool:
    """Tell whether the network can be compiled, so that a snapshot will come."""
    try:
        live_graph(project.graph).check()
    except StudioError:
        return False
    return True
