"""The small bar in the corner: what the width of a line means, the knife, and the legend."""

from PySide6.QtCore import QLineF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QWidget

from nnstudio.document.picture.strands import LEVELS
from nnstudio.i18n import translate
from nnstudio.numbers import format_number
from nnstudio.ui.icons import icon
from nnstudio.ui.neurons.items.links import pen
from nnstudio.ui.neurons.values import SMALLEST_LIMIT
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating

LOWEST_IN_TALK = 720


class Legend(QWidget):
    """Says what a line tells: minus dashed, plus solid, the widest line's value."""

    def __init__(self, parent: QWidget, themes: ThemeManager) -> None:
        super().__init__(parent)
        self._themes = themes
        self.limit = 1.0
        self.few = True

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._themes.font(0.9))
        text = metrics.horizontalAdvance(f"−{format_number(self.limit, 2)}") * 2
        return QSize(round(text) + self._themes.pixels(86), self._themes.pixels(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, scale = self._themes.theme, self._themes.scale
        painter.setFont(self._themes.font(0.9))
        middle, x = self.height() / 2, 4.0 * scale
        value = format_number(self.limit, 2)
        for level, text in ((-LEVELS, f"−{value}"), (LEVELS, value)):
            painter.setPen(pen(theme, round(level * 0.7), 1.0, self.few))
            painter.drawLine(QLineF(x, middle, x + 26 * scale, middle))
            painter.setPen(QColor(theme.muted))
            box = painter.boundingRect(
                int(x + 31 * scale), 0, 400, self.height(), Qt.AlignmentFlag.AlignVCenter, text
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            x = box.right() + 14 * scale


class Bar(Retranslating, QFrame):
    """Floats over the lower left corner of the view."""

    mode_chosen = Signal(str)
    knife_chosen = Signal(bool)

    def __init__(self, parent: QWidget, themes: ThemeManager) -> None:
        super().__init__(parent)
        self.setObjectName("neuronBar")
        self._parent = parent
        self._themes = themes
        self.weights, self.signals, self.knife = (QToolButton(self) for _ in range(3))
        self._modes = QButtonGroup(self)
        for button, mode in ((self.weights, "weights"), (self.signals, "signals")):
            button.setCheckable(True)
            self._modes.addButton(button)
            button.clicked.connect(lambda checked=False, mode=mode: self.mode_chosen.emit(mode))
        self.weights.setChecked(True)
        self.knife.setCheckable(True)
        self.knife.toggled.connect(self.knife_chosen)
        self.legend = Legend(self, themes)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 6, 3)
        row.setSpacing(2)
        for widget in (self.weights, self.signals, self.knife, self.legend):
            if isinstance(widget, QToolButton):
                widget.setAutoRaise(True)
                widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(widget)
        self.retranslate()
        self.set_theme()

    def set_mode(self, mode: str) -> None:
        """Show which mode is on."""
        (self.weights if mode == "weights" else self.signals).setChecked(True)

    def set_theme(self) -> None:
        """Use the colours and type of the current theme."""
        theme = self._themes.theme
        self.setStyleSheet(
            f"#neuronBar {{ background: {theme.panel}; border: 1px solid {theme.border};"
            " border-radius: 8px; }"
        )
        self.knife.setIcon(icon("mdi6.content-cut", theme))
        for button in (self.weights, self.signals, self.knife):
            button.setFont(self._themes.font())
        self.fit()

    def retranslate(self) -> None:
        """Set every text again."""
        self.weights.setText(translate("Neurons", "Weights"))
        self.weights.setToolTip(translate("Neurons", "Width of a line: size of the weight (M)"))
        self.signals.setText(translate("Neurons", "Signals"))
        self.signals.setToolTip(
            translate("Neurons", "Width of a line: weight times signal of the example (M)")
        )
        self.knife.setToolTip(
            translate("Neurons", "Knife: drag across connections to cut them (K, or right button)")
        )
        self.knife.setAccessibleName(translate("Neurons", "Knife"))
        self.fit()

    def set_scale(self, limit: float, few: bool) -> None:
        """Say which value the full width stands for, and whether minus is dashed."""
        if few != self.legend.few:
            self.legend.few = few
            self.legend.update()
        if format_number(limit, 2) != format_number(self.legend.limit, 2):
            self.legend.limit = limit
            self.legend.setVisible(limit > SMALLEST_LIMIT)
            self.legend.update()
            self.fit()

    def fit(self) -> None:
        """Stand in the lower left corner; in a talk in a low window give the network the room."""
        low = self._parent.height() < LOWEST_IN_TALK
        self.setVisible(not (self._themes.presentation and low))
        self.legend.setMinimumSize(self.legend.sizeHint())
        self.adjustSize()
        self.move(10, max(4, self._parent.height() - self.height() - 10))
