"""The commands of the File menu."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from nnstudio.exchange.project_file import open_project
from nnstudio.exchange.templates import load_template
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.canvas.depth import DepthStack
from nnstudio.ui.dialogs.export import ExportSheet
from nnstudio.ui.dialogs.settings import SettingsSheet
from nnstudio.ui.dialogs.unsaved import ask_unsaved
from nnstudio.ui.document_file import DocumentFile
from nnstudio.ui.gallery.gallery import Gallery
from nnstudio.ui.rooms import Rooms
from nnstudio.ui.title import project_name
from nnstudio.ui.use_data import DATA_SUFFIXES, UseData
from nnstudio.ui.widgets.file_choice import choose_file, choose_target
from nnstudio.ui.widgets.sheet import Sheet

PROJECT_SUFFIX = ".nns"


class FileCommands:
    """Asks which file, and what to do with unsaved work; `DocumentFile` reads and writes.

    Sheets are laid over `host`, so that the bars of the window stay in reach.
    """

    def __init__(
        self,
        window: QMainWindow,
        host: QWidget,
        depth: DepthStack,
        rooms: Rooms,
        saved: Callable[[], object],
    ) -> None:
        self._window = window
        self._host = host
        self._rooms = rooms
        self._depth = depth
        self.document = DocumentFile(rooms, depth, saved)
        self.data = UseData(window, host, rooms)

    def new(self) -> None:
        """Show the gallery of examples."""
        gallery = Gallery(self._rooms.recent.files(), self._rooms.themes)
        title = ("Gallery", QT_TRANSLATE_NOOP("Gallery", "New project"))
        sheet = self._sheet(title, gallery, QSize(1012, 680))

        def start(id: str) -> None:
            sheet.close_sheet()
            self.ask_before(lambda: self.start(id))

        def open_file(path: str) -> None:
            sheet.close_sheet()
            self.open_path(path)

        gallery.chosen.connect(start)
        gallery.file_chosen.connect(open_file)

    def start(self, template: str) -> None:
        """Replace the project by a template."""
        attempt(self._rooms.messages, self.document.take, lambda: load_template(template))

    def open(self) -> None:
        """Ask for a project file and open it."""
        name = translate("File", "NN Studio project")
        choose_file(
            self._window,
            translate("File", "Open a project"),
            [(name, f"*{PROJECT_SUFFIX}")],
            self._folder(),
            self.open_path,
        )

    def open_path(self, path: str | Path) -> None:
        """Open a project, or use a table as data, by the file's ending."""
        path = Path(path)
        if path.suffix.lower() in DATA_SUFFIXES:
            self.data.show(path)
        elif not self.would_lose() or attempt(self._rooms.messages, open_project, path):
            # a file that can't be read is no reason to ask about unsaved work
            self.ask_before(
                lambda: attempt(self._rooms.messages, self.document.open, path),
            )

    def use_data(self) -> None:
        """Ask for a table and show what it would be used for."""
        self.data.ask(self._folder())

    def save(self) -> None:
        """Write the project to its file; ask for one when it has none."""
        self.save_then(lambda: None)

    def save_as(self) -> None:
        """Ask for a file and write the project to it."""
        self._choose_and_save(lambda: None)

    def save_then(self, then: Callable[[], object]) -> None:
        """Save, and go on with `then` when that worked."""
        path = self._rooms.store.path
        if path is None or path.suffix.lower() != PROJECT_SUFFIX:
            self._choose_and_save(then)
        elif attempt(self._rooms.messages, self.document.save, path):
            then()

    def export(self) -> None:
        """Show the ways to take the network away."""
        title = ("Export", QT_TRANSLATE_NOOP("Export", "Export"))
        content = ExportSheet(self._rooms, self._folder())
        sheet = self._sheet(title, content, QSize(660, 440))
        content.done.connect(sheet.close_sheet)

    def picture(self) -> None:
        """Show the ways to keep a picture of the network."""
        title = ("Export", QT_TRANSLATE_NOOP("Export", "Export"))
        content = ExportSheet(self._rooms, self._folder(), first="svg")
        sheet = self._sheet(title, content, QSize(660, 440))
        content.done.connect(sheet.close_sheet)

    def settings(self) -> None:
        """Show the settings of the program."""
        title = ("Settings", QT_TRANSLATE_NOOP("Settings", "Settings"))
        self._sheet(title, SettingsSheet(self._rooms), QSize(560, 480))

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    def fill_recent(self, menu: QMenu) -> None:
        """List the files opened last."""
        menu.clear()
        for path in self._rooms.recent.files():
            action = QAction(path.name, menu)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self.open_path(path))
            menu.addAction(action)
        if menu.isEmpty():
            menu.addAction(translate("Menu", "No files yet")).setEnabled(False)

    def would_lose(self) -> bool:
        """Whether closing now would lose work that can't be had again."""
        return self.document.would_lose()

    def ask_before(self, then: Callable[[], object]) -> None:
        """Do `then` now, or after a question when unsaved work would be lost."""
        if not self.would_lose():
            then()
            return
        store = self._rooms.store
        ask_unsaved(
            self._window,
            project_name(store.project, store.path),
            save=lambda: self.save_then(then),
            discard=then,
        )

    def _choose_and_save(self, then: Callable[[], object]) -> None:
        store = self._rooms.store
        name = project_name(store.project, store.path)

        def write(path: str) -> None:
            if attempt(self._rooms.messages, self.document.save, Path(path)):
                then()

        choose_target(
            self._window,
            translate("File", "Save the project"),
            (translate("File", "NN Studio project"), PROJECT_SUFFIX),
            self._folder() / f"{name}{PROJECT_SUFFIX}",
            write,
        )

    def _folder(self) -> Path:
        path = self._rooms.store.path
        if path is not None:
            return path.parent
        recent = self._rooms.recent.files()
        return recent[0].parent if recent else Path.home()

    def _sheet(self, title: tuple[str, str], content: QWidget, size: QSize) -> Sheet:
        return Sheet(self._host, title, content, self._rooms.themes, size)
