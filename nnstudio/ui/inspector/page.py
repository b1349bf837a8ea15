"""What every page of the inspector has: the rooms it works with, a column, headings."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnstudio.document.diff import Changes
from nnstudio.document.store import Store
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.messages import Messages
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live
from nnstudio.ui.widgets.translated import Retranslating


class Page(Retranslating, QWidget):
    """A column of sections about one selected thing."""

    def __init__(
        self,
        *,
        store: Store,
        selection: Selection,
        themes: ThemeManager,
        live: Live,
        messages: Messages,
    ) -> None:
        super().__init__()
        self.store, self.selection, self.themes = store, selection, themes
        self.live, self.messages = live, messages
        self.setProperty("look", "page")
        self.column = QVBoxLayout()
        self.column.setSpacing(10)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 12)
        outer.setSpacing(0)
        outer.addLayout(self.column)
        outer.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Return no width: the page takes that of the panel, long words give way."""
        return QSize(0, super().minimumSizeHint().height())

    def follow(self, changes: Changes) -> None:
        """Show what has changed in the project."""

    def wants(self) -> frozenset[str]:
        """Return the parts of a snapshot the page shows."""
        return frozenset()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the live numbers."""

    def retranslate(self) -> None:
        """Set every text again."""


def heading() -> QLabel:
    """Return a label for a section's title."""
    label = QLabel()
    label.setProperty("look", "heading")
    label.setWordWrap(True)
    return label


def muted() -> QLabel:
    """Return a label for what is said in passing."""
    label = QLabel()
    label.setProperty("look", "muted")
    label.setWordWrap(True)
    return label


def rule() -> QFrame:
    """Return a thin line between sections."""
    line = QFrame()
    line.setProperty("look", "rule")
    line.setFixedHeight(1)
    return line


class IconRow(QWidget):
    """An icon tile beside a title and a line below it, as on the cards."""

    def __init__(self) -> None:
        super().__init__()
        self.picture, self.title, self.detail = QLabel(), heading(), muted()
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self.title)
        texts.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
