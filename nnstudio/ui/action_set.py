"""The table of commands as living Qt actions, shared by every menu, button and window."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from nnstudio.document.store import Store
from nnstudio.i18n import translate
from nnstudio.ui.actions import ACTIONS, MENUS, Action, sequences
from nnstudio.ui.icons import icon
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager


class ActionSet(QObject):
    """Makes one QAction for each row, calls the methods of `targets` (menu id -> commands)."""

    def __init__(
        self,
        targets: Mapping[str, object],
        store: Store,
        selection: Selection,
        themes: ThemeManager,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._targets = targets
        self._store = store
        self._selection = selection
        self._themes = themes
        self.actions: dict[str, QAction] = {row.id: self._make(row) for row in ACTIONS}
        self._unsubscribe = store.subscribe(lambda *_: self.refresh())
        selection.changed.connect(self.refresh)
        themes.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()
        self.refresh()

    def __getitem__(self, id: str) -> QAction:
        return self.actions[id]

    def install(self, widget: QWidget) -> None:
        """Let the shortcuts work in a window."""
        widget.addActions(list(self.actions.values()))

    def fill(self, menu: QMenu, name: str) -> None:
        """Add the commands of menu `name`, in sections."""
        for row in ACTIONS:
            if row.menu == name:
                if row.first:
                    menu.addSeparator()
                menu.addAction(self.actions[row.id])

    def close(self) -> None:
        """Stop listening to the store."""
        self._unsubscribe()

    def refresh(self) -> None:
        """Enable, tick and name the commands by the present state."""
        store = self._store
        has = {
            "": True,
            "undo": store.can_undo,
            "redo": store.can_redo,
            "selection": not self._selection.empty,
        }
        for row in ACTIONS:
            action = self.actions[row.id]
            action.setEnabled(has[row.needs])
            if row.checked:
                action.setChecked(bool(getattr(self._targets[row.menu], row.checked)))
        for id, label in (("edit.undo", store.undo_label), ("edit.redo", store.redo_label)):
            self._name(self.actions[id], self._text(id), label)

    def retranslate(self) -> None:
        """Set every text again."""
        for row in ACTIONS:
            self._name(self.actions[row.id], translate("Menu", row.text), "")
        self.refresh()

    def restyle(self) -> None:
        """Draw every icon in the colours of the theme."""
        for row in ACTIONS:
            if row.icon:
                self.actions[row.id].setIcon(icon(row.icon, self._themes.theme))

    def _make(self, row: Action) -> QAction:
        action = QAction(self)
        action.setObjectName(row.id)
        action.setShortcuts(sequences(row))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(bool(row.checked))
        # Resolved now: a row without its method fails at the start, not at the click.
        method = getattr(self._targets[row.menu], row.method)
        action.triggered.connect(lambda _=False: self._run(method))
        return action

    def _run(self, method: Callable[[], object]) -> None:
        method()
        self.refresh()

    def _text(self, id: str) -> str:
        return translate("Menu", next(row.text for row in ACTIONS if row.id == id))

    def _name(self, action: QAction, text: str, detail: str) -> None:
        action.setText(f"{text}: {detail}" if detail else text)
        action.setIconText(text.rstrip("…"))
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        shown = action.text().rstrip("…")
        action.setToolTip(f"{shown} ({keys})" if keys else shown)


def menu_titles() -> list[tuple[str, str]]:
    """Return (id, translated title) of every menu."""
    return [(id, translate("Menu", text)) for id, text in MENUS]
