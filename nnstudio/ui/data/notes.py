"""Everything that was mended or looks wrong, as a list to scroll through."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea

from nnstudio.i18n import translate
from nnstudio.ui.widgets.translated import Retranslating

LINES = 4


class Notes(Retranslating, QScrollArea):
    """The problem first, then warnings, then what was guessed and mended while reading."""

    def __init__(self) -> None:
        super().__init__()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setProperty("look", "page")
        self.setWidget(self.text)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the list for a screen reader."""
        self.setAccessibleName(translate("Sheet", "What was noticed"))

    def sizeHint(self) -> QSize:
        lines = max(1, min(LINES, self.text.text().count("\n") + 2))
        return QSize(300, lines * (self.fontMetrics().height() + 1) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def show_notes(self, problem: str, warnings: tuple[str, ...], repairs: tuple[str, ...]) -> None:
        """Show these sentences."""
        lines = [f"⚠ {text}" for text in (problem, *warnings) if text]
        self.text.setText("\n".join([*lines, *(f"• {text}" for text in repairs)]))
        self.setAccessibleDescription(self.text.text())
        self.setFocusPolicy(
            Qt.FocusPolicy.TabFocus if len(lines) + len(repairs) > LINES else Qt.FocusPolicy.NoFocus
        )
        self.updateGeometry()
