"""The palette where there is no room for words: one icon for each piece."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnstudio.i18n import translate
from nnstudio.ui.palette.piece_list import ICON, PieceList
from nnstudio.ui.palette.pieces import sections
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating


class Strip(Retranslating, QWidget):
    """Icons that are dragged and chosen like the pieces of the palette."""

    chosen = Signal(str)

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self.list = PieceList(themes, icons_only=True)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.list)
        self.list.chosen.connect(self.chosen)
        themes.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Draw the pieces again in the current language, colours and size."""
        side = self._themes.pixels(ICON)
        self.list.setIconSize(QSize(side, side))
        self.list.setStyleSheet("QListWidget::item { padding: 0 0 0 2px; }")
        self.list.setAccessibleName(translate("Palette", "Layers"))
        self.list.fill(sections(""))
        for place in range(self.list.count()):
            self.list.item(place).setSizeHint(QSize(side, side + self._themes.pixels(14)))
        self.list.setCurrentRow(-1)
