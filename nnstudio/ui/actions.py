"""Every command of the window in one table; menus, bar, shortcuts and command search read it."""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from nnstudio.i18n import QT_TRANSLATE_NOOP

Standard = QKeySequence.StandardKey
MENUS = (
    ("file", QT_TRANSLATE_NOOP("Menu", "File")),
    ("edit", QT_TRANSLATE_NOOP("Menu", "Edit")),
    ("view", QT_TRANSLATE_NOOP("Menu", "View")),
    ("train", QT_TRANSLATE_NOOP("Menu", "Training")),
    ("help", QT_TRANSLATE_NOOP("Menu", "Help")),
)


@dataclass(frozen=True)
class Action:
    """One command. `text` is an English source of the context "Menu".

    `id` is `<menu>.<method>`: the method of that name in `nnstudio.ui.commands` does it. `keys`
    are standard keys or portable texts, the first is shown. `needs` says when it is enabled
    ("", "undo", "redo", "selection", "idle"); `checked` names a property that ticks it;
    `first` starts a section of its menu.
    """

    id: str
    text: str
    icon: str = ""
    keys: tuple[QKeySequence.StandardKey | str, ...] = ()
    needs: str = ""
    checked: str = ""
    first: bool = False

    @property
    def menu(self) -> str:
        """Id of the menu the command stands in."""
        return self.id.partition(".")[0]

    @property
    def method(self) -> str:
        """Name of the method that does it."""
        return self.id.partition(".")[2]


def _action(id: str, text: str, icon: str = "", *keys: Standard | str, **more: object) -> Action:
    return Action(id, text, f"mdi6.{icon}" if icon else "", keys, **more)  # type: ignore[arg-type]


ACTIONS = (
    _action("file.new", QT_TRANSLATE_NOOP("Menu", "New…"), "file-plus-outline", Standard.New),
    _action("file.open", QT_TRANSLATE_NOOP("Menu", "Open…"), "folder-open-outline", Standard.Open),
    _action(
        "file.use_data",
        QT_TRANSLATE_NOOP("Menu", "Use my data…"),
        "table-arrow-left",
        "Ctrl+Shift+D",
        first=True,
    ),
    _action(
        "file.save",
        QT_TRANSLATE_NOOP("Menu", "Save"),
        "content-save-outline",
        Standard.Save,
        first=True,
    ),
    _action(
        "file.save_as",
        QT_TRANSLATE_NOOP("Menu", "Save as…"),
        "content-save-edit-outline",
        "Ctrl+Shift+S",
    ),
    _action(
        "file.export", QT_TRANSLATE_NOOP("Menu", "Export…"), "export-variant", "Ctrl+E", first=True
    ),
    _action(
        "file.picture",
        QT_TRANSLATE_NOOP("Menu", "Save a picture…"),
        "image-outline",
        "Ctrl+Shift+E",
    ),
    _action(
        "file.settings", QT_TRANSLATE_NOOP("Menu", "Settings…"), "cog-outline", "Ctrl+,", first=True
    ),
    _action("file.quit", QT_TRANSLATE_NOOP("Menu", "Quit"), "exit-to-app", "Ctrl+Q", first=True),
    _action(
        "edit.undo", QT_TRANSLATE_NOOP("Menu", "Undo"), "undo-variant", Standard.Undo, needs="undo"
    ),
    _action(
        "edit.redo",
        QT_TRANSLATE_NOOP("Menu", "Redo"),
        "redo-variant",
        "Ctrl+Shift+Z",
        "Ctrl+Y",
        needs="redo",
    ),
    _action(
        "edit.cut",
        QT_TRANSLATE_NOOP("Menu", "Cut"),
        "content-cut",
        Standard.Cut,
        needs="selection",
        first=True,
    ),
    _action(
        "edit.copy",
        QT_TRANSLATE_NOOP("Menu", "Copy"),
        "content-copy",
        Standard.Copy,
        needs="selection",
    ),
    _action("edit.paste", QT_TRANSLATE_NOOP("Menu", "Paste"), "content-paste", Standard.Paste),
    _action(
        "edit.duplicate",
        QT_TRANSLATE_NOOP("Menu", "Duplicate"),
        "content-duplicate",
        "Ctrl+D",
        needs="selection",
    ),
    _action(
        "edit.delete",
        QT_TRANSLATE_NOOP("Menu", "Delete"),
        "trash-can-outline",
        "Del",
        "Backspace",
        needs="selection",
    ),
    _action(
        "edit.select_all",
        QT_TRANSLATE_NOOP("Menu", "Select all"),
        "select-all",
        Standard.SelectAll,
        first=True,
    ),
    _action(
        "edit.select_incoming",
        QT_TRANSLATE_NOOP("Menu", "Select what comes in"),
        "arrow-left-bold-outline",
        "[",
        needs="selection",
    ),
    _action(
        "edit.select_outgoing",
        QT_TRANSLATE_NOOP("Menu", "Select what goes out"),
        "arrow-right-bold-outline",
        "]",
        needs="selection",
    ),
    _action("edit.find", QT_TRANSLATE_NOOP("Menu", "Find a layer…"), "magnify", Standard.Find),
    _action("edit.add", QT_TRANSLATE_NOOP("Menu", "Add a layer…"), "plus", "A", first=True),
    _action(
        "edit.rename",
        QT_TRANSLATE_NOOP("Menu", "Rename"),
        "rename-outline",
        "F2",
        needs="selection",
    ),
    _action("edit.tidy", QT_TRANSLATE_NOOP("Menu", "Tidy up"), "auto-fix", "Shift+A"),
    _action(
        "view.zoom_in",
        QT_TRANSLATE_NOOP("Menu", "Zoom in"),
        "magnify-plus-outline",
        "Ctrl++",
        "Ctrl+=",
    ),
    _action(
        "view.zoom_out", QT_TRANSLATE_NOOP("Menu", "Zoom out"), "magnify-minus-outline", "Ctrl+-"
    ),
    _action(
        "view.zoom_reset",
        QT_TRANSLATE_NOOP("Menu", "Normal size"),
        "numeric-1-box-outline",
        "Ctrl+0",
    ),
    _action("view.fit", QT_TRANSLATE_NOOP("Menu", "Show all"), "fit-to-page-outline", "F"),
    _action("view.depth", QT_TRANSLATE_NOOP("Menu", "Layers or neurons"), "graph-outline", "N"),
    _action(
        "view.presentation",
        QT_TRANSLATE_NOOP("Menu", "Presentation"),
        "presentation",
        "F5",
        checked="presenting",
        first=True,
    ),
    _action(
        "view.fullscreen",
        QT_TRANSLATE_NOOP("Menu", "Full screen"),
        "fullscreen",
        "F11",
        checked="full_screen",
    ),
    _action(
        "view.theme", QT_TRANSLATE_NOOP("Menu", "Light or dark"), "theme-light-dark", "Ctrl+Shift+L"
    ),
    _action(
        "view.language", QT_TRANSLATE_NOOP("Menu", "한국어 / English"), "translate", "Ctrl+Shift+K"
    ),
    _action(
        "view.fold_left",
        QT_TRANSLATE_NOOP("Menu", "Layer box"),
        "dock-left",
        "Ctrl+Alt+1",
        checked="left_shown",
        first=True,
    ),
    _action(
        "view.fold_right",
        QT_TRANSLATE_NOOP("Menu", "Settings panel"),
        "dock-right",
        "Ctrl+Alt+2",
        checked="right_shown",
    ),
    _action("view.next_part", QT_TRANSLATE_NOOP("Menu", "Next part"), "arrow-right", "F6"),
    _action(
        "view.previous_part", QT_TRANSLATE_NOOP("Menu", "Part before"), "arrow-left", "Shift+F6"
    ),
    _action(
        "view.lock", QT_TRANSLATE_NOOP("Menu", "Lock the layout"), "lock-outline", checked="locked"
    ),
    _action(
        "view.reset_layout", QT_TRANSLATE_NOOP("Menu", "Reset the layout"), "view-dashboard-outline"
    ),
    _action("train.toggle", QT_TRANSLATE_NOOP("Menu", "Start or pause"), "play-pause", "Space"),
    _action("train.step", QT_TRANSLATE_NOOP("Menu", "One step"), "step-forward", ".", first=True),
    _action(
        "train.step_sample", QT_TRANSLATE_NOOP("Menu", "One example"), "step-forward-2", "Ctrl+."
    ),
    _action(
        "train.step_epoch", QT_TRANSLATE_NOOP("Menu", "One epoch"), "skip-forward", "Shift+.", ">"
    ),
    _action(
        "train.reset", QT_TRANSLATE_NOOP("Menu", "Start over"), "restart", "Ctrl+R", first=True
    ),
    _action("train.new_weights", QT_TRANSLATE_NOOP("Menu", "New random weights"), "dice-5-outline"),
    _action(
        "help.reference",
        QT_TRANSLATE_NOOP("Menu", "Explain what is selected"),
        "book-open-variant",
        "F1",
    ),
    _action(
        "help.search",
        QT_TRANSLATE_NOOP("Menu", "Find a command…"),
        "magnify",
        "Ctrl+Shift+P",
        "?",
        first=True,
    ),
    _action(
        "help.shortcuts",
        QT_TRANSLATE_NOOP("Menu", "Keyboard and mouse"),
        "keyboard-outline",
        "Ctrl+F1",
    ),
    _action(
        "help.report", QT_TRANSLATE_NOOP("Menu", "Report a problem…"), "bug-outline", first=True
    ),
    _action("help.about", QT_TRANSLATE_NOOP("Menu", "About NN Studio"), "information-outline"),
)

# The two-set Hangul layout: a letter key arrives as a jamo while Hangul is switched on.
HANGUL_KEYS = dict(
    zip(
        "QWERTYUIOPASDFGHJKLZXCVBNM",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        strict=True,
    )
)


def sequences(action: Action) -> list[QKeySequence]:
    """Return the key sequences of an action, a bare letter also as its key in Hangul mode."""
    made = [QKeySequence(key) for key in action.keys]
    for key in action.keys:
        if isinstance(key, str) and key.removeprefix("Shift+") in HANGUL_KEYS:
            letter = key.removeprefix("Shift+")
            made.append(QKeySequence(key.replace(letter, HANGUL_KEYS[letter])))
    return [sequence for sequence in made if not sequence.isEmpty()]
