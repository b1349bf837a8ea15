"""The line above a table of answers: which part of the data, and how many answers are right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from nnstudio.i18n import translate
from nnstudio.ui.plots.points import PARTS
from nnstudio.ui.plots.switch import Switch


class FittingLabel(QLabel):
    """One line that never ends in half a number: the whole text, the short one, or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._short = ""
        self.setProperty("look", "muted")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def tell(self, text: str, short: str = "") -> None:
        """Show `text`, or `short` where it doesn't fit; without `short` the text ends in dots."""
        self._short = short
        self.setText(text)
        self.setToolTip(text)

    def shown(self) -> str:
        """Return what fits into the present width."""
        metrics, room = self.fontMetrics(), self.width()
        if not self._short:
            return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        texts = (self.text(), self._short)
        return next((text for text in texts if metrics.horizontalAdvance(text) <= room), "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.shown())
        painter.end()


class PartBar(QWidget):
    """Training, validation or test rows; held-out rows at first, since they tell the truth."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.switch = Switch(across=True)
        for part in PARTS:
            self.switch.add(part)
        self.switch.chosen.connect(lambda _: self.changed.emit())
        self.told = FittingLabel()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addWidget(self.switch)
        self.row.addWidget(self.told, 1)
        self._parts: tuple[str, ...] = ()
        self.retranslate()

    @property
    def part(self) -> str:
        """The chosen part."""
        return self.switch.current

    def offer(self, parts: Sequence[str]) -> str:
        """Offer the parts that hold rows; return the chosen one."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            first = next((part for part in ("validation", "test") if part in parts), "training")
            if parts and self.part not in parts:
                self.switch.choose(first)
        return self.switch.offer(self._parts)

    def retranslate(self) -> None:
        """Set every text again."""
        self.switch.set_text("training", translate("Plot", "Training"))
        self.switch.set_text("validation", translate("Plot", "Validation"))
        self.switch.set_text("test", translate("Plot", "Test"))

    def tell(self, right: int, total: int, percent: str) -> None:
        """Tell how many answers are right."""
        text = translate("Plot", "{percent} % right · {right}/{total}")
        whole = text.format(right=f"{right:,}", total=f"{total:,}", percent=percent)
        self.told.tell(whole, f"{right:,}/{total:,}")
