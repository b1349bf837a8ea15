"""Fields for the raw values of one example: sliders, lists of categories, a pixel pad."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from nnstudio.data.fitted import Range
from nnstudio.i18n import translate
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.try_it.pad import PixelPad
from nnstudio.ui.widgets.number_field import NumberField
from nnstudio.ui.widgets.parameter_field import Combo
from nnstudio.ui.widgets.press_button import PressButton
from nnstudio.ui.widgets.translated import Retranslating

STEPS = 1000


class NumberInput(QWidget):
    """A slider over the range seen in training and a field that takes any number."""

    def __init__(self, found: Range, title_text: str, changed: Callable[[], object]) -> None:
        super().__init__()
        self.value = found.median
        self._found, self._changed = found, changed
        self._low, self._high = found.minimum, max(found.maximum, found.minimum + 1e-9)
        title = QLabel(f"{title_text} ({found.unit})" if found.unit else title_text)
        title.setWordWrap(True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        whole = found.whole and self._high - self._low <= STEPS
        self._steps = max(1, round(self._high - self._low)) if whole else STEPS
        self.slider.setRange(0, self._steps)
        self.slider.setPageStep(max(1, self._steps // 20))
        self.slider.setSingleStep(max(1, self._steps // 100))
        self.slider.setAccessibleName(title.text())
        self.field = NumberField(self._typed)
        self.field.setAccessibleName(title.text())
        self.slider.valueChanged.connect(self._slid)
        row = QHBoxLayout()
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(title)
        column.addLayout(row)
        self.show_value(found.median)

    def show_value(self, value: Any) -> None:
        """Show a value chosen elsewhere."""
        if self.slider.isSliderDown() or self.field.typing:
            return
        number = float(value) if value is not None else float("nan")
        self.value = number if np.isfinite(number) else self._found.median
        with QSignalBlocker(self.slider):
            share = (self.value - self._low) / (self._high - self._low)
            self.slider.setValue(round(self._steps * min(1.0, max(0.0, share))))
        self.field.show_value(self.value)

    def _slid(self, place: int) -> None:
        value = self._low + (self._high - self._low) * place / self._steps
        self.value = float(round(value)) if self._found.whole else float(f"{value:.4g}")
        self.field.show_value(self.value)
        self._changed()

    def _typed(self, value: float) -> None:
        self.value = value
        with QSignalBlocker(self.slider):
            share = (value - self._low) / (self._high - self._low)
            self.slider.setValue(round(self._steps * min(1.0, max(0.0, share))))
        self._changed()


class CategoryInput(QWidget):
    """A list of the categories seen in training."""

    def __init__(
        self, found: Range, title: str, shown: Callable[[str], str], changed: Callable[[], object]
    ) -> None:
        super().__init__()
        self.combo = Combo()
        for category in found.categories:
            self.combo.addItem(shown(category), category)
        self.show_value(found.usual)
        self.combo.setAccessibleName(title)
        self.combo.activated.connect(lambda _: changed())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        label = QLabel(title)
        label.setWordWrap(True)
        row.addWidget(label, 1)
        row.addWidget(self.combo, 1)

    @property
    def value(self) -> str:
        """The chosen category."""
        return str(self.combo.currentData())

    def show_value(self, value: Any) -> None:
        """Show a value chosen elsewhere."""
        if not self.combo.view().isVisible():
            self.combo.setCurrentIndex(max(0, self.combo.findData(str(value))))


class PictureInput(Retranslating, QWidget):
    """A pad on which the pixels of a small picture are painted, and a button that empties it."""

    def __init__(
        self, found: Range, title: str, changed: Callable[[], object], themes: ThemeManager
    ) -> None:
        super().__init__()
        self.pad = PixelPad(found.shape, (found.minimum, found.maximum), themes)
        self.pad.setAccessibleName(title)
        self.pad.painted.connect(changed)
        self.clear = PressButton()
        self.clear.clicked.connect(self.pad.empty)
        head = QHBoxLayout()
        head.addWidget(QLabel(title), 1)
        head.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.pad)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts again."""
        self.clear.setText(translate("Try", "Clear"))
        self.pad.setToolTip(
            translate("Try", "Draw with the left button, rub out with the right one.")
        )

    @property
    def value(self) -> Any:
        """The picture, of the column's shape."""
        return self.pad.picture.copy()

    def show_value(self, value: Any) -> None:
        """Show a picture chosen elsewhere."""
        self.pad.show_picture(np.asarray(value, dtype=float))


RawInput = NumberInput | CategoryInput | PictureInput


def input_for(
    found: Range, shown: Callable[[str], str], changed: Callable[[], object], themes: ThemeManager
) -> RawInput | None:
    """Return the field for a raw column; None for an array that is no picture.

    `shown` gives the name of a column or category in the current language.
    """
    title = shown(found.name)
    if found.kind == "category":
        return CategoryInput(found, title, shown, changed)
    if found.kind != "tensor":
        return NumberInput(found, title, changed)
    is_picture = len(found.shape) in (2, 3) and (*found.shape, 1)[2] == 1
    return PictureInput(found, title, changed, themes) if is_picture else None
