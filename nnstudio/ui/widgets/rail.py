"""The narrow strip a folded card leaves behind: one button for each of its panels."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from nnstudio.i18n import translate
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.tool_button import ToolButton
from nnstudio.ui.widgets.translated import Retranslating


class Rail(Retranslating, QFrame):
    """Buttons that unfold a card with the wanted panel in front."""

    wanted = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._buttons: dict[str, tuple[ToolButton, str, str]] = {}
        self.setProperty("look", "card")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(4, 6, 4, 6)
        self._box.addStretch(1)
        themes.changed.connect(self.restyle)

    def set_panels(self, panels: list[tuple[str, str, str]]) -> None:
        """Show a button for each (id, English title, icon name)."""
        for button, _, _ in self._buttons.values():
            self._box.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for place, (id, title, name) in enumerate(panels):
            button = ToolButton(self)
            button.clicked.connect(lambda _=False, id=id: self.wanted.emit(id))
            self._box.insertWidget(place, button)
            self._buttons[id] = (button, title, name)
        self.restyle()
        self.retranslate()

    def set_extra(self, widget: QWidget) -> None:
        """Show a narrow widget below the buttons, such as the pieces as icons."""
        last = self._box.count() - 1
        self._box.insertWidget(last, widget, 1)
        self._box.setStretch(last + 1, 0)

    def retranslate(self) -> None:
        """Set the tooltips again."""
        for button, title, _ in self._buttons.values():
            button.explain(translate("Dock", title))

    def restyle(self) -> None:
        """Follow the theme and the type scale."""
        for button, _, name in self._buttons.values():
            button.draw(name, self._themes)
        self.setFixedWidth(self._themes.pixels(20) + 22)
