"""The training bar: run and pause, step, start again, and how far the run has come."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from nnstudio.document.store import Store
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.attempt import attempt
from nnstudio.ui.icons import icon
from nnstudio.ui.messages import Messages
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.chip import Chip
from nnstudio.ui.training.live import Live
from nnstudio.ui.training.readouts import (
    WIDEST_LOSS,
    details,
    epoch_text,
    loss_text,
    metric_text,
)
from nnstudio.ui.training.settings_popover import SettingsPopover
from nnstudio.ui.widgets.tool_button import ToolButton
from nnstudio.ui.widgets.translated import Retranslating

STEPS = (
    ("batch", QT_TRANSLATE_NOOP("Training bar", "One batch"), "."),
    ("sample", QT_TRANSLATE_NOOP("Training bar", "One example"), ""),
    ("epoch", QT_TRANSLATE_NOOP("Training bar", "One epoch"), "Shift+."),
)
GAP = 6


LEVELS = 7


class TrainingBar(Retranslating, QWidget):
    """Shows everything there is room for; texts of the lesser buttons give way first."""

    live_interval = 1 / 12

    def __init__(
        self,
        store: Store,
        themes: ThemeManager,
        live: Live,
        messages: Messages,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._themes = themes
        self._live = live
        self._messages = messages
        self._snapshot: Snapshot | None = None
        self.reset_button = self._flat(live.reset)
        self.play_button = _Primary(self)
        self.play_button.clicked.connect(lambda: attempt(messages, live.toggle))
        self.settings_button = self._flat(self._open_settings)
        self.step_button = self._flat(lambda: live.step(self.step_kind))
        self.more_button = ToolButton(self)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.step_kind = "batch"
        self.menu = QMenu(self)
        self.step_actions: dict[str, QAction] = {}
        for kind, _, _ in STEPS:
            action = self.menu.addAction("")
            action.triggered.connect(lambda _=False, kind=kind: self._step(kind))
            self.step_actions[kind] = action
        self.more_button.setMenu(self.menu)
        self.epoch_chip, self.loss_chip, self.metric_chip = Chip(), Chip(), Chip()
        self._chips = (self.epoch_chip, self.loss_chip, self.metric_chip)
        self.popover = SettingsPopover(store, live, messages, themes, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._measure)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._row.addStretch(1)
        for widget in (self.reset_button, self.play_button, self.settings_button):
            self._row.addWidget(widget)
        self._pair = QHBoxLayout()
        self._pair.setSpacing(0)
        self._pair.addWidget(self.step_button)
        self._pair.addWidget(self.more_button)
        self._row.addLayout(self._pair)
        self._row.addSpacing(GAP)
        for chip in self._chips:
            self._row.addWidget(chip)
        self._row.addStretch(1)
        self._widths = [0]
        self._needed: list[int] = []
        self._unsubscribe = store.subscribe(lambda *_: self._show_numbers())
        live.stateChanged.connect(lambda _: self._show_state())
        themes.changed.connect(self._restyle)
        live.register(self)
        self.retranslate()
        self._restyle()

    # ---- what a view does

    def wants(self) -> frozenset[str]:
        """Return nothing: the numbers come with every snapshot."""
        return frozenset()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show how far the run has come."""
        self._snapshot = snapshot
        self._show_numbers()

    def close_down(self) -> None:
        """Stop listening to the document and the run."""
        self._soon.stop()
        self._unsubscribe()
        self.popover.close_down()
        self._live.unregister(self)

    def retranslate(self) -> None:
        """Set every text again and find out how wide they are."""
        self.reset_button.explain(translate("Training bar", "Start again from the first weights"))
        self.settings_button.explain(translate("Training bar", "Training settings"))
        self.more_button.explain(translate("Training bar", "Kinds of steps"))
        for kind, text, key in STEPS:
            shown = translate("Training bar", text)
            self.step_actions[kind].setText(f"{shown}\t{key}" if key else shown)
        self._explain_step()
        self.loss_chip.reserve(translate("Training bar", "Loss {value}").format(value=WIDEST_LOSS))
        self._show_state()
        self._show_numbers()
        self._measure()

    # ---- inside

    def _flat(self, action: Callable[[], object]) -> ToolButton:
        button = ToolButton(self)
        button.clicked.connect(lambda: attempt(self._messages, action))
        return button

    def _step(self, kind: str) -> None:
        self.step_kind = kind
        self._explain_step()
        attempt(self._messages, self._live.step, kind)

    def _explain_step(self) -> None:
        text, key = next((text, key) for kind, text, key in STEPS if kind == self.step_kind)
        shown = translate("Training bar", text)
        self.step_button.explain(f"{shown} ({key})" if key else shown)

    def _open_settings(self) -> None:
        self.popover.open_below(self.settings_button)

    def _show_state(self) -> None:
        running = self._live.running
        text = translate("Training bar", "Pause") if running else translate("Training bar", "Train")
        hint = (
            translate("Training bar", "Pause (Space)")
            if running
            else translate("Training bar", "Train (Space)")
        )
        self.play_button.setText(text)
        self.play_button.setToolTip(hint)
        theme = self._themes.theme
        self.play_button.setIcon(
            icon("mdi6.pause" if running else "mdi6.play", theme, theme.on_accent)
        )

    def _show_numbers(self) -> None:
        snapshot = self._snapshot
        run = self._store.project.run
        epoch = snapshot.epoch if snapshot else run.epoch
        goal = snapshot.goal if snapshot else self._store.project.training.epochs
        self.epoch_chip.setText(epoch_text(epoch, goal))
        self.epoch_chip.reserve(epoch_text(goal, goal))
        iteration = snapshot.iteration if snapshot else run.iteration
        self.epoch_chip.setToolTip(
            translate("Training bar", "{count} updates so far").format(count=f"{iteration:,}")
        )
        self.loss_chip.setText(loss_text(snapshot.loss if snapshot else None))
        metrics = (snapshot.validation or snapshot.metrics) if snapshot else {}
        self.metric_chip.setText(metric_text(metrics))
        if "accuracy" in metrics:
            self.metric_chip.reserve(metric_text({"accuracy": 1.0}))
        told = details(snapshot) if snapshot else ""
        self.loss_chip.setToolTip(told)
        self.metric_chip.setToolTip(told)
        needed = [chip.sizeHint().width() for chip in self._chips if chip.text()]
        if needed != self._needed:
            self._needed = needed
            self._measure()

    def _restyle(self) -> None:
        theme, side = self._themes.theme, self._themes.pixels(20)
        self.reset_button.draw("mdi6.restart", self._themes)
        self.settings_button.draw("mdi6.tune-variant", self._themes)
        self.step_button.draw("mdi6.skip-next", self._themes)
        self.more_button.draw("mdi6.chevron-down", self._themes, 16, muted=True)
        self.more_button.setFixedWidth(self._themes.pixels(24))
        self.play_button.setIconSize(QSize(side, side))
        for kind, name in (
            ("batch", "mdi6.skip-next"),
            ("sample", "mdi6.step-forward"),
            ("epoch", "mdi6.skip-forward"),
        ):
            self.step_actions[kind].setIcon(icon(name, theme))
        self._show_state()
        self._soon.start()

    # ---- what fits

    def sizeHint(self) -> QSize:
        return QSize(self._widths[0], self._row.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widths[-1], self._row.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and any(self._widths):
            self._soon.start()  # the parts take the new style after the bar does

    def _apply(self, level: int) -> None:
        """Arrange for an amount of room: 0 shows everything, 6 the least."""
        both = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        only = Qt.ToolButtonStyle.ToolButtonIconOnly
        self.reset_button.setText(translate("Training bar", "Reset"))
        self.step_button.setText(translate("Training bar", "Step"))
        self.reset_button.setToolButtonStyle(both if level < 1 else only)
        self.step_button.setToolButtonStyle(both if level < 2 else only)
        self.metric_chip.setVisible(bool(self.metric_chip.text()) and level < 3)
        self.more_button.setVisible(level < 4)
        self.settings_button.setVisible(level < 4)
        self.reset_button.setVisible(level < 5)
        self.step_button.setVisible(level < 5)
        self.loss_chip.setVisible(level < 6)

    def _hold_play_width(self) -> None:
        """Give the play button room for both its texts, so that nothing moves when it changes."""
        shown = self.play_button.text()
        self.play_button.setMinimumWidth(0)
        widths = []
        for text in (translate("Training bar", "Train"), translate("Training bar", "Pause")):
            self.play_button.setText(text)
            widths.append(self.play_button.sizeHint().width())
        self.play_button.setText(shown)
        self.play_button.setMinimumWidth(max(widths))

    def _measure(self) -> None:
        """Find out how wide the bar is at each level, then take the richest that fits."""
        self._hold_play_width()
        widths = []
        for level in range(LEVELS):
            self._apply(level)
            for chip in self._chips:
                chip.updateGeometry()  # the row remembers what they asked for before
            self._pair.invalidate()
            self._row.invalidate()
            widths.append(self._row.sizeHint().width())
        self._widths = widths
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        fitting = [level for level, width in enumerate(self._widths) if width <= self.width()]
        self._apply(fitting[0] if fitting else LEVELS - 1)


class _Primary(QPushButton):
    """The one coloured button; Enter presses it, Space belongs to the window's own key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "primary")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()
