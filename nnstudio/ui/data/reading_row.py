"""How the file was read, in one row of lists; every guess can be changed."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from nnstudio.data.readers import TablePreview
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.ui.widgets.flow_layout import FlowLayout
from nnstudio.ui.widgets.translated import Retranslating

ENCODINGS = ("utf-8", "cp949", "utf-16", "latin-1")
SEPARATORS = (
    (",", QT_TRANSLATE_NOOP("Sheet", "comma ,")),
    (";", QT_TRANSLATE_NOOP("Sheet", "semicolon ;")),
    ("\t", QT_TRANSLATE_NOOP("Sheet", "tab")),
    ("|", QT_TRANSLATE_NOOP("Sheet", "bar |")),
    (" ", QT_TRANSLATE_NOOP("Sheet", "space")),
)
DECIMALS = (
    (".", QT_TRANSLATE_NOOP("Sheet", "point 0.5")),
    (",", QT_TRANSLATE_NOOP("Sheet", "comma 0,5")),
)
TITLES = {
    "sheet": QT_TRANSLATE_NOOP("Sheet", "Sheet"),
    "encoding": QT_TRANSLATE_NOOP("Sheet", "Encoding"),
    "separator": QT_TRANSLATE_NOOP("Sheet", "Separator"),
    "decimal": QT_TRANSLATE_NOOP("Sheet", "Decimal sign"),
    "header_row": QT_TRANSLATE_NOOP("Sheet", "Names in row"),
}


class ReadingRow(Retranslating, QWidget):
    """Emits `chosen(name, value)`, a keyword argument of `read_table`."""

    chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._preview: TablePreview | None = None
        self.fields: dict[str, QComboBox | QSpinBox] = {}
        self._titles: dict[str, QLabel] = {}
        self._boxes: dict[str, QWidget] = {}
        rows = FlowLayout(self, gap=10)
        for name in TITLES:
            field = self._header() if name == "header_row" else self._combo(name)
            title, box = QLabel(), QWidget()
            title.setProperty("look", "muted")
            title.setBuddy(field)
            self.fields[name], self._titles[name], self._boxes[name] = field, title, box
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 6, 0)
            row.setSpacing(6)
            row.addWidget(title)
            row.addWidget(field)
            rows.addWidget(box)
        self.retranslate()

    def show_reading(self, preview: TablePreview) -> None:
        """Show what was guessed or chosen; what doesn't apply to the file is hidden."""
        self._preview = preview
        self._offer("sheet", [(name, name) for name in preview.sheets], preview.sheet)
        known = {*ENCODINGS, preview.encoding}
        encodings = [(name, name) for name in sorted(known) if name]
        self._offer("encoding", encodings if preview.encoding else [], preview.encoding)
        separators = [(sign, translate("Sheet", text)) for sign, text in SEPARATORS]
        self._offer("separator", separators if preview.separator else [], preview.separator)
        decimals = [(sign, translate("Sheet", text)) for sign, text in DECIMALS]
        self._offer("decimal", decimals, preview.decimal)
        header = self.fields["header_row"]
        assert isinstance(header, QSpinBox)
        header.blockSignals(True)
        header.setValue(preview.header_row + 1)
        header.blockSignals(False)

    def retranslate(self) -> None:
        """Set every text again."""
        for name, title in TITLES.items():
            self._titles[name].setText(translate("Sheet", title))
            self.fields[name].setAccessibleName(self._titles[name].text())
        header = self.fields["header_row"]
        assert isinstance(header, QSpinBox)
        header.setSpecialValueText(translate("Sheet", "none"))
        if self._preview is not None:
            self.show_reading(self._preview)

    def _offer(self, name: str, offers: list[tuple[Any, str]], current: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, QComboBox)
        field.clear()
        for value, text in offers:
            field.addItem(text, value)
        field.setCurrentIndex(field.findData(current))
        self._boxes[name].setVisible(len(offers) > 1)

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox()
        combo.activated.connect(lambda _: self.chosen.emit(name, combo.currentData()))
        return combo

    def _header(self) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(0, 50)
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(lambda row: self.chosen.emit("header_row", row - 1))
        return spin
