"""The gallery: what a new project can start from, and the files opened last."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from nnstudio.exchange.templates import TEMPLATES, describe, load_template
from nnstudio.i18n import translate
from nnstudio.ui.gallery.preview import preview
from nnstudio.ui.gallery.tile import Tile
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.flow_layout import FlowLayout
from nnstudio.ui.widgets.translated import Retranslating

MOST_RECENT = 6


class Gallery(Retranslating, QScrollArea):
    """Tiles for the templates, links for recent files; pictures are drawn one by one."""

    chosen = Signal(str)  # id of a template
    file_chosen = Signal(str)

    def __init__(
        self, recent: Sequence[Path], themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        page.setProperty("look", "page")
        self._box = QVBoxLayout(page)
        self._box.setContentsMargins(0, 0, 6, 0)
        self._box.setSpacing(10)
        self._recent_heading = self._heading()
        self._template_heading = self._heading()
        self._add_recent(list(recent)[:MOST_RECENT])
        self.tiles: dict[str, Tile] = {}
        self._add_tiles()
        self._box.addStretch(1)
        self.setWidget(page)
        self._waiting = list(TEMPLATES)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._draw_next)
        themes.changed.connect(self._restyle)
        self._timer.start(0)
        self.retranslate()
        if self.tiles:
            self.setFocusProxy(next(iter(self.tiles.values())))

    def retranslate(self) -> None:
        """Set every text again."""
        self._recent_heading.setText(translate("Gallery", "Opened last"))
        self._template_heading.setText(translate("Gallery", "Start from an example"))
        for id, tile in self.tiles.items():
            tile.set_texts(*describe(id))

    def _heading(self) -> QLabel:
        label = QLabel()
        label.setProperty("look", "heading")
        return label

    def _add_recent(self, files: list[Path]) -> None:
        self._recent_heading.setVisible(bool(files))
        self._box.addWidget(self._recent_heading)
        row = FlowLayout(gap=4)
        for file in files:
            link = QPushButton(file.name)
            link.setProperty("look", "link")
            link.setAutoDefault(True)
            link.setToolTip(str(file))
            link.clicked.connect(lambda _=False, file=file: self.file_chosen.emit(str(file)))
            row.addWidget(link)
        self._box.addLayout(row)

    def _add_tiles(self) -> None:
        self._box.addWidget(self._template_heading)
        flow = FlowLayout(even=True)
        for id in TEMPLATES:
            tile = Tile(self._themes)
            tile.clicked.connect(lambda _=False, id=id: self.chosen.emit(id))
            flow.addWidget(tile)
            self.tiles[id] = tile
        self._box.addLayout(flow)

    def _draw_next(self) -> None:
        """Draw one preview each time the window has nothing else to do."""
        if not self._waiting:
            self._timer.stop()
            return
        id = self._waiting.pop(0)
        tile = self.tiles[id]
        picture = preview(
            load_template(id), tile.picture_size(), self._themes.theme, self.devicePixelRatioF()
        )
        tile.set_picture(picture)

    def _restyle(self) -> None:
        for tile in self.tiles.values():
            tile.restyle()
        self._waiting = list(TEMPLATES)
        self._timer.start(0)
