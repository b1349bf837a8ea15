"""The line at the foot of the window: what is going on, what was refused and how to mend it."""

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from nnstudio.document.fixes import FIXES
from nnstudio.document.store import Store
from nnstudio.errors import Refused
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.messages import Messages
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating

FADE_MS = 6_000
REFUSAL_MS = 15_000
STATES = {
    "idle": QT_TRANSLATE_NOOP("Status", "Ready"),
    "running": QT_TRANSLATE_NOOP("Status", "Training"),
    "paused": QT_TRANSLATE_NOOP("Status", "Paused"),
}


class StatusLine(Retranslating, QFrame):
    """State on the left, size of the network and speed on the right; messages fade."""

    def __init__(
        self,
        store: Store,
        messages: Messages,
        themes: ThemeManager,
        advice: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        """`advice` is the sentence about the run, shown in the middle."""
        super().__init__(parent)
        self._store = store
        self._messages = messages
        self._themes = themes
        self._refused: Refused | None = None
        self._state = "idle"
        self._speed = 0.0
        self.setProperty("look", "foot")
        self.text = QLabel()
        self.mend = QPushButton()
        self.mend.setProperty("look", "link")
        self.mend.hide()
        self.size_label = QLabel()
        self.size_label.setProperty("look", "muted")
        self.speed_label = QLabel()
        self.speed_label.setProperty("look", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 14, 3)
        row.setSpacing(14)
        row.addWidget(self.text)
        row.addWidget(self.mend)
        row.addWidget(advice, 1)
        row.addWidget(self.speed_label)
        row.addWidget(self.size_label)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._rest)
        self.mend.clicked.connect(self._mend)
        messages.said.connect(self.say)
        messages.refusal.connect(self.refuse)
        themes.changed.connect(self._restyle)
        self._unsubscribe = store.subscribe(lambda *_: self._count())
        self.retranslate()

    def say(self, text: str) -> None:
        """Show a text for a while."""
        self._show(text, FADE_MS)

    def refuse(self, error: Refused) -> None:
        """Show why an edit wasn't made, and a button that mends it when there is a way."""
        self._show(str(error), REFUSAL_MS)
        self._refused = error if error.fix in FIXES else None
        if self._refused is not None:
            self.mend.setText(FIXES[error.fix].text(error.arguments))
            self.mend.show()
        self._restyle()

    def set_state(self, state: str, steps_per_second: float = 0.0) -> None:
        """Take the state of the run: idle, running or paused, and its speed."""
        if state == "running" and self._state != "running" and self._refused is None:
            self._timer.stop()  # what was said of the last run is over
        self._state = state
        self._speed = steps_per_second if state == "running" else 0.0
        if not self._timer.isActive():
            self._rest()
        self._count()

    def close_down(self) -> None:
        """Stop the timer and stop listening."""
        self._timer.stop()
        self._unsubscribe()

    def retranslate(self) -> None:
        """Set the resting texts again."""
        if not self._timer.isActive():
            self._rest()
        self._count()

    def _show(self, text: str, duration: int) -> None:
        self._refused = None
        self.mend.hide()
        self.text.setText(text)
        self._timer.start(duration)
        self._restyle()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.text, text))

    def _rest(self) -> None:
        self._refused = None
        self.mend.hide()
        self.text.setText(translate("Status", STATES.get(self._state, STATES["idle"])))
        self._restyle()

    def _count(self) -> None:
        count = 0
        for weight in self._store.project.graph.weights.values():
            if weight.role == "parameter":
                size = 1
                for length in weight.shape:
                    size *= length
                count += size
        parameters = translate("Status", "{count} parameters").format(count=f"{count:,}")
        self.size_label.setText(parameters)
        speed = translate("Status", "{count} steps/s").format(count=f"{self._speed:,.0f}")
        self.speed_label.setText(speed if self._speed else "")

    def _restyle(self) -> None:
        theme: Any = self._themes.theme
        self.setMinimumHeight(self.fontMetrics().height() + self._themes.pixels(14))
        color = theme.text if self._timer.isActive() else theme.muted
        self.text.setStyleSheet(f"color: {theme.warn if self._refused else color};")

    def _mend(self) -> None:
        error = self._refused
        if error is None:
            return
        fix = FIXES[error.fix]
        self._timer.stop()
        self._rest()
        label = fix.text(error.arguments)
        attempt(self._messages, self._store.apply, label, fix.apply, **error.arguments)
