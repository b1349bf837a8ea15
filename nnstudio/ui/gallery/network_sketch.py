"""A small drawing of a network: columns of neurons when it is small, blocks when it is large."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnstudio.engine.graph import Graph
from nnstudio.ui.theme import Theme, kind_color

MOST_NEURONS = 6
SHOWN_KINDS = (
    *("input", "dense", "dropout", "gaussian_noise"),
    *("batch_normalization", "layer_normalization", "flatten", "reshape", "permute"),
    *("add", "average", "concatenate", "multiply", "subtract"),
)


def draw_network(painter: QPainter, area: QRectF, graph: Graph, theme: Theme) -> None:
    """Draw `graph` inside `area`; a graph without layers leaves it empty."""
    columns = _columns(graph)
    if not columns:
        return
    step = area.width() / len(columns)
    radius = min(step * 0.22, area.height() / (2.6 * MOST_NEURONS), 9.0)
    places: dict[str, list[QPointF]] = {}
    for number, ids in enumerate(columns):
        share = area.height() / len(ids)
        for row, id in enumerate(ids):
            middle = QPointF(area.left() + (number + 0.5) * step, area.top() + (row + 0.5) * share)
            places[id] = _neurons(graph, id, middle, share, radius)
    _draw_wires(painter, graph, places, theme)
    for id, points in places.items():
        _draw_layer(painter, graph, id, points, radius, theme)


def _columns(graph: Graph) -> list[list[str]]:
    """Return ids of the drawn layers by their distance from the inputs (activations stay out)."""
    depth: dict[str, int] = {}
    for id in graph.order:
        before = [depth[wire.source] for wire in graph.incoming[id] if wire.source in depth]
        shown = graph[id].layer.id in SHOWN_KINDS
        depth[id] = max(before, default=-1) + (1 if shown else 0)
    columns: dict[int, list[str]] = {}
    for id in graph.order:
        if graph[id].layer.id in SHOWN_KINDS:
            columns.setdefault(depth[id], []).append(id)
    return [columns[number] for number in sorted(columns)]


def _neurons(graph: Graph, id: str, middle: QPointF, room: float, radius: float) -> list[QPointF]:
    units = _units(graph, id)
    count = min(units, MOST_NEURONS) if graph[id].layer.id in ("input", "dense") else 1
    pitch = min(2.6 * radius, room / max(1, count))
    top = middle.y() - pitch * (count - 1) / 2
    return [QPointF(middle.x(), top + pitch * number) for number in range(count)]


def _units(graph: Graph, id: str) -> int:
    size = 1
    for length in graph.shapes.get(id, (1,)):
        size *= length
    return size


def _draw_wires(
    painter: QPainter, graph: Graph, places: Mapping[str, list[QPointF]], theme: Theme
) -> None:
    color = QColor(theme.zero)
    color.setAlphaF(0.55)
    painter.setPen(QPen(color, 0.9))
    for id in places:
        for source in _drawn_sources(graph, id, places):
            for start in places[source]:
                for end in places[id]:
                    painter.drawLine(start, end)


def _drawn_sources(graph: Graph, id: str, places: Mapping[str, list[QPointF]]) -> list[str]:
    found = []
    waiting = [wire.source for wire in graph.incoming[id]]
    while waiting:
        source = waiting.pop()
        if source in places:
            found.append(source)
        else:
            waiting += [wire.source for wire in graph.incoming[source]]
    return found


def _draw_layer(
    painter: QPainter, graph: Graph, id: str, points: list[QPointF], radius: float, theme: Theme
) -> None:
    layer = graph[id].layer
    last = any(graph[wire.target].layer.id == "output" for wire in graph.outgoing[id])
    color = QColor(kind_color(theme, "output" if last else layer.id, layer.group))
    painter.setPen(QPen(QColor(theme.panel), 1.2))
    painter.setBrush(color)
    if layer.id not in ("input", "dense"):
        side = 2.2 * radius
        box = QRectF(points[0].x() - side / 2, points[0].y() - side, side, 2 * side)
        painter.drawRoundedRect(box, 3, 3)
        return
    for point in points:
        painter.drawEllipse(point, radius, radius)
    if _units(graph, id) > len(points):
        _draw_rest(painter, points, radius, theme)


def _draw_rest(painter: QPainter, points: list[QPointF], radius: float, theme: Theme) -> None:
    """Make the last but one circle three dots: more neurons than are drawn."""
    middle = points[-2]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.panel))
    painter.drawEllipse(middle, radius + 1.5, radius + 1.5)
    painter.setBrush(QColor(theme.muted))
    for shift in (-0.75, 0.0, 0.75):
        painter.drawEllipse(middle + QPointF(0, shift * radius), radius * 0.2, radius * 0.2)
