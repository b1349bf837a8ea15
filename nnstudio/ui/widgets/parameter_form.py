"""A form made from parameters: label, field and help of each, in their order."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from nnstudio.i18n import translate
from nnstudio.parameters import Parameter
from nnstudio.ui.widgets.parameter_field import field_for, retranslate_choices
from nnstudio.ui.widgets.translated import Retranslating


class ParameterForm(Retranslating, QWidget):
    """Emits `edited(name, value)` for every change; values are as the parameter checks them."""

    edited = Signal(str, object)

    def __init__(
        self,
        parameters: Sequence[Parameter],
        values: Mapping[str, Any],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parameters = {parameter.name: parameter for parameter in parameters}
        self.fields: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._helps: dict[str, QLabel] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(14)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for parameter in parameters:
            field = self._field(parameter, values.get(parameter.name, parameter.default))
            self.fields[parameter.name] = field
            self._labels[parameter.name] = QLabel()
            self._helps[parameter.name] = QLabel()
            self._helps[parameter.name].setProperty("look", "muted")
            self._helps[parameter.name].setWordWrap(True)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(field)
            if parameter.help:
                column.addWidget(self._helps[parameter.name])
            form.addRow(self._labels[parameter.name], column)
        self.retranslate()

    def retranslate(self) -> None:
        """Set labels, helps and choices again."""
        for name, parameter in self._parameters.items():
            label = translate("Parameter", parameter.label)
            self._labels[name].setText(label)
            self._helps[name].setText(translate("Parameter", parameter.help))
            field = self.fields[name]
            field.setAccessibleName(label)
            retranslate_choices(field, parameter)

    def _field(self, parameter: Parameter, value: Any) -> QWidget:
        name = parameter.name
        return field_for(parameter, value, lambda new: self.edited.emit(name, new))
