"""The composition root: builds every part once, passes them on, and shows the window."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from nnstudio.document.store import Store
from nnstudio.exchange.templates import load_template
from nnstudio.i18n import LANGUAGES, translate
from nnstudio.services import logs
from nnstudio.services.autosave import Autosave
from nnstudio.services.recent import Recent
from nnstudio.services.settings import Settings
from nnstudio.training.pace import Easing
from nnstudio.training.runner import Runner
from nnstudio.ui.apply_settings import apply_settings
from nnstudio.ui.crash import CrashGuard
from nnstudio.ui.fonts import load_fonts
from nnstudio.ui.keeper import Keeper
from nnstudio.ui.language import Languages
from nnstudio.ui.messages import Messages
from nnstudio.ui.rooms import Rooms
from nnstudio.ui.selection import Selection
from nnstudio.ui.signals import Signals
from nnstudio.ui.stylesheet import palette, sheet
from nnstudio.ui.theme import MODES, ThemeManager
from nnstudio.ui.training.live import Live
from nnstudio.ui.window import MainWindow

START = "start"


def main(arguments: Sequence[str]) -> int:
    """Show the window until it is closed; return the exit code."""
    options = _options(arguments)
    logs.start()
    application = make_application()
    themes = ThemeManager(application)
    dress(application, themes)
    rooms = build_rooms(themes)
    if options.language:
        rooms.languages.set(options.language)
    if options.theme:
        themes.set_mode(options.theme)
    crash = CrashGuard()
    window = MainWindow(rooms, crash)
    keeper = Keeper(rooms, window.stack, window)
    crash.install(window, keeper.keep)
    window.closing.connect(keeper.end)
    signals = Signals(window.leave_keeping, window)
    window.show()
    QTimer.singleShot(0, lambda: complete(window, keeper, options))
    code = application.exec()
    signals.remove()
    crash.remove()
    return code


def make_application() -> QApplication:
    """Return the one QApplication, with the program's name, style and fonts."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("NN Studio")
    application.setOrganizationName("NN Studio")
    application.setDesktopFileName("nnstudio")
    application.setStyle("Fusion")
    load_fonts()
    return application


def dress(application: QApplication, themes: ThemeManager) -> None:
    """Give the application the theme's palette, font and style sheet, now and on every change."""

    def put_on() -> None:
        application.setPalette(palette(themes.theme))
        application.setFont(themes.font())
        application.setStyleSheet(sheet(themes))

    themes.changed.connect(put_on)
    put_on()


def build_rooms(themes: ThemeManager) -> Rooms:
    """Build the parts the window shares, with the start network as the project."""
    settings = Settings()
    store = Store(load_template(START))
    messages = Messages()
    languages = Languages()
    apply_settings(settings, themes, languages)
    live = Live(store, messages, Runner(threads=settings.get("threads")))
    live.set_pace(Easing())
    return Rooms(
        store=store,
        selection=Selection(store),
        themes=themes,
        languages=languages,
        messages=messages,
        live=live,
        settings=settings,
        recent=Recent(settings),
        autosave=Autosave(),
    )


def complete(window: MainWindow, keeper: Keeper, options: argparse.Namespace) -> None:
    """Do what would have delayed the first picture: plots, the file, what can be recovered."""
    from nnstudio.ui.plots import PLOTS  # pyqtgraph takes as long as everything else together

    window.add_plots(PLOTS)
    if options.file:
        window.files.open_path(Path(options.file))
    elif options.new:
        window.files.new()
    keeper.offer_recovery()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nnstudio")
    parser.add_argument("file", nargs="?", help=translate("Start", "a project or a table"))
    parser.add_argument("--language", choices=tuple(LANGUAGES))
    parser.add_argument("--theme", choices=MODES)
    parser.add_argument("--new", action="store_true", help=translate("Start", "show the gallery"))
    return parser.parse_args(list(arguments))
