"""A compact form of parameters for the inspector: the usual ones first, the rest in a fold."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from nnstudio.i18n import translate
from nnstudio.parameters import Parameter
from nnstudio.ui.widgets.fold import Fold
from nnstudio.ui.widgets.number_field import NumberField
from nnstudio.ui.widgets.parameter_field import field_for, retranslate_choices, show_value
from nnstudio.ui.widgets.translated import Retranslating


class SettingsForm(Retranslating, QWidget):
    """Calls `changed(name, value)` when a person edits a field; `show_values` follows."""

    def __init__(
        self,
        parameters: Sequence[Parameter],
        values: Mapping[str, Any],
        changed: Callable[[str, Any], object],
        below: Mapping[str, QWidget] | None = None,
    ) -> None:
        """`below` are widgets that belong under the row of a setting, by its name."""
        super().__init__()
        self._below = dict(below or {})
        self._parameters = tuple(parameters)
        self._changed = changed
        self.fields: dict[str, QWidget] = {}
        self.labels: dict[str, QLabel] = {}
        self.fold = Fold()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._grid([p for p in parameters if not p.advanced], values))
        rest = [p for p in parameters if p.advanced]
        self.fold.content.setLayout(self._grid(rest, values))
        column.addWidget(self.fold)
        self.fold.setVisible(bool(rest))
        self.retranslate()
        self.show_values(values)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show these values and only the rows that matter with them."""
        for parameter in self._parameters:
            field = self.fields[parameter.name]
            show_value(field, parameter, values[parameter.name])
            seen = parameter.visible_if is None or parameter.visible_if(values)
            field.setVisible(seen)
            self.labels[parameter.name].setVisible(seen)

    def retranslate(self) -> None:
        """Set labels, help and choices again."""
        self.fold.set_title(translate("Inspector", "More settings"))
        for parameter in self._parameters:
            field, label = self.fields[parameter.name], self.labels[parameter.name]
            help = translate("Parameter", parameter.help)
            label.setText(translate("Parameter", parameter.label))
            label.setToolTip(help)
            field.setToolTip(help)
            field.setAccessibleName(label.text())
            field.setAccessibleDescription(help)
            retranslate_choices(field, parameter)

    def _grid(self, parameters: Sequence[Parameter], values: Mapping[str, Any]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 5)
        for row, parameter in enumerate(parameters):
            name = parameter.name
            field = field_for(parameter, values[name], partial(self._changed, name))
            if isinstance(field, NumberField):
                field.stretch()
            label = QLabel()
            label.setWordWrap(True)
            label.setBuddy(field)
            self.fields[name], self.labels[name] = field, label
            grid.addWidget(label, 2 * row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, 2 * row, 1, Qt.AlignmentFlag.AlignVCenter)
            if name in self._below:
                grid.addWidget(self._below[name], 2 * row + 1, 0, 1, 2)
        return grid
