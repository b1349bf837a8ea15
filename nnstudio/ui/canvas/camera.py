"""What part of the scene is seen, and how large: zoom, pan, fit, reveal."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, QVariantAnimation, Signal
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

SMALLEST, LARGEST = 0.1, 3.0
LARGEST_FIT = 1.3
MARGIN = 36.0  # pixels around what is shown whole
STEP = 1.2
GLIDE_MS = 180


class Camera(QObject):
    """Moves one view. `zoom` 1 is the size the theme asks for (twice as large in a talk)."""

    changed = Signal()
    moved_by_user = Signal()

    def __init__(self, view: QGraphicsView, glides: Callable[[], bool]) -> None:
        """`glides()` tells whether movements are shown."""
        super().__init__(view)
        self._view = view
        self._glides = glides
        self._base = 1.0
        self.zoom = 1.0
        self.center = QPointF()
        self._from = (1.0, QPointF())
        self._to = (1.0, QPointF())
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(GLIDE_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._glide)

    @property
    def scale(self) -> float:
        """Pixels of the viewport per scene unit."""
        return self.zoom * self._base

    def set_base(self, base: float) -> None:
        """Draw everything larger (a talk) or as usual."""
        self._base = base
        self.apply()

    def look(self, zoom: float, center: QPointF) -> None:
        """Show `center` in the middle at once."""
        self._animation.stop()
        self._set(zoom, center)

    def glide_to(self, zoom: float, center: QPointF) -> None:
        """Move there smoothly when the view is seen."""
        zoom = min(LARGEST, max(SMALLEST, zoom))
        if not (self._view.isVisible() and self._glides()):
            self.look(zoom, center)
            return
        self._from, self._to = (self.zoom, QPointF(self.center)), (zoom, center)
        self._animation.stop()
        self._animation.start()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom; the scene point under viewport point `at` (the middle by default) stays there."""
        zoom = min(LARGEST, max(SMALLEST, self.zoom * factor))
        view = self._view
        middle = QPointF(view.viewport().width() / 2, view.viewport().height() / 2)
        away = (at if at is not None else middle) - middle
        anchor = self.center + away / self.scale
        self.look(zoom, anchor - away / (zoom * self._base))
        self.moved_by_user.emit()

    def pan(self, dx: float, dy: float) -> None:
        """Move the paper by viewport pixels."""
        self.look(self.zoom, self.center - QPointF(dx, dy) / self.scale)
        self.moved_by_user.emit()

    def fit(self, rect: QRectF, at_once: bool = False) -> None:
        """Show all of `rect`, not larger than LARGEST_FIT."""
        go = self.look if at_once else self.glide_to
        if rect.isEmpty():
            go(1.0, QPointF())
            return
        size = self._view.viewport().size()
        wide = max(40.0, size.width() - 2 * MARGIN) / rect.width()
        high = max(40.0, size.height() - 2 * MARGIN) / rect.height()
        zoom = min(wide / self._base, high / self._base, LARGEST_FIT)
        go(max(SMALLEST, zoom), rect.center())

    def reveal(self, rect: QRectF, margin: float = 24.0) -> None:
        """Pan as little as is needed to see `rect`."""
        size = self._view.viewport().size()
        half = QPointF(size.width(), size.height()) / (2 * self.scale)
        room = margin / self.scale
        seen = QRectF(self.center - half, self.center + half).adjusted(room, room, -room, -room)
        if seen.contains(rect):
            return
        dx = min(0.0, rect.left() - seen.left()) + max(0.0, rect.right() - seen.right())
        dy = min(0.0, rect.top() - seen.top()) + max(0.0, rect.bottom() - seen.bottom())
        self.glide_to(self.zoom, self.center + QPointF(dx, dy))
        self.moved_by_user.emit()

    def state(self) -> dict[str, float]:
        """Return zoom and centre as plain numbers."""
        return {"zoom": self.zoom, "x": self.center.x(), "y": self.center.y()}

    def restore(self, state: object) -> bool:
        """Take over what `state()` gave; return False when it makes no sense."""
        if not isinstance(state, dict):
            return False
        try:
            zoom, x, y = (float(state[name]) for name in ("zoom", "x", "y"))
        except (KeyError, TypeError, ValueError):
            return False
        if not all(math.isfinite(v) and abs(v) < 4e4 for v in (zoom, x, y)) or zoom <= 0:
            return False
        self.look(min(LARGEST, max(SMALLEST, zoom)), QPointF(x, y))
        self.moved_by_user.emit()
        return True

    def apply(self) -> None:
        """Put the view where the camera is (also after a change of size)."""
        self._view.setTransform(QTransform.fromScale(self.scale, self.scale))
        self._view.centerOn(self.center)
        self.changed.emit()

    def stop(self) -> None:
        """Stop moving."""
        self._animation.stop()

    def _set(self, zoom: float, center: QPointF) -> None:
        self.zoom, self.center = zoom, QPointF(center)
        self.apply()

    def _glide(self, share: float) -> None:
        (zoom, center), (goal_zoom, goal_center) = self._from, self._to
        now = zoom * (goal_zoom / zoom) ** share
        self._set(now, center + (goal_center - center) * share)
