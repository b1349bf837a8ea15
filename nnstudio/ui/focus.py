"""Going from one part of the window to the next with one key."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_to_next(areas: Sequence[QWidget], step: int) -> None:
    """Give the focus to the next visible part that can take it; `step` is 1 or -1."""
    focus = QApplication.focusWidget()
    present = -1 if step > 0 else 0
    for place, area in enumerate(areas):
        if focus is not None and (area is focus or area.isAncestorOf(focus)):
            present = place
    for away in range(1, len(areas) + 1):
        area = areas[(present + away * step) % len(areas)]
        target = next(_places(area), None) if area.isVisible() else None
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def _places(area: QWidget) -> Iterator[QWidget]:
    """Yield what takes the focus inside `area`, in the order of Tab."""
    proxy = area.focusProxy()
    if proxy is not None and proxy.isVisible():
        yield proxy
    widget = area.nextInFocusChain()
    while widget is not None and widget is not area:
        if area.isAncestorOf(widget) and _takes_focus(widget):
            yield widget
        widget = widget.nextInFocusChain()


def _takes_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
