"""The one window shown after a bug: what happened, in a form that can be copied and sent."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nnstudio.i18n import translate
from nnstudio.ui.widgets.translated import Retranslating


class ReportWindow(Retranslating, QWidget):
    """Not modal: the work behind it can go on and be saved."""

    def __init__(self, system: str, owner: QWidget | None = None) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._system = system
        self._bugs: list[str] = []
        self._words = QLabel()
        self._words.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.copy_button = QPushButton()
        self.copy_button.setProperty("look", "primary")
        self.copy_button.setAutoDefault(True)
        self.close_button = QPushButton()
        self.close_button.setAutoDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.copy_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 16)
        box.setSpacing(12)
        box.addWidget(self._words)
        box.addWidget(self.text, 1)
        box.addLayout(row)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.close)
        self.resize(620, 420)
        if owner is not None:
            self.move(owner.geometry().center() - self.rect().center())
        self._fill()
        self.retranslate()

    def add(self, text: str) -> None:
        """Add one bug to the report; "" adds nothing."""
        if text and text not in self._bugs:
            self._bugs.append(text)
        self._fill()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text but the report itself again."""
        self.setWindowTitle(translate("Report", "Problem report"))
        self._words.setText(
            translate(
                "Report",
                "NN Studio made a mistake. Your work was kept; you can go on or save it. "
                "Please copy this report and send it to the makers.",
            )
            if self._bugs
            else translate(
                "Report",
                "Tell the makers what you did and what went wrong, and add these lines.",
            )
        )
        self.copy_button.setText(translate("Report", "Copy"))
        self.close_button.setText(translate("Report", "Close"))

    def _fill(self) -> None:
        self.text.setPlainText("\n\n".join((self._system, *self._bugs)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy_button.setText(translate("Report", "Copied"))
