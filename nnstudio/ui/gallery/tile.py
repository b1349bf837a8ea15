"""One choice of the gallery: a picture, a title and a sentence."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from nnstudio.ui.theme import ThemeManager

PICTURE = QSize(208, 104)


class Tile(QPushButton):
    """A button as large as its picture and its texts."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setProperty("look", "tile")
        self.setAutoDefault(True)
        self.picture = QLabel()
        self.picture.setProperty("look", "preview")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = QLabel()
        self.summary = QLabel()
        self.summary.setProperty("look", "muted")
        self.summary.setWordWrap(True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(4)
        for label in (self.picture, self.title, self.summary):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            box.addWidget(label)
        self.restyle()

    def picture_size(self) -> QSize:
        """Size of the picture in logical pixels at the present scale."""
        return PICTURE * min(self._themes.scale, 1.4)

    def set_picture(self, picture: QPixmap) -> None:
        """Show the preview."""
        self.picture.setPixmap(picture)

    def set_texts(self, title: str, summary: str) -> None:
        """Set what the choice is called and what it is."""
        self.title.setText(title)
        self.summary.setText(summary)
        self.setAccessibleName(title)
        self.setAccessibleDescription(summary)

    def restyle(self) -> None:
        """Follow the type scale."""
        self.title.setFont(self._themes.font(1.0, "semibold"))
        self.summary.setFont(self._themes.font(0.9))
        self.picture.setFixedHeight(self.picture_size().height())
        self.summary.setFixedHeight(self.summary.fontMetrics().lineSpacing() * 2 + 2)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        height = layout.sizeHint().height() if layout is not None else 0
        return QSize(self.picture_size().width() + 16, height)
