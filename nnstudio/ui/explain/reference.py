"""The page about what is selected, or about the example that is open, beside the canvas."""

from pathlib import Path

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from nnstudio import i18n
from nnstudio.document.diff import Changes
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.paths import resources
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import Theme, ThemeManager
from nnstudio.ui.widgets.translated import Retranslating

NOTHING_SELECTED = "network"


def page_of(folder: str, id: str, language: str) -> Path | None:
    """Return the Markdown page `id` of a resource folder in a language, else English, else None."""
    home = resources() / folder / id
    for name in (language, "en"):
        if id and (home / f"{name}.md").is_file():
            return home / f"{name}.md"
    return None


class Reference(Retranslating, QTextBrowser):
    """Follows the selection; with nothing selected it tells what to try with the example."""

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
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(14)
        self.document().setIndentWidth(18)
        selection.changed.connect(self.retranslate)
        themes.changed.connect(self.retranslate)
        self._unsubscribe = store.subscribe(self._changed)
        self.retranslate()

    @property
    def page(self) -> Path | None:
        """The file of the page that belongs here now."""
        language, graph = i18n.language(), self._store.project.graph
        node = self._selection.single
        if node is not None and node in graph:
            return page_of("reference", graph[node].layer.id, language)
        template = self._store.project.template
        example = page_of("templates", template, language)
        return example or page_of("reference", NOTHING_SELECTED, language)

    def close_view(self) -> None:
        """Stop listening to the store."""
        self._unsubscribe()

    def retranslate(self) -> None:
        """Show the page that belongs here, in the current language, colours and size."""
        file = self.page
        if file is None:
            self.clear()
            return
        self.document().setDefaultFont(self._themes.font())
        self.setMarkdown(file.read_text("utf-8"))
        _lay_out(self.document(), self._themes.theme)

    def _changed(self, changes: Changes, old: Project, new: Project) -> None:
        if changes.all:
            self.retranslate()


def _lay_out(document: QTextDocument, theme: Theme) -> None:
    """Give lines, headings and code the room and ground that Markdown import leaves out."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        form = block.blockFormat()
        form.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if form.headingLevel():
            form.setTopMargin(4 if form.headingLevel() == 1 else 14)
            form.setBottomMargin(4)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            heading = QTextCharFormat()
            heading.setFontWeight(QFont.Weight.DemiBold)
            size = document.defaultFont().pointSizeF()
            heading.setFontPointSize(size * (1.35 if form.headingLevel() == 1 else 1.0))
            cursor.setCharFormat(heading)
            cursor.setPosition(block.position())
        if form.hasProperty(QTextBlockFormat.Property.BlockCodeFence):
            form.setBackground(QBrush(QColor(theme.canvas)))
            form.setLeftMargin(6)
            form.setNonBreakableLines(False)
        cursor.setBlockFormat(form)
        block = block.next()
