"""What an empty canvas says: how to begin, and a small network at one click."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from nnstudio.document.fixes import FIXES, apply_fix
from nnstudio.i18n import translate
from nnstudio.ui.widgets.translated import Retranslating

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView


class EmptyHint(Retranslating, QWidget):
    """Stands in the middle while there is nothing else; pieces can be dropped through it."""

    def __init__(self, canvas: "CanvasView") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.text, self.more = QLabel(self), QLabel(self)
        self.more.setProperty("look", "muted")
        self.start = QPushButton(self)
        self.start.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.start.clicked.connect(self._begin)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for label in (self.text, self.more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        column.addWidget(self.start, alignment=Qt.AlignmentFlag.AlignCenter)
        self.hide()
        self.retranslate()

    def refresh(self) -> None:
        """Come and go with the last and the first piece; stay in the middle."""
        scene = self._canvas.canvas_scene
        self.setVisible(not scene.cards and not scene.notes)
        self.text.setFont(self._canvas.themes.font(1.2, "semibold"))
        self.adjustSize()
        room = self._canvas.rect().size() - self.size()
        self.move(room.width() // 2, room.height() // 2)

    def retranslate(self) -> None:
        """Set every text again."""
        self.text.setText(translate("Canvas", "Drag layers here, or double-click."))
        self.more.setText(translate("Canvas", "A network begins with Input and ends with Output."))
        self.start.setText(FIXES["starter"].text())
        self.adjustSize()

    def _begin(self) -> None:
        self._canvas.attempt(self.start.text(), apply_fix, "starter")
        self._canvas.fit_at_once()
        self._canvas.setFocus()
