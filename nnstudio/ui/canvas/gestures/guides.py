"""Light alignment while moving: cards click into line with their neighbours."""

from collections.abc import Mapping

from PySide6.QtCore import QLineF, QPointF, QRectF

from nnstudio.ui.canvas.items.marks import GuidesItem
from nnstudio.ui.canvas.scene import CanvasScene

REACH = 30.0  # how far a guide line runs beyond the two cards


class Guides:
    """Corrects a way so that a moving card is level with a resting one, and draws why."""

    def __init__(self, scene: CanvasScene, moving: set[str]) -> None:
        self._scene = scene
        self._item = GuidesItem(scene.stage)
        scene.addItem(self._item)
        self._resting = [card.frame for id, card in scene.cards.items() if id not in moving]

    def snap(self, starts: Mapping[str, QPointF], way: QPointF, reach: float) -> QPointF:
        """Return `way` (of the cards that started at `starts`) corrected by at most `reach`."""
        frames = [
            QRectF(starts[id] + way, self._scene.cards[id].frame.size())
            for id in starts
            if id in self._scene.cards
        ]
        if not frames or not self._resting:
            return way
        dx = _nearest([(r.left() - f.left()) for f in frames for r in self._resting], reach)
        dy = _nearest([(r.top() - f.top()) for f in frames for r in self._resting], reach)
        corrected = way + QPointF(dx or 0.0, dy or 0.0)
        self._item.set_lines(
            self._lines([f.translated(dx or 0.0, dy or 0.0) for f in frames], dx, dy)
        )
        return corrected

    def clear(self) -> None:
        """Take the lines away."""
        if self._item.scene() is not None:
            self._scene.remove(self._item)

    def _lines(self, frames: list[QRectF], dx: float | None, dy: float | None) -> list[QLineF]:
        lines = []
        for frame in frames:
            for rest in self._resting:
                if dx is not None and abs(rest.left() - frame.left()) < 0.01:
                    low, high = min(frame.top(), rest.top()), max(frame.bottom(), rest.bottom())
                    x = frame.center().x()
                    lines.append(QLineF(x, low - REACH, x, high + REACH))
                if dy is not None and abs(rest.top() - frame.top()) < 0.01:
                    low, high = min(frame.left(), rest.left()), max(frame.right(), rest.right())
                    y = frame.center().y()
                    lines.append(QLineF(low - REACH, y, high + REACH, y))
        return lines[:6]


def _nearest(ways: list[float], reach: float) -> float | None:
    best = min(ways, key=abs, default=None)
    return best if best is not None and abs(best) <= reach else None
