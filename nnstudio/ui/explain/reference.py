"""The reference page of what is selected, in a panel beside the canvas."""

from pathlib import Path

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from nnstudio import i18n
from nnstudio.document.store import Store
from nnstudio.paths import resources
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating

FIRST_PAGE = "network"


def page_file(kind: str, language: str) -> Path | None:
    """Return the Markdown page of a kind in a language, else in English, else None."""
    folder = resources() / "reference" / kind
    for name in (language, "en"):
        if (folder / f"{name}.md").is_file():
            return folder / f"{name}.md"
    return None


class Reference(Retranslating, QTextBrowser):
    """Follows the selection while it is visible; links lead to other pages."""

    def __init__(
        self,
        *,
        store: Store,
        selection: Selection,
        themes: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._selection = selection
        self._themes = themes
        self._kind = FIRST_PAGE
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(14)
        self.anchorClicked.connect(lambda link: self.show_kind(link.path()))
        selection.changed.connect(self._follow)
        themes.changed.connect(self.retranslate)
        self._follow()
        self.retranslate()

    @property
    def kind(self) -> str:
        """The kind whose page is shown."""
        return self._kind

    def show_kind(self, kind: str) -> None:
        """Show the page of a kind; the page about networks when it has none."""
        self._kind = kind if page_file(kind, i18n.language()) is not None else FIRST_PAGE
        self.retranslate()

    def retranslate(self) -> None:
        """Load the page again in the current language and theme."""
        file = page_file(self._kind, i18n.language())
        if file is None:
            self.clear()
            return
        self.setMarkdown(file.read_text("utf-8"))
        theme = self._themes.theme
        self.document().setDefaultFont(self._themes.font())
        _breathe(self.document())
        self.setStyleSheet(f"background: transparent; color: {theme.text};")

    def _follow(self) -> None:
        node = self._selection.single
        graph = self._store.project.graph
        kind = graph[node].layer.id if node is not None and node in graph else FIRST_PAGE
        if kind != self._kind:
            self.show_kind(kind)


def _breathe(document: QTextDocument) -> None:
    """Give lines and headings the room Markdown import leaves out."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        form = block.blockFormat()
        form.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if form.headingLevel():
            form.setTopMargin(10)
            form.setBottomMargin(4)
        cursor.setBlockFormat(form)
        block = block.next()
