"""The learning rate: a logarithmic slider and a field beside it, both live."""

import math
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.ui.widgets.number_field import NumberField

LOWEST, HIGHEST = -5.0, 1.0
"""Powers of ten at the ends of the slider; the field takes other numbers too."""
NOTCHES = 20
"""Slider positions per power of ten."""


class RateRow(QWidget):
    """Shows a learning rate; `chosen(value)` is called when the user moves or types it."""

    def __init__(self, chosen: Callable[[float], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(LOWEST * NOTCHES), round(HIGHEST * NOTCHES))
        self.slider.setPageStep(NOTCHES)
        self.slider.setMinimumWidth(150)
        self.field = NumberField(self._typed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        self.slider.valueChanged.connect(self._slid)

    def show_value(self, rate: float) -> None:
        """Show `rate` without telling anybody."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(math.log10(max(rate, 10**LOWEST)) * NOTCHES))
        self.slider.blockSignals(False)
        self.field.show_value(rate)

    def retranslate(self) -> None:
        """Name the parts for a screen reader."""
        name = translate("Training bar", "Learning rate")
        self.slider.setAccessibleName(name)
        self.field.setAccessibleName(name)

    def _slid(self, position: int) -> None:
        rate = float(f"{10 ** (position / NOTCHES):.2g}")
        self.field.show_value(rate)
        self._chosen(rate)

    def _typed(self, rate: float) -> None:
        if rate < 0:
            raise StudioError(
                translate("Training bar", "A learning rate isn't negative."),
                translate("Training bar", "Use a number from 0 up."),
            )
        self._chosen(rate)
