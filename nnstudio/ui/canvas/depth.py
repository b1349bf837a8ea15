"""DepthStack: the same network at two depths, cards and neurons, with one zoom between them."""

from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnstudio.document.store import Store
from nnstudio.ui.canvas.crossing import Crossing
from nnstudio.ui.canvas.keys import letter_of
from nnstudio.ui.canvas.overlay import DepthSwitch, ZoomControls
from nnstudio.ui.canvas.view import CanvasView
from nnstudio.ui.messages import Messages
from nnstudio.ui.neurons.view import NeuronView
from nnstudio.ui.selection import Selection
from nnstudio.ui.theme import ThemeManager
from nnstudio.ui.training.live import Live

DEPTHS = ("layers", "neurons")
DEEPER_FROM = 2.4  # zoom of the cards at which the neurons take over
BACK_BELOW = 0.45  # share of the view the neurons fill when the cards take over
INSET = 10
WIDE = 740  # from this width the controls stand side by side


class DepthStack(QWidget):
    """Hosts both views and passes the window's commands to the one in front."""

    def __init__(
        self,
        *,
        store: Store,
        selection: Selection,
        themes: ThemeManager,
        live: Live,
        messages: Messages,
    ) -> None:
        super().__init__()
        rooms: dict[str, Any] = {
            "store": store,
            "selection": selection,
            "themes": themes,
            "live": live,
            "messages": messages,
        }
        self._themes = themes
        self.canvas = CanvasView(**rooms)
        self.neurons = NeuronView(**rooms)
        self._depth = "layers"
        for view in (self.canvas, self.neurons):
            view.setParent(self)
        self.neurons.hide()
        self.setFocusProxy(self.canvas)
        self.setMinimumSize(self.canvas.minimumSize())
        self.crossing = Crossing(self)
        self.depth_switch = DepthSwitch(self, themes)
        self.zoom_controls = ZoomControls(self, themes)
        self._connect()
        self.depth_switch.show_depth(self.depth)

    def _connect(self) -> None:
        self._themes.changed.connect(self._restyle)
        self.depth_switch.chosen.connect(self.set_depth)
        for controls in (self.depth_switch, self.zoom_controls):
            controls.resized.connect(self._place_controls)
        zoom = self.zoom_controls
        zoom.smaller.clicked.connect(self.zoom_out)
        zoom.larger.clicked.connect(self.zoom_in)
        zoom.present.clicked.connect(self.zoom_reset)
        zoom.all.clicked.connect(self.fit)
        self.neurons.left.connect(lambda: self.set_depth("layers"))
        for view in (self.canvas, self.neurons):
            view.camera.changed.connect(self._show_zoom)
            view.camera.moved_by_user.connect(self._cross_at_the_limit)

    @property
    def depth(self) -> str:  # type: ignore[override]  # the bits of a paint device matter to nobody
        """ "layers" or "neurons"."""
        return self._depth

    @property
    def front(self) -> CanvasView | NeuronView:
        """The view that is seen."""
        return self.canvas if self.depth == "layers" else self.neurons

    def close_view(self) -> None:
        """Stop listening; call it when the window closes."""
        self.crossing.stop()
        self.canvas.close_view()
        self.neurons.close_view()

    # ---- depth

    def switch(self) -> None:
        """Go to the other depth."""
        self.set_depth("neurons" if self.depth == "layers" else "layers")

    def set_depth(self, depth: str) -> None:
        """Show "layers" or "neurons"."""
        if depth not in DEPTHS or depth == self.depth:
            self.depth_switch.show_depth(self.depth)
            return
        had_focus = self.front.hasFocus()
        moving = self.isVisible() and not self._themes.reduced_motion
        self.crossing.stop()
        cards = self.canvas.grab() if moving and depth == "neurons" else None
        neurons = self.neurons.grab() if moving and depth == "layers" else None
        self.canvas.leave_view()
        self._depth = depth
        self.front.setVisible(True)
        (self.neurons if depth == "layers" else self.canvas).setVisible(False)
        self.setFocusProxy(self.front)
        if had_focus:
            self.front.setFocus()
        if moving:
            ground = QColor(self._themes.theme.canvas)
            self.crossing.cross(
                cards or self.canvas.grab(),
                neurons or self.neurons.grab(),
                ground,
                self._focus_point(),
                deeper=depth == "neurons",
            )
        self._raise_controls()
        self.depth_switch.show_depth(depth)
        self._show_zoom()
        self.canvas.announce(self.depth_switch.buttons[depth].text())

    def _focus_point(self) -> QPointF:
        """The point that is zoomed into: the selected card, else the middle."""
        frame = self.canvas.selected_frame()
        if frame is not None:
            return QPointF(self.canvas.mapFromScene(frame.center()))
        return QPointF(self.rect().center())

    def _cross_at_the_limit(self) -> None:
        """Zooming on beyond the largest card, or out of the neurons, changes the depth."""
        if self.depth == "layers" and self.canvas.camera.zoom > DEEPER_FROM:
            self.canvas.camera.look(DEEPER_FROM / 1.3, self.canvas.camera.center)
            self.neurons.fit(glide=False)
            self.set_depth("neurons")
        elif self.depth == "neurons":
            content, scale = self.neurons.picture.content(), self.neurons.camera.scale
            wide = content.width() * scale < BACK_BELOW * self.width()
            if wide and content.height() * scale < BACK_BELOW * self.height():
                self.set_depth("layers")
                self.neurons.fit(glide=False)

    # ---- what the window calls

    def fit(self) -> None:
        """Show the whole network."""
        self.front.fit()

    def zoom_in(self) -> None:
        """Draw larger."""
        self.front.zoom_in()

    def zoom_out(self) -> None:
        """Draw smaller."""
        self.front.zoom_out()

    def zoom_reset(self) -> None:
        """Draw at the normal size."""
        self.front.zoom_reset()

    def cut(self) -> None:
        """Copy the selected layers and remove them."""
        self.canvas.cut()

    def copy(self) -> None:
        """Put the selected layers on the clipboard."""
        self.canvas.copy()

    def paste(self) -> None:
        """Add what is on the clipboard."""
        self.canvas.paste()

    def duplicate(self) -> None:
        """Add the selected layers once more."""
        self.canvas.duplicate()

    def delete(self) -> None:
        """Remove what is selected."""
        self.front.delete()

    def select_all(self) -> None:
        """Select every layer."""
        self.canvas.select_all()

    def select_incoming(self) -> None:
        """Select what leads into the selection."""
        self.front.select_incoming()

    def select_outgoing(self) -> None:
        """Select what the selection leads to."""
        self.front.select_outgoing()

    def rename(self) -> None:
        """Edit the name of the selected layer, on its card."""
        self.set_depth("layers")
        self.canvas.rename()

    def tidy(self) -> None:
        """Line the cards up."""
        self.canvas.tidy()

    def add_menu(self) -> None:
        """Open the type-to-search menu of layers."""
        self.set_depth("layers")
        self.canvas.add_menu()

    def add_kind(self, kind: str) -> None:
        """Add a layer after the selection."""
        self.canvas.add_kind(kind)

    def view_state(self) -> dict[str, Any]:
        """Return depth and cameras as plain values."""
        return {
            "depth": self.depth,
            "layers": self.canvas.view_state(),
            "neurons": self.neurons.view_state(),
        }

    def restore_view(self, state: object) -> None:
        """Take over what `view_state` gave; nonsense is ignored."""
        if isinstance(state, dict):
            self.canvas.restore_view(state.get("layers"))
            self.neurons.restore_view(state.get("neurons"))
            self.set_depth(str(state.get("depth", "layers")))

    # ---- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N changes the depth (the window's action comes first, where there is one)."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if letter_of(event) == "N" and not held:
            self.switch()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for view in (self.canvas, self.neurons):
            view.setGeometry(self.rect())
        if not self.crossing.isHidden():
            self.crossing.stop()
        self._place_controls()

    def _place_controls(self) -> None:
        """In the lower right corner: side by side, above each other where it is narrow."""
        switch, zoom = self.depth_switch, self.zoom_controls
        switch.adjustSize()
        zoom.adjustSize()
        right, bottom = self.width() - INSET, self.height() - INSET
        zoom.move(right - zoom.width(), bottom - zoom.height())
        if zoom.isHidden():
            switch.move(right - switch.width(), bottom - switch.height())
        elif self.width() >= self._themes.pixels(WIDE):
            switch.move(zoom.x() - INSET - switch.width(), bottom - switch.height())
        else:
            switch.move(right - switch.width(), zoom.y() - INSET // 2 - switch.height())
        self._raise_controls()

    def _raise_controls(self) -> None:
        self.depth_switch.raise_()
        self.zoom_controls.raise_()

    def _show_zoom(self) -> None:
        self.zoom_controls.show_zoom(self.front.camera.zoom)

    def _restyle(self) -> None:
        self.depth_switch.restyle()
        self.zoom_controls.restyle()
        # In a talk there is no room for both; wheel and keys still zoom.
        self.zoom_controls.setVisible(not self._themes.presentation)
        self._place_controls()
