"""The one bar at the top: files and undo, the training bar in the middle, help and language."""

from collections.abc import Callable, Mapping, Set

from PySide6.QtCore import QEvent, QSize, Qt
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
from nnstudio.ui.language import Languages
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.tool_button import ToolButton
from nnstudio.ui.widgets.translated import Retranslating

LEFT = ("file.new", "file.open", "file.save", "", "edit.undo", "edit.redo")
RIGHT = ("view.presentation", "view.theme", "help.search", "view.language")
# What gives way first when the bar is too narrow; everything stays in the menu.
SPACING = 2
ROOM = 40  # margins and the air around the training bar
YIELDING_FIRST = ("view.theme", "help.search", "file.open")  # before the training bar shrinks
YIELDING = ("view.theme", "help.search", "file.open", "file.new", "text", "view.presentation")
YIELDING_LATE = ("edit.redo", "switch", "file.save", "edit.undo", "file.use_data")


class TopBar(Retranslating, QFrame):
    """Buttons for a few actions of the table; `training_bar` sits in the middle."""

    def __init__(
        self,
        actions: ActionSet,
        languages: Languages,
        themes: ThemeManager,
        training_bar: QWidget,
        choose_language: Callable[[str], object],
        submenus: Mapping[str, tuple[str, Callable[[QMenu], object]]],
        parent: QWidget | None = None,
    ) -> None:
        """`choose_language(id)` is called by the switch.

        `submenus`: menu id -> (English title, function that fills it each time it opens).
        """
        super().__init__(parent)
        self._actions = actions
        self._languages = languages
        self._themes = themes
        self._fitting = False
        self.setProperty("look", "bar")
        self.buttons: dict[str, ToolButton] = {}
        self.menu = QMenu(self)
        self._menus = {id: self.menu.addMenu("") for id, _ in menu_titles()}
        self._submenus: list[tuple[QMenu, str]] = []
        for id, part in self._menus.items():
            actions.fill(part, id)
            if id in submenus:
                self._add_submenu(part, *submenus[id])
        self.menu_button = ToolButton()
        self.menu_button.setMenu(self.menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setShortcut("F10")
        self.training_bar = training_bar
        self._rule = QFrame()
        self._rule.setProperty("look", "rule")
        self._rule.setFixedSize(1, 24)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(SPACING)
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
        """Name the menus and the menu button again."""
        for id, title in menu_titles():
            self._menus[id].setTitle(title)
        for menu, text in self._submenus:
            menu.setTitle(translate("Menu", text))
        self.menu_button.explain(translate("Menu", "Menu (F10)"))
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit again when the training bar needs more or less room than before."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _add_submenu(self, menu: QMenu, text: str, fill: Callable[[QMenu], object]) -> None:
        menu.addSeparator()
        made = menu.addMenu("")
        made.aboutToShow.connect(lambda: fill(made))
        self._submenus.append((made, text))

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
        """Show as many buttons as there is room for; the least needed goes first.

        Nothing is shown or hidden to find out: that would lay out everything again and again.
        """
        if self._fitting:
            return
        icon_only = self.menu_button.sizeHint().width()
        use_data = self.buttons["file.use_data"]
        widths = dict.fromkeys(self.buttons, icon_only)
        widths["file.use_data"] += self._words(use_data)
        hidden = {"view.language"}  # stands in for the switch
        if self._themes.presentation:
            hidden |= {*LEFT, "file.use_data", "view.theme", "help.search"}
        for part in (*YIELDING, *YIELDING_LATE):
            whole = part in YIELDING_FIRST
            switch = self.switch.sizeHint().width() if "view.language" in hidden else 0
            needed = self._fixed_width(whole) + self._width_of(widths, hidden) + switch
            if needed <= self.width():
                break
            if part == "text":
                widths["file.use_data"] = icon_only
            elif part == "switch":
                hidden.remove("view.language")
            elif part != "view.presentation" or not self._themes.presentation:
                hidden.add(part)  # but the way out of a presentation stays in sight
        with_words = widths["file.use_data"] > icon_only
        self._fitting = True
        use_data.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if with_words
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        for id, button in self.buttons.items():
            button.setVisible(id not in hidden)
        self.switch.setVisible("view.language" in hidden)
        self._rule.setVisible(not hidden.issuperset(("file.new", "file.open", "file.save")))
        self._fitting = False

    def _words(self, button: ToolButton) -> int:
        return button.fontMetrics().horizontalAdvance(f"  {button.defaultAction().iconText()}")

    def _width_of(self, widths: Mapping[str, int], hidden: Set[str]) -> int:
        return sum(width + SPACING for id, width in widths.items() if id not in hidden)

    def _fixed_width(self, whole: bool) -> int:
        """Return what can't be hidden; the training bar `whole` or as narrow as it gets."""
        bar = self.training_bar
        run = bar.sizeHint() if whole else bar.minimumSizeHint()
        parts = (self.menu_button, self._rule)
        return run.width() + sum(part.sizeHint().width() + SPACING for part in parts) + ROOM
