"""One sentence about the run below the picture, with a button that mends what it names."""

from time import perf_counter

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolTip, QWidget

from nnstudio.document.store import Store
from nnstudio.i18n import translate
from nnstudio.training.advice import Advice, advise
from nnstudio.training.facts import gather
from nnstudio.training.outcome import Diverged
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import Snapshot
from nnstudio.training.watch import largest_input
from nnstudio.ui.icons import pixmap
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live
from nnstudio.ui.widgets.translated import Retranslating

STEADY = 1.5
"""Seconds a sentence stays at least, so that it can be read."""
SIGNS = {
    "reached": ("mdi6.check-circle-outline", "good"),
    "exploding": ("mdi6.alert-outline", "warn"),
}


class AdviceLine(Retranslating, QWidget):
    """Says what is going on; the tooltip, or a click, shows the numbers behind it."""

    live_interval = 0.5

    def __init__(
        self, store: Store, themes: ThemeManager, live: Live, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._themes = themes
        self._live = live
        self._snapshot: Snapshot | None = None
        self._reading: Reading | None = None
        self._scale: float | None = None
        self._said = 0.0
        self.advice = Advice("")
        self.sign = QLabel()
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.mend = QPushButton()
        self.mend.setProperty("look", "link")
        self.mend.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.mend.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.sign)
        row.addWidget(self.label, 1)
        row.addWidget(self.mend)
        self.mend.clicked.connect(self._mend)
        live.stateChanged.connect(lambda _: self._judge(at_once=True))
        themes.changed.connect(self._restyle)
        self._unsubscribe = store.subscribe(lambda *_: self._judge(at_once=False))
        live.register(self)
        self.retranslate()

    def wants(self) -> frozenset[str]:
        """Return the parts the rules need."""
        return frozenset({"statistics"})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Judge the run anew."""
        self._snapshot = snapshot
        self._judge(at_once=not self._live.running)

    def close_down(self) -> None:
        """Stop listening to the document and the run."""
        self._unsubscribe()
        self._live.unregister(self)

    def retranslate(self) -> None:
        """Say the sentence in the present language."""
        self._judge(at_once=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.advice.evidence:
            QToolTip.showText(event.globalPosition().toPoint(), self.advice.evidence, self)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _judge(self, at_once: bool) -> None:
        now = perf_counter()
        if not at_once and now - self._said < STEADY:
            return
        advice = self._advice()
        if advice.text != self.advice.text:
            self._said = now
        self.advice = advice
        self.setToolTip(advice.evidence)
        self.setAccessibleName(advice.text)
        self.mend.setVisible(advice.repair is not None)
        if advice.repair is not None:
            self.mend.setText(advice.repair.label)
        self._restyle()
        self._elide()

    def _advice(self) -> Advice:
        outcome = self._live.outcome
        if isinstance(outcome, Diverged):
            repair = outcome.repairs[0] if outcome.repairs else None
            text = translate("Advice", "The loss exploded; the last good weights are back.")
            return Advice(text, "exploding", evidence=outcome.text, repair=repair)
        if self._snapshot is None or not self._snapshot.epoch:
            return Advice("")
        reading = self._live.reading
        if reading is not self._reading:
            self._reading = reading
            self._scale = largest_input(reading) if reading else None
        return advise(gather(self._store.project, self._live.log, self._snapshot, self._scale))

    def _elide(self) -> None:
        metrics = self.label.fontMetrics()
        room = max(self.label.width(), 40)
        text = metrics.elidedText(self.advice.text, Qt.TextElideMode.ElideRight, room)
        self.label.setText(text)

    def _restyle(self) -> None:
        theme, side = self._themes.theme, self._themes.pixels(16)
        kind = self.advice.finding or self.advice.trend
        name, color = SIGNS.get(kind, ("mdi6.lightbulb-on-outline", "accent"))
        if self.advice.repair is not None and kind not in SIGNS:
            color = "warn"
        self.sign.setVisible(bool(self.advice.text))
        self.sign.setPixmap(pixmap(name, side, getattr(theme, color), self.devicePixelRatioF()))

    def _mend(self) -> None:
        if self.advice.repair is not None:
            self._live.repair(self.advice.repair)
