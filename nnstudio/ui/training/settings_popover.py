"""The few training settings worth changing while it runs, in a small panel below the bar."""

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QVBoxLayout, QWidget

from nnstudio.document import edits
from nnstudio.document.diff import Changes
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.parameters import Parameter
from nnstudio.training.pace import Easing, Pace
from nnstudio.ui.attempt import attempt
from nnstudio.ui.messages import Messages
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live
from nnstudio.ui.training.rate_row import RateRow
from nnstudio.ui.widgets.parameter_field import field_for, retranslate_choices, show_value
from nnstudio.ui.widgets.translated import Retranslating

SHOWN = ("learning_rate", "batch_size", "optimizer", "l2", "l1", "epochs", "seed")
PACES: tuple[tuple[Pace, str], ...] = (
    (Easing(), QT_TRANSLATE_NOOP("Training bar", "Slow at first, then faster")),
    (None, QT_TRANSLATE_NOOP("Training bar", "As fast as it can")),
    (100.0, QT_TRANSLATE_NOOP("Training bar", "100 steps a second")),
    (10.0, QT_TRANSLATE_NOOP("Training bar", "10 steps a second")),
    (1.0, QT_TRANSLATE_NOOP("Training bar", "1 step a second")),
)


class SettingsPopover(Retranslating, QFrame):
    """Shows the plan's main rows and the speed; every change counts at once and can be undone."""

    def __init__(
        self,
        store: Store,
        live: Live,
        messages: Messages,
        themes: ThemeManager,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._store = store
        self._live = live
        self._messages = messages
        self.setProperty("look", "card")
        self._title = QLabel()
        self._title.setProperty("look", "heading")
        self._parameters: dict[str, Parameter] = {
            row.name: row for row in store.project.training.parameters() if row.name in SHOWN
        }
        values = store.project.training.values()
        self.rate = RateRow(partial(self._change, "learning_rate"))
        self.fields: dict[str, QWidget] = {"learning_rate": self.rate}
        for name in SHOWN[1:]:
            row = self._parameters[name]
            self.fields[name] = field_for(row, values[name], partial(self._change, name))
        self.pace = QComboBox()
        for steps, _ in PACES:
            self.pace.addItem("", steps)
        self.pace.setCurrentIndex([pace for pace, _ in PACES].index(live.pace))
        self.pace.activated.connect(lambda place: live.set_pace(self.pace.itemData(place)))
        self._labels = {name: QLabel() for name in (*SHOWN, "pace")}
        height = self.rate.field.sizeHint().height()
        for field in (*self.fields.values(), self.pace):
            field.setMinimumHeight(height)
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in (*self.fields.items(), ("pace", self.pace)):
            self._labels[name].setBuddy(field)
            form.addRow(self._labels[name], field)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 14)
        box.setSpacing(10)
        box.addWidget(self._title)
        box.addLayout(form)
        self._unsubscribe = store.subscribe(self._follow)
        themes.changed.connect(self.updateGeometry)
        self.retranslate()
        self._show(values)

    def open_below(self, anchor: QWidget) -> None:
        """Show the panel under `anchor`, inside the screen."""
        self.adjustSize()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 6))
        area = anchor.screen().availableGeometry()
        x = min(place.x(), area.right() - self.width() - 8)
        y = min(place.y(), area.bottom() - self.height() - 8)
        self.move(max(x, area.left() + 8), max(y, area.top() + 8))
        self.show()
        self.rate.slider.setFocus(Qt.FocusReason.PopupFocusReason)

    def retranslate(self) -> None:
        """Set labels, helps and choices again."""
        self._title.setText(translate("Training bar", "Training settings"))
        for name, row in self._parameters.items():
            self._labels[name].setText(translate("Parameter", row.label))
            for widget in (self._labels[name], self.fields[name]):
                widget.setToolTip(translate("Parameter", row.help))
            self.fields[name].setAccessibleName(translate("Parameter", row.label))
            retranslate_choices(self.fields[name], row)
        self.rate.retranslate()
        self._labels["pace"].setText(translate("Training bar", "Speed"))
        self.pace.setAccessibleName(translate("Training bar", "Speed"))
        for place, (_, text) in enumerate(PACES):
            self.pace.setItemText(place, translate("Training bar", text))

    def close_down(self) -> None:
        """Stop listening to the document."""
        self._unsubscribe()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._store.seal()

    def _change(self, name: str, value: Any) -> None:
        label = translate("Command", "Change the training settings")
        attempt(
            self._messages,
            self._store.apply,
            label,
            edits.set_training,
            name,
            value,
            merge=f"training.{name}",
        )
        self._show(self._store.project.training.values())

    def _follow(self, changes: Changes, old: Project, new: Project) -> None:
        if changes.training or changes.all:
            self._show(new.training.values())

    def _show(self, values: dict[str, Any]) -> None:
        self.rate.show_value(float(values["learning_rate"]))
        for name in SHOWN[1:]:
            with QSignalBlocker(self.fields[name]):
                show_value(self.fields[name], self._parameters[name], values[name])
