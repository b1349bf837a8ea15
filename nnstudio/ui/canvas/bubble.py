"""A speech bubble at a place of the canvas: a reason, and a button that mends."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nnstudio.ui.theme import Theme

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView

WIDEST = 300
ARROW = 8
MARGIN = 12
SECONDS = 9


class Bubble(QWidget):
    """Child of the viewport; stays at its scene point while the view moves."""

    def __init__(self, canvas: "CanvasView") -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self._place = QPointF()
        self._tone = "plain"
        self._arrow_up = True
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self)
        self.button.setProperty("look", "primary")
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(self.mend)
        self._action: Callable[[], object] | None = None
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 10 + ARROW, 14, 10 + ARROW)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_bubble)
        self.hide()

    def show_reason(self, text: str, place: QPointF, tone: str = "bad") -> None:
        """Show a sentence at a scene point during a gesture; the mouse goes through it."""
        self._open(text, place, tone, "", None)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, True)

    def offer(
        self,
        text: str,
        place: QPointF,
        button: str = "",
        action: Callable[[], object] | None = None,
        tone: str = "bad",
    ) -> None:
        """Show a sentence, with a button when something can be done; Esc or a click closes it."""
        self._open(text, place, tone, button, action)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        if action is None:
            self._timer.start(SECONDS * 1000)

    def close_bubble(self) -> None:
        """Take the bubble away."""
        self._timer.stop()
        self._action = None
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self.text.setStyleSheet(f"color: {theme.text}; background: transparent;")
        self.update()

    def follow(self) -> None:
        """Stand at the place again after the view has moved."""
        if self.isHidden():
            return
        view = self._canvas.viewport()
        size = self.size()
        at = self._canvas.mapFromScene(self._place)
        self._arrow_up = at.y() + size.height() + 6 <= view.height()
        x = min(max(4, at.x() - size.width() // 2), max(4, view.width() - size.width() - 4))
        y = at.y() + 6 if self._arrow_up else at.y() - size.height() - 6
        self.move(x, max(0, y))
        self.update()

    def _open(
        self,
        text: str,
        place: QPointF,
        tone: str,
        button: str,
        action: Callable[[], object] | None,
    ) -> None:
        self._timer.stop()
        self._place, self._tone, self._action = QPointF(place), tone, action
        self.text.setText(text)
        self.button.setText(button)
        self.button.setVisible(action is not None)
        self.setAccessibleName(text)
        self._fit()
        self.show()
        self.raise_()
        self.follow()

    def _fit(self) -> None:
        """Be as wide as the sentence, up to a limit; then wrap."""
        metrics = self.text.fontMetrics()
        limit = min(WIDEST * max(1.0, self._canvas.themes.scale), self._canvas.width() - 40)
        wide = min(limit, metrics.horizontalAdvance(self.text.text()) + 4)
        wide = max(wide, self.button.sizeHint().width() if self._action else 0)
        self.text.setFixedWidth(int(wide))
        self.text.setFixedHeight(self.text.heightForWidth(int(wide)))
        self._column.invalidate()
        high = 2 * (10 + ARROW) + self.text.height()
        if self._action is not None:
            self.button.ensurePolished()
            high += self._column.spacing() + self.button.sizeHint().height()
        self.resize(int(wide) + 28, high)

    @property
    def can_mend(self) -> bool:
        """Whether the bubble is open with a button."""
        return not self.isHidden() and self._action is not None

    def mend(self) -> None:
        """Press the button."""
        action = self._action
        self.close_bubble()
        self._canvas.setFocus()
        if action is not None:
            action()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._canvas.themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(1, ARROW, self.width() - 2, self.height() - 2 * ARROW)
        path = QPainterPath()
        path.addRoundedRect(box, 9, 9)
        tip = self._canvas.mapFromScene(self._place).x() - self.x()
        tip = min(max(MARGIN + ARROW, tip), self.width() - MARGIN - ARROW)
        edge, point = ARROW + 1, 1
        if not self._arrow_up:
            edge, point = self.height() - edge, self.height() - point
        arrow = QPainterPath(QPoint(tip - ARROW, edge).toPointF())
        arrow.lineTo(tip, point)
        arrow.lineTo(tip + ARROW, edge)
        path = path.united(arrow)
        line = {"bad": theme.bad, "warn": theme.warn}.get(self._tone, theme.accent)
        painter.setPen(QPen(QColor(line), 1.4))
        painter.setBrush(QColor(theme.panel))
        painter.drawPath(path)
