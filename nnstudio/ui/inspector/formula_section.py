"""The fold that writes out what one neuron of a layer computes for the current example."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout

from nnstudio.i18n import translate
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.fold import Fold
from nnstudio.ui.widgets.translated import Retranslating


class FormulaSection(Retranslating, Fold):
    """Folded at first; the text can be selected and copied."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self._name = ""
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(4, 0, 0, 0)
        column.addWidget(self.text)
        self.retranslate()

    def show_formula(self, name: str, lines: tuple[str, ...]) -> None:
        """Show the lines of the neuron called `name`; none hide the section."""
        if name != self._name:
            self._name = name
            self.retranslate()
        self.text.setText("\n".join(lines))
        self.text.setAccessibleName(self.button.text())
        self.setVisible(bool(lines))

    def retranslate(self) -> None:
        """Set the heading again."""
        text = translate("Inspector", "Formula of {name}")
        self.set_title(text.format(name=self._name))
