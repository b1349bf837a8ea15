"""Says clearly why no window can be shown: no screen, or a PySide6 that destroys windows."""

import os
import sys
from collections.abc import Callable, Mapping

import PySide6

from nnstudio.errors import StudioError
from nnstudio.i18n import translate

CALLS = 2_000


def check_pair(version: str = PySide6.__version__) -> None:
    """Raise StudioError when this PySide6 breaks layouts (6.11.0, 6.11.1) or loses references."""
    if version in ("6.11.0", "6.11.1"):
        text = translate("Start", "PySide6 {version} breaks the layout of windows.")
        raise StudioError(text.format(version=version), _hint())
    from PySide6.QtCore import QObject

    thing = QObject()
    if loses_references(lambda: thing.setObjectName("")):
        text = translate("Start", "PySide6 {version} on Python {python} ends programs at random.")
        python = ".".join(str(part) for part in sys.version_info[:3])
        raise StudioError(text.format(version=version, python=python), _hint())


def check_screen(environment: Mapping[str, str] = os.environ) -> None:
    """Raise StudioError on a Linux without a screen, where Qt would abort without a word."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(environment.get(name) for name in screens):
        raise StudioError(
            translate("Start", "There is no screen to show a window on."),
            translate("Start", "Without a screen, use the commands: nnstudio --help lists them."),
        )


def loses_references(call: Callable[[], object]) -> bool:
    """Tell whether calling something that returns None drops a reference of None each time.

    PySide6 6.12.0 does so on Python 3.11 and aborts the process within a second of a live
    window; from Python 3.12 on None is never freed and this is always False.
    """
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    return sys.getrefcount(None) < before - CALLS // 2


def _hint() -> str:
    return translate(
        "Start",
        'Install a version that fits: python -m pip install "PySide6-Essentials>=6.11.2,<6.12"',
    )
