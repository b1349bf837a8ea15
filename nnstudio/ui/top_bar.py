"""The one bar at the top: files and undo, the training bar in the middle, help and language."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QWidget,
)

from nnstudio.i18n import LANGUAGES, translate
from nnstudio.ui.action_set import ActionSet, menu_titles
from nnstudio.ui.icons import icon
from nnstudio.ui.language import Languages
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.tool_button import ToolButton
from nnstudio.ui.widgets.translated import Retranslating

LEFT = ("file.new", "file.open", "file.save", "", "edit.undo", "edit.redo")
RIGHT = ("view.presentation", "view.theme", "help.search")
# What gives way first when the bar is too narrow; everything stays in the menu.
YIELDING_FIRST = ("view.theme", "help.search", "file.open")  # before the training bar shrinks
YIELDING = ("view.theme", "help.search", "file.open", "file.new", "text", "view.presentation")
YIELDING_LATE = ("edit.redo", "file.save", "edit.undo", "file.use_data")


class TopBar(Retranslating, QFrame):
    """Buttons for a few actions of the table; `training_bar` sits in the middle."""

    def __init__(
        self,
        actions: ActionSet,
        languages: Languages,
        themes: ThemeManager,
        training_bar: QWidget,
        choose_language: Callable[[str], object],
        recent: Callable[[QMenu], object],
        parent: QWidget | None = None,
    ) -> None:
        """`choose_language(id)` is called by the switch, `recent(menu)` fills recent files."""
        super().__init__(parent)
        self._actions = actions
        self._languages = languages
        self._themes = themes
        self._fill_recent = recent
        self.setProperty("look", "bar")
        self.buttons: dict[str, ToolButton] = {}
        self.menu = QMenu(self)
        self.menu_button = ToolButton()
        self.menu_button.setMenu(self.menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setShortcut("F10")
        self.training_bar = training_bar
        self._rule = QFrame()
        self._rule.setProperty("look", "rule")
        self._rule.setFixedSize(1, 24)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(2)
        row.addWidget(self.menu_button)
        for id in LEFT:
            row.addWidget(self._button(id) if id else self._rule)
        row.addStretch(1)
        row.addWidget(training_bar)
        row.addStretch(1)
        row.addWidget(self._button("file.use_data"))
        for id in RIGHT:
            row.addWidget(self._button(id))
        row.addSpacing(4)
        self.switch = self._language_switch(choose_language)
        row.addWidget(self.switch)
        themes.changed.connect(self._restyle)
        languages.changed.connect(self._show_language)
        self._restyle()
        self.retranslate()
        self._show_language()

    def retranslate(self) -> None:
        """Build the menu again and name the buttons."""
        self.menu.clear()
        for id, title in menu_titles():
            part = self.menu.addMenu(title)
            self._actions.fill(part, id)
            if id == "file":
                self._add_recent(part)
        self.menu_button.explain(translate("Menu", "Menu (F10)"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _add_recent(self, menu: QMenu) -> None:
        recent = QMenu(translate("Menu", "Recent files"), menu)
        recent.setIcon(icon("mdi6.history", self._themes.theme))
        recent.aboutToShow.connect(lambda: self._fill_recent(recent))
        menu.insertMenu(self._actions["file.use_data"], recent)

    def _button(self, id: str) -> ToolButton:
        button = ToolButton()
        button.setDefaultAction(self._actions[id])
        self.buttons[id] = button
        return button

    def _language_switch(self, choose: Callable[[str], object]) -> QWidget:
        switch = QWidget()
        row = QHBoxLayout(switch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(switch)
        self._language_buttons = {}
        for id in ("ko", "en"):
            button = ToolButton()
            button.setCheckable(True)
            button.setText(LANGUAGES[id])
            button.setProperty("look", "segment")
            button.clicked.connect(lambda _=False, id=id: choose(id))
            group.addButton(button)
            row.addWidget(button)
            self._language_buttons[id] = button
        return switch

    def _show_language(self) -> None:
        self._language_buttons[self._languages.current].setChecked(True)

    def _restyle(self) -> None:
        side = self._themes.pixels(20)
        for button in self.buttons.values():
            button.setIconSize(QSize(side, side))
        self.menu_button.draw("mdi6.menu", self._themes)
        self._fit()

    def _fit(self) -> None:
        """Hide as many buttons as it takes for the rest to fit, the least needed first."""
        use_data = self.buttons["file.use_data"]
        use_data.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button in self.buttons.values():
            button.show()
        self._rule.show()
        for part in (*YIELDING, *YIELDING_LATE):
            if self._needed(whole=part in YIELDING_FIRST) <= self.width():
                return
            if part == "view.presentation" and self._themes.presentation:
                continue  # the way back stays in sight
            if part == "text":
                use_data.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            else:
                self.buttons[part].hide()
        self._rule.hide()

    def _needed(self, whole: bool) -> int:
        """Return the width it takes, with the training bar `whole` or as narrow as it gets."""
        self._row.invalidate()
        bar = self.training_bar
        extra = bar.sizeHint().width() - bar.minimumSizeHint().width() if whole else 0
        return self._row.totalMinimumSize().width() + max(0, extra)
