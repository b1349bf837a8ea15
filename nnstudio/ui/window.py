"""The main window: puts the rooms side by side and passes on what only a window hears."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.paths import resources
from nnstudio.ui.action_set import ActionSet
from nnstudio.ui.canvas.depth import DepthStack
from nnstudio.ui.canvas.structure import Structure
from nnstudio.ui.commands.edit import EditCommands
from nnstudio.ui.commands.file import FileCommands
from nnstudio.ui.commands.help import HelpCommands
from nnstudio.ui.commands.train import TrainCommands
from nnstudio.ui.commands.view import ViewCommands
from nnstudio.ui.crash import CrashGuard
from nnstudio.ui.dock_menu import fill_panels
from nnstudio.ui.docks import Docks
from nnstudio.ui.explain.reference import Reference
from nnstudio.ui.inspector.inspector import Inspector
from nnstudio.ui.palette.palette import Palette
from nnstudio.ui.palette.strip import Strip
from nnstudio.ui.rooms import Rooms
from nnstudio.ui.title import window_title
from nnstudio.ui.top_bar import TopBar
from nnstudio.ui.training.advice_line import AdviceLine
from nnstudio.ui.training.bar import TrainingBar
from nnstudio.ui.try_it.try_it import TryIt
from nnstudio.ui.widgets.message_bar import MessageBar
from nnstudio.ui.widgets.status_line import StatusLine
from nnstudio.ui.widgets.translated import Retranslating

FIRST_SIZE = QSize(1280, 720)
SMALLEST = QSize(720, 480)


class MainWindow(Retranslating, QMainWindow):
    """Everything is built by others; here it is placed, and closed in the right order."""

    closing = Signal(bool)  # whether unsaved work shall wait for the next start

    def __init__(self, rooms: Rooms, crash: CrashGuard) -> None:
        super().__init__()
        self.rooms = rooms
        self._crash = crash
        self._leaving = False
        self._keep_work = False
        self.setWindowIcon(QIcon(str(resources() / "icons" / "app.svg")))
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)
        self._build_rooms()
        self._build_commands()
        self._lay_out()
        self._connect()
        self.restore()
        self.retranslate()
        self.stack.setFocus()

    def _build_rooms(self) -> None:
        r = self.rooms
        shared: dict[str, Any] = {"store": r.store, "themes": r.themes, "messages": r.messages}
        views: dict[str, Any] = {**shared, "selection": r.selection, "live": r.live}
        self.stack = DepthStack(**views)
        self.docks = Docks(self.stack, r.themes)
        self.palette_panel = Palette(**shared)
        self.reference = Reference(store=r.store, selection=r.selection, themes=r.themes)
        add = self.docks.add
        add("palette", QT_TRANSLATE_NOOP("Dock", "Layers"), "mdi6.shape-outline",
            self.palette_panel, "left")  # fmt: skip
        self.strip = Strip(r.themes)
        self.docks.frame.rails["left"].set_extra(self.strip)
        self.inspector = Inspector(**views)
        add("inspector", QT_TRANSLATE_NOOP("Dock", "Settings"), "mdi6.tune-variant",
            self.inspector, "right")  # fmt: skip
        add("try_it", QT_TRANSLATE_NOOP("Dock", "Try it"), "mdi6.hand-pointing-up",
            TryIt(**views), "right")  # fmt: skip
        add("reference", QT_TRANSLATE_NOOP("Dock", "Help"), "mdi6.book-open-variant",
            self.reference, "right", shown=False)  # fmt: skip
        self.structure = Structure(**shared, selection=r.selection)
        add("structure", Structure.title, "mdi6.file-tree-outline",
            self.structure, "left", shown=False)  # fmt: skip
        self.training_bar = TrainingBar(live=r.live, **shared)
        self.message_bar = MessageBar(r.messages, r.themes)
        self.advice = AdviceLine(r.store, r.themes, r.live)
        self.status = StatusLine(r.store, r.messages, r.themes, self.advice)

    def _build_commands(self) -> None:
        r = self.rooms
        self.view = ViewCommands(
            self, self.stack, self.docks, self._areas, r.themes, r.languages, r.settings.set
        )
        self.files = FileCommands(self, self.docks, self.stack, r, self._show_title)
        self.help = HelpCommands(self.docks, r, self._crash, lambda: self.actions_set)
        targets = {
            "file": self.files,
            "edit": EditCommands(self.stack, r.store, r.messages, self.help.find_layer),
            "view": self.view,
            "train": TrainCommands(r.live, r.store, r.messages),
            "help": self.help,
        }
        self.actions_set = ActionSet(targets, r.store, r.selection, r.themes, self)
        self.actions_set.install(self)
        self.docks.window_actions = list(self.actions_set.actions.values())

    def _lay_out(self) -> None:
        r = self.rooms
        self.top_bar = TopBar(
            self.actions_set,
            r.languages,
            r.themes,
            self.training_bar,
            self.view.set_language,
            {
                "file": (QT_TRANSLATE_NOOP("Menu", "Recent files"), self.files.fill_recent),
                "view": (QT_TRANSLATE_NOOP("Menu", "Panels"), self._fill_panels),
            },
        )
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.message_bar)
        column.addWidget(self.docks, 1)
        column.addWidget(self.status)
        self.setCentralWidget(page)

    def _connect(self) -> None:
        r = self.rooms
        self._unsubscribe = r.store.subscribe(lambda *_: self._show_title())
        for source in (self.palette_panel, self.strip):
            source.chosen.connect(self.stack.add_kind)
        self.inspector.own_data.connect(self.files.use_data)
        r.live.stateChanged.connect(self._show_state)
        r.live.snapshotTaken.connect(lambda snapshot: self._show_state(r.live.state))
        r.languages.changed.connect(self.actions_set.retranslate)
        r.languages.changed.connect(r.live.refresh)  # words made from a snapshot are said anew

    def add_plots(self, plots: Sequence[Any]) -> None:
        """Make a tab for each plot (they come after the first paint: their library is slow)."""
        r = self.rooms
        for kind in plots:
            plot = kind(store=r.store, selection=r.selection, themes=r.themes, live=r.live)
            area = "bottom_right" if kind.id in RIGHT_PLOTS else "bottom_left"
            self.docks.add(kind.id, kind.title, PLOT_ICON, plot, area)
            r.live.register(plot)
        self.docks.restore(r.settings.layout)

    def restore(self) -> None:
        """Take the window's place and layout from the settings."""
        geometry = self.rooms.settings.geometry
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode())):
            self.resize(FIRST_SIZE)
        self.docks.restore(self.rooms.settings.layout)

    def remember(self) -> None:
        """Keep the window's place and layout in the settings, as they are without a talk."""
        if self.view.presenting:
            self.view.presentation()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.rooms.settings.keep_window(geometry, self.docks.state())

    def leave(self) -> None:
        """Close without asking."""
        self._leaving = True
        self.close()

    def leave_keeping(self) -> None:
        """Close without asking; unsaved work waits for the next start."""
        self._keep_work = self.files.would_lose()
        self.leave()

    def retranslate(self) -> None:
        """Set the window's title again."""
        self._show_title()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and hasattr(self, "actions_set"):
            self.actions_set.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._leaving and self.files.would_lose():
            event.ignore()
            self.files.ask_before(self.leave)
            return
        self.remember()
        self.closing.emit(self._keep_work)
        self.stack.close_view()
        self.rooms.live.close()
        self._unsubscribe()
        self.actions_set.close()
        self.status.close_down()
        self.training_bar.close_down()
        self.advice.close_down()
        self.reference.close_view()
        self.structure.close_view()
        self.rooms.selection.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event.mimeData())
        if path:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.files.open_path(path)

    def _areas(self) -> list[QWidget]:
        """The parts of the window in reading order, for the keyboard."""
        left, below_left, below_right, right = self.docks.frame.groups.values()
        return [self.top_bar, left, self.stack, below_left, below_right, right]

    def _fill_panels(self, menu: QMenu) -> None:
        fill_panels(menu, self.docks)

    def _show_title(self) -> None:
        store = self.rooms.store
        self.setWindowTitle(window_title(store.project, store.path))
        self.setWindowModified(store.modified)

    def _show_state(self, state: str) -> None:
        snapshot = self.rooms.live.snapshot
        self.status.set_state(state, snapshot.steps_per_second if snapshot is not None else 0.0)


PLOT_ICON = "mdi6.chart-line"
RIGHT_PLOTS = ("output", "data")


def _dropped_file(data: QMimeData) -> str:
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else ""
