"""The small controls that float over the network: layers or neurons, and the zoom."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QWidget

from nnstudio.i18n import translate
from nnstudio.ui.icons import icon
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.widgets.translated import Retranslating

ICON, HEIGHT = 18, 30


class _Floating(Retranslating, QFrame):
    """A small card with a row of tool buttons; `resized` when its texts need other room."""

    resized = Signal()

    def __init__(self, parent: QWidget, themes: ThemeManager, name: str) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setObjectName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 3, 3, 3)
        self._row.setSpacing(2)

    def _button(self, icon_name: str = "") -> QToolButton:
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setProperty("icon_name", icon_name)
        self._row.addWidget(button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def restyle(self) -> None:
        """Use the colours and type of the theme."""
        theme = self._themes.theme
        self.setStyleSheet(
            f"#{self.objectName()} {{ background: {theme.panel};"
            f" border: 1px solid {theme.border}; border-radius: 9px; }}"
        )
        side = self._themes.pixels(ICON)
        for button in self.findChildren(QToolButton):
            button.setFont(self._themes.font())
            button.setIconSize(QSize(side, side))
            button.setMinimumHeight(self._themes.pixels(HEIGHT))
            if button.property("icon_name"):
                button.setIcon(icon(str(button.property("icon_name")), theme, theme.muted))
        self.adjustSize()


class DepthSwitch(_Floating):
    """Layers | Neurons."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, themes: ThemeManager) -> None:
        super().__init__(parent, themes, "depthSwitch")
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        for depth in ("layers", "neurons"):
            button = self._button()
            button.setProperty("look", "segment")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, depth=depth: self.chosen.emit(depth))
            self._group.addButton(button)
            self.buttons[depth] = button
        self.retranslate()
        self.restyle()

    def show_depth(self, depth: str) -> None:
        """Mark the depth that is seen."""
        self.buttons[depth].setChecked(True)

    def retranslate(self) -> None:
        """Set every text again."""
        self.buttons["layers"].setText(translate("Canvas", "Layers"))
        self.buttons["neurons"].setText(translate("Canvas", "Neurons"))
        tip = translate("Canvas", "Layers as cards, or every neuron and connection (N)")
        for button in self.buttons.values():
            button.setToolTip(tip)
        self.adjustSize()


class ZoomControls(_Floating):
    """Smaller, the present size (a click: normal), larger, all."""

    def __init__(self, parent: QWidget, themes: ThemeManager) -> None:
        super().__init__(parent, themes, "zoomControls")
        self.smaller = self._button("mdi6.minus")
        self.present = self._button()
        self.larger = self._button("mdi6.plus")
        self.all = self._button("mdi6.fit-to-page-outline")
        self.present.setProperty("look", "segment")
        self.show_zoom(1.0)
        self.retranslate()
        self.restyle()

    def show_zoom(self, zoom: float) -> None:
        """Show the present zoom in per cent."""
        self.present.setText(f"{zoom:.0%}")

    def restyle(self) -> None:
        """Use the colours and type of the theme; the number keeps its width."""
        super().restyle()
        metrics = self.present.fontMetrics()
        self.present.setMinimumWidth(metrics.horizontalAdvance("100%") + 18)
        self.adjustSize()

    def retranslate(self) -> None:
        """Set every text again."""
        for button, text in (
            (self.smaller, translate("Canvas", "Zoom out (Ctrl+−)")),
            (self.present, translate("Canvas", "Normal size (Ctrl+0)")),
            (self.larger, translate("Canvas", "Zoom in (Ctrl++)")),
            (self.all, translate("Canvas", "Show all (F)")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
