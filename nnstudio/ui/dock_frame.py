"""The canvas in the middle with a card on each side and two below; side cards fold into rails."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.rail import Rail
from nnstudio.ui.widgets.tab_group import TabGroup

AREAS = ("left", "bottom_left", "bottom_right", "right")
SIDES = ("left", "right")
GAP = 8
NARROW = 1100  # below this width the left card is a rail by itself
LEFT, RIGHT, RIGHT_NARROW = 196, 272, 240
LEAST = {"left": 170, "right": 232}
LOWEST = 120  # height of the cards below
SPLITTERS = ("outer", "middle", "bottom")


class DockFrame(QWidget):
    """Knows how much room each card gets; what is in the cards is not its matter."""

    changed = Signal()

    def __init__(
        self, centre: QWidget, themes: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._folded: set[str] = set()
        self._folded_by_itself = False
        self._single = False
        self._wanted: Mapping[str, Any] = {}
        self.groups = {
            "left": TabGroup(themes, "mdi6.chevron-double-left"),
            "bottom_left": TabGroup(themes),
            "bottom_right": TabGroup(themes),
            "right": TabGroup(themes, "mdi6.chevron-double-right"),
        }
        self.rails = {side: Rail(themes) for side in SIDES}
        below = [self.groups[area] for area in AREAS[1:3]]
        bottom = _splitter(Qt.Orientation.Horizontal, *below)
        middle = _splitter(Qt.Orientation.Vertical, centre, bottom)
        outer = _splitter(
            Qt.Orientation.Horizontal, self.groups["left"], middle, self.groups["right"]
        )
        middle.setStretchFactor(0, 1)
        outer.setStretchFactor(1, 1)
        self._splitters = dict(zip(SPLITTERS, (outer, middle, bottom), strict=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, GAP, GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self.rails["left"])
        row.addWidget(outer, 1)
        row.addWidget(self.rails["right"])
        for group in below:
            group.setMinimumHeight(LOWEST)
        for side in SIDES:
            self.groups[side].collapse.connect(lambda side=side: self.fold(side, True))
        themes.changed.connect(self.arrange)
        self.arrange()

    def fold(self, side: str, on: bool) -> None:
        """Fold a side card into its rail or unfold it; the cards below can't be folded."""
        if side in SIDES:
            if side == "left":
                self._folded_by_itself = False
            (self._folded.add if on else self._folded.discard)(side)
            self.arrange()

    def folded(self, side: str) -> bool:
        """Whether only the rail of a side card is to be seen."""
        return side in self._folded

    def folded_by_hand(self) -> list[str]:
        """Return the sides the user folded, not the narrow window."""
        return sorted(self._folded - ({"left"} if self._folded_by_itself else set()))

    def set_folded(self, sides: set[str]) -> None:
        """Fold exactly these sides, and the left one in a narrow window."""
        self._folded = sides & set(SIDES)
        self._folded_by_itself = False
        if 0 < self.width() < NARROW and self.isVisible() and "left" not in self._folded:
            self._fold_by_itself()
        self.arrange()

    def set_single(self, on: bool) -> None:
        """Show only the right one of the two cards below (a talk has room for one picture)."""
        self._single = on
        self.arrange()
        self.usual_sizes()

    def sizes(self) -> dict[str, list[int]]:
        """Return the sizes of what lies beside each other."""
        return {name: splitter.sizes() for name, splitter in self._splitters.items()}

    def want_sizes(self, sizes: Mapping[str, Any]) -> None:
        """Take sizes from a file as soon as the real size of the window is known."""
        self._wanted = sizes
        if self.isVisible():
            self._take_wanted()

    def usual_sizes(self) -> None:
        """Give every card its usual share."""
        right = RIGHT if self.width() >= NARROW else RIGHT_NARROW
        width = max(3, self.width() - 2 * GAP)
        share = 0.33 if self._themes.scale == 1 else 0.4
        low = min(max(150, int(self.height() * share)), self._themes.pixels(320))
        self._splitters["outer"].setSizes([LEFT, max(1, width - LEFT - right - 2 * GAP), right])
        self._splitters["middle"].setSizes([max(1, self.height() - low), low])
        self._splitters["bottom"].setSizes([width * 3 // 5, width * 2 // 5])

    def arrange(self) -> None:
        """Show cards that hold something and rails of those that are folded."""
        for side in SIDES:
            self.groups[side].setMinimumWidth(round(LEAST[side] * self._themes.scale**0.7))
        for area, group in self.groups.items():
            left_out = area in self._folded or (self._single and area == "bottom_left")
            group.setVisible(bool(group.ids) and not left_out)
        for side, rail in self.rails.items():
            rail.setVisible(bool(self.groups[side].ids) and side in self._folded)
        below = any(self.groups[area].ids for area in AREAS[1:3])
        self._splitters["bottom"].setVisible(below)
        self.changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_wanted()  # before, the size isn't the real one

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        was_narrow = 0 <= event.oldSize().width() < NARROW
        if narrow and not was_narrow and "left" not in self._folded:
            self._fold_by_itself()
        elif not narrow and self._folded_by_itself:
            self.fold("left", False)

    def _fold_by_itself(self) -> None:
        self.fold("left", True)
        self._folded_by_itself = True

    def _take_wanted(self) -> None:
        self.usual_sizes()
        for name, splitter in self._splitters.items():
            if _is_sizes(self._wanted.get(name), splitter.count()):
                splitter.setSizes(self._wanted[name])


def _splitter(orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(GAP)
    splitter.setChildrenCollapsible(False)
    for widget in widgets:
        splitter.addWidget(widget)
    return splitter


def _is_sizes(value: Any, count: int) -> bool:
    """Tell whether a value from a file can be the sizes of `count` widgets, none of them lost."""
    return (
        isinstance(value, list)
        and len(value) == count
        and all(isinstance(size, int) and 0 < size < 100_000 for size in value)
    )
