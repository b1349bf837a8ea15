"""The scene: which items stand where, and what lies under a point. It decides nothing."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from nnstudio.engine.graph import Graph, Wire
from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.backdrop import draw_backdrop
from nnstudio.ui.canvas.items.card import BADGE, CardItem
from nnstudio.ui.canvas.items.dots import DotsItem
from nnstudio.ui.canvas.items.note import NoteItem
from nnstudio.ui.canvas.items.wire import WireItem
from nnstudio.ui.canvas.stage import Stage
from nnstudio.ui.theme import Theme

WIRE_RADIUS = 8.0


@dataclass(frozen=True)
class PortHit:
    """A port under the mouse: of which node, which side, its name, the wire ending there if any."""

    node: str
    side: str  # "in" or "out"
    port: str = ""
    wire: Wire | None = None

    @property
    def key(self) -> str:
        """How the card calls the port."""
        return f"{self.side}:{self.port}"


class CanvasScene(QGraphicsScene):
    """Keeps id -> item maps; `sync` fills them, gestures and the view read them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setSceneRect(-40000, -40000, 80000, 80000)
        self.stage = Stage(theme)
        self.cards: dict[str, CardItem] = {}
        self.wires: dict[Wire, WireItem] = {}
        self.notes: dict[str, NoteItem] = {}
        self.graph = Graph()
        self.dots = DotsItem(self.stage)
        self.addItem(self.dots)

    def set_theme(self, theme: Theme) -> None:
        """Repaint everything in another theme."""
        self.stage.theme = theme
        self.update()

    def route(self, nodes: Iterable[str] | None = None) -> None:
        """Run the wires of some nodes (or all) to where their cards stand."""
        touched = None if nodes is None else set(nodes)
        for id, arriving in self.graph.incoming.items():
            ranks: dict[str, int] = {}
            for wire in arriving:
                rank = ranks.get(wire.target_port, 0)
                ranks[wire.target_port] = rank + 1
                item = self.wires.get(wire)
                if item is None or (
                    touched is not None and wire.source not in touched and id not in touched
                ):
                    continue
                item.set_ends(
                    self.cards[wire.source].output_point(),
                    self.cards[id].input_point(wire.target_port, rank),
                )
        self.dots.set_wires(
            [item.points for item in self.wires.values()], [wire.source for wire in self.wires]
        )

    def card_at(self, point: QPointF) -> CardItem | None:
        """Return the topmost card under a scene point."""
        found = [card for card in self.cards.values() if card.frame.contains(point)]
        return found[-1] if found else None

    def note_at(self, point: QPointF) -> NoteItem | None:
        """Return the topmost note under a scene point."""
        found = [note for note in self.notes.values() if note.frame.contains(point)]
        return found[-1] if found else None

    def badge_at(self, point: QPointF) -> CardItem | None:
        """Return the card whose problem badge is under a scene point."""
        for card in self.cards.values():
            if card.face.severity and BADGE.adjusted(-3, -3, 3, 3).contains(point - card.pos()):
                return card
        return None

    def wire_at(self, point: QPointF, radius: float = WIRE_RADIUS) -> WireItem | None:
        """Return the wire that passes nearest to a scene point."""
        box = QRectF(point.x() - radius, point.y() - radius, 2 * radius, 2 * radius)
        for item in self.items(box):
            if isinstance(item, WireItem) and item.near(point, radius):
                return item
        return None

    def port_at(self, point: QPointF, radius: float) -> PortHit | None:
        """Return the nearest port within `radius` (scene units) of a point."""
        best, hit = radius, None
        for card in self.cards.values():
            if not card.frame.adjusted(-radius, -radius, radius, radius).contains(point):
                continue
            if card.face.has_output:
                distance = _distance(card.output_point(), point)
                if distance < best:
                    best, hit = distance, PortHit(card.id, "out")
            for port, _, count in card.face.inputs:
                for index in range(max(1, count)):
                    distance = _distance(card.input_point(port, index), point)
                    if distance < best:
                        best = distance
                        hit = PortHit(card.id, "in", port, self._wire_into(card.id, port, index))
        return hit

    def _wire_into(self, node: str, port: str, index: int) -> Wire | None:
        wires = [w for w in self.graph.incoming.get(node, ()) if w.target_port == port]
        return wires[index] if index < len(wires) else None

    def content(self) -> QRectF:
        """Return the rectangle all cards and notes stand in."""
        bounds = QRectF()
        frames = [card.frame for card in self.cards.values()]
        for frame in (*frames, *(note.frame for note in self.notes.values())):
            bounds = bounds.united(frame)
        return bounds

    def reading_order(self) -> list[str]:
        """Return node ids from left to right, column by column, top to bottom."""
        return sorted(
            self.cards,
            key=lambda id: (round(self.cards[id].x() / g.COLUMN), self.cards[id].y()),
        )

    def remove(self, item: QGraphicsItem) -> None:
        """Take an item away."""
        item.prepareGeometryChange()
        self.removeItem(item)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        draw_backdrop(painter, QRectF(rect), self.stage.theme)


def _distance(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())
