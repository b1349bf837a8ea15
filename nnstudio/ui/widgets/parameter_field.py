"""One field for one parameter: a list, a tick, a number, a shape or a text, by its kind."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.numbers import parse_number
from nnstudio.parameters import Choice, Flag, Float, Int, Parameter, Shape, Texts
from nnstudio.ui.widgets.heights import field_height
from nnstudio.ui.widgets.number_field import NumberField

Changed = Callable[[Any], object]


class _Line(QLineEdit):
    """A text as high as the other fields."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), field_height(self))


class _Spin(QSpinBox):
    """A whole number; the wheel scrolls the form instead unless the field has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setKeyboardTracking(False)
        self.setAccelerated(True)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), field_height(self))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Combo(QComboBox):
    """A choice; the wheel scrolls the form instead unless the field has the focus.

    A long choice doesn't widen the form: it is shown whole in the list that opens.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), field_height(self))

    def showPopup(self) -> None:
        widest = max(
            (self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count())),
            default=0,
        )
        self.view().setMinimumWidth(widest + 36)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def field_for(parameter: Parameter, value: Any, changed: Changed) -> QWidget:
    """Return a field that shows `value` and calls `changed(new value)` when a person edits it."""
    if isinstance(parameter, Choice):
        return _choice(parameter, value, changed)
    if isinstance(parameter, Flag):
        check = QCheckBox()
        check.setChecked(bool(value))
        check.clicked.connect(changed)
        return check
    if isinstance(parameter, Int):
        spin = _Spin()
        spin.setRange(parameter.minimum, parameter.maximum)
        spin.setValue(int(value))
        spin.valueChanged.connect(changed)
        return spin
    if isinstance(parameter, Float):
        number = NumberField(changed)
        number.show_value(float(value))
        return number
    line = _Line(_text(value))
    line.editingFinished.connect(lambda: _typed(parameter, line, changed))
    return line


def show_value(field: QWidget, parameter: Parameter, value: Any) -> None:
    """Show a value that changed elsewhere; nothing is called."""
    if isinstance(field, NumberField):
        field.show_value(float(value))
        return
    with QSignalBlocker(field):
        if isinstance(field, QComboBox):
            field.setCurrentIndex(max(0, field.findData(value)))
        elif isinstance(field, QCheckBox):
            field.setChecked(bool(value))
        elif isinstance(field, QSpinBox):
            field.setValue(int(value))
        elif isinstance(field, QLineEdit) and not field.hasFocus():
            field.setText(_text(value))


def retranslate_choices(field: QWidget, parameter: Parameter) -> None:
    """Set the texts of a list again after the language changed."""
    if isinstance(field, QComboBox) and isinstance(parameter, Choice):
        for place, (_, text) in enumerate(parameter.choices()):
            field.setItemText(place, translate(parameter.context, text))


def _choice(parameter: Choice, value: Any, changed: Changed) -> QComboBox:
    combo = Combo()
    for id, text in parameter.choices():
        combo.addItem(translate(parameter.context, text), id)
    combo.setCurrentIndex(max(0, combo.findData(value)))
    combo.activated.connect(lambda place: changed(combo.itemData(place)))
    return combo


def _text(value: Any) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def _typed(parameter: Parameter, line: QLineEdit, changed: Changed) -> None:
    if line.isModified():
        line.setModified(False)
        changed(_read(parameter, line.text()))


def _read(parameter: Parameter, text: str) -> Any:
    pieces = [piece.strip() for piece in text.replace("×", ",").split(",") if piece.strip()]
    if isinstance(parameter, Texts):
        return tuple(pieces)
    if isinstance(parameter, Shape):
        try:
            return tuple(int(parse_number(piece)) for piece in pieces)
        except StudioError:
            return text
    return text
