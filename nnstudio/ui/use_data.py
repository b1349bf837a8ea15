"""The user's own table: asked for or dropped, then shown on one sheet before it is used."""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow, QWidget

from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.data.sheet import ImportSheet
from nnstudio.ui.rooms import Rooms
from nnstudio.ui.widgets.file_choice import choose_file
from nnstudio.ui.widgets.sheet import Sheet

DATA_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")


class UseData:
    """Opens the import sheet over the window."""

    def __init__(self, window: QMainWindow, host: QWidget, rooms: Rooms) -> None:
        self._window = window
        self._host = host
        self._rooms = rooms

    def ask(self, folder: Path) -> None:
        """Ask for a table and show it."""
        patterns = " ".join(f"*{suffix}" for suffix in DATA_SUFFIXES)
        name = translate("File", "Tables")
        title = translate("File", "Use my data")
        choose_file(self._window, title, [(name, patterns)], folder, self.show)

    def show(self, path: Path | str) -> None:
        """Show the import sheet for a file; an unreadable one is answered in the message bar."""
        attempt(self._rooms.messages, self._show, Path(path))

    def _show(self, path: Path) -> None:
        r = self._rooms
        content = ImportSheet(path, store=r.store, messages=r.messages, themes=r.themes)
        title = ("Data", QT_TRANSLATE_NOOP("Data", "Use my data"))
        sheet = Sheet(self._host, title, content, r.themes, QSize(900, 620))
        content.done.connect(sheet.close_sheet)
