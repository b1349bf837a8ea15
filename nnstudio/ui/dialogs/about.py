"""What the program is, its version and whose work it stands on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nnstudio import __version__
from nnstudio.i18n import translate
from nnstudio.ui.icons import pixmap
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating


class About(Retranslating, QWidget):
    """Plain text; it says what is inside and where the licences are."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sign = QLabel()
        sign.setPixmap(pixmap("app", 72, themes.theme.accent, self.devicePixelRatioF()))
        self._name = QLabel(f"NN Studio {__version__}")
        self._name.setFont(themes.font(1.4, "bold"))
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = QVBoxLayout(self)
        for widget in (sign, self._name, self._text):
            box.addWidget(widget)
        box.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the text again."""
        parts = (
            translate(
                "About",
                "Build a neural network by hand, feed it your data, watch it learn, and take it "
                "away. Every number on the screen is a number of the network.",
            ),
            translate("About", "It works without the internet and sends nothing anywhere."),
            translate(
                "About",
                "Made with Python, NumPy, Qt for Python, pyqtgraph, Material Design Icons and "
                "Pretendard; their licences are in the folder of the program.",
            ),
        )
        self._text.setText("\n\n".join(parts))
