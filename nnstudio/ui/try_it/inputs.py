"""Fields for the raw values of one example: sliders, lists of categories, a pixel pad."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from nnstudio.data.fitted import Range
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.try_it.pad import PixelPad
from nnstudio.ui.widgets.number_field import NumberField

STEPS = 1000


class NumberInput(QWidget):
    """A slider over the range seen in training and a field that takes any number."""

    def __init__(self, found: Range, changed: Callable[[], object]) -> None:
        super().__init__()
        self.value = found.median
        self._found, self._changed = found, changed
        self._low, self._high = found.minimum, max(found.maximum, found.minimum + 1e-9)
        title = QLabel(f"{found.name} ({found.unit})" if found.unit else found.name)
        title.setWordWrap(True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setAccessibleName(title.text())
        self.field = NumberField(self._typed)
        self.field.setAccessibleName(title.text())
        self.slider.valueChanged.connect(self._slid)
        row = QHBoxLayout()
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addLayout(row)
        self.show_value(found.median)

    def show_value(self, value: Any) -> None:
        """Show a value chosen elsewhere."""
        number = float(value) if value is not None else float("nan")
        self.value = number if np.isfinite(number) else self._found.median
        with QSignalBlocker(self.slider):
            share = (self.value - self._low) / (self._high - self._low)
            self.slider.setValue(round(STEPS * min(1.0, max(0.0, share))))
        self.field.show_value(self.value)

    def _slid(self, place: int) -> None:
        value = self._low + (self._high - self._low) * place / STEPS
        self.value = float(round(value)) if self._found.whole else float(f"{value:.4g}")
        self.field.show_value(self.value)
        self._changed()

    def _typed(self, value: float) -> None:
        self.show_value(value)
        self._changed()


class CategoryInput(QWidget):
    """A list of the categories seen in training."""

    def __init__(self, found: Range, changed: Callable[[], object]) -> None:
        super().__init__()
        self.combo = QComboBox()
        self.combo.addItems(found.categories)
        self.combo.setCurrentText(found.usual)
        self.combo.setAccessibleName(found.name)
        self.combo.activated.connect(lambda _: changed())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel(found.name), 1)
        row.addWidget(self.combo, 1)

    @property
    def value(self) -> str:
        """The chosen category."""
        return self.combo.currentText()

    def show_value(self, value: Any) -> None:
        """Show a value chosen elsewhere."""
        self.combo.setCurrentText(str(value))


class PictureInput(QWidget):
    """A pad on which the pixels of a small picture are painted."""

    def __init__(self, found: Range, changed: Callable[[], object], themes: ThemeManager) -> None:
        super().__init__()
        self.pad = PixelPad(found.shape, (found.minimum, found.maximum), themes)
        self.pad.setAccessibleName(found.name)
        self.pad.painted.connect(changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(QLabel(found.name))
        column.addWidget(self.pad)

    @property
    def value(self) -> Any:
        """The picture, of the column's shape."""
        return self.pad.picture

    def show_value(self, value: Any) -> None:
        """Show a picture chosen elsewhere."""
        self.pad.show_picture(np.asarray(value, dtype=float))


RawInput = NumberInput | CategoryInput | PictureInput


def input_for(found: Range, changed: Callable[[], object], themes: ThemeManager) -> RawInput | None:
    """Return the field for a raw column; None for an array that is no picture."""
    if found.kind == "category":
        return CategoryInput(found, changed)
    if found.kind != "tensor":
        return NumberInput(found, changed)
    is_picture = len(found.shape) in (2, 3) and (*found.shape, 1)[2] == 1
    return PictureInput(found, changed, themes) if is_picture else None
