"""Where texts, pills and buttons go at the present scale, for drawing and for the mouse."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF

from nnstudio.ui.neurons.anatomy import Group
from nnstudio.ui.neurons.board import Board
from nnstudio.ui.neurons.layout import TILE
from nnstudio.ui.selection import Entry

LINE = 17.0
PILL = (46.0, 17.0)
SQUARE = 9.0
BUTTON = 22.0
ALONG = 0.36
"""Where on its line the number of a connection stands: not in the middle, where lines cross."""


@dataclass(frozen=True)
class Labels:
    """What fits: numbers inside the neurons, names below or at a side, biases as pills."""

    inside: bool
    below: bool
    side: str
    two_lines: bool
    pills: bool
    line: float
    widest: float


def labels_for(board: Board, group: Group, detail: float, maps: bool) -> Labels:
    """Return which texts of a layer have room when the scene is drawn at scale `detail`."""
    place = board.layout.places[group.id]
    line = board.pixels(detail, LINE)
    air = place.pitch - 2 * place.radius
    alone = len(place.shown) == 1
    roomy = place.pitch >= line * 0.95 or alone
    side = ""
    if not place.picture and roomy:
        side = "left" if group.kind == "input" else "right" if group.outputs else ""
    inside = not maps and 2 * place.radius >= 2.0 * line and not place.picture
    below = not side and (air >= line or alone) and not place.picture
    widest = 122.0 if side else max(place.pitch, 2 * place.radius) * 1.3
    pills = air >= 0.45 * line and place.radius >= 0.6 * line
    return Labels(inside, below, side, place.pitch >= 2 * line or alone, pills, line, widest)


def bias_boxes(board: Board, group: Group, detail: float) -> list[tuple[int, QRectF]]:
    """Return (neuron, box) of each visible bias; a shared one once, below the layer."""
    if not group.bias:
        return []
    place = board.layout.places[group.id]
    pills = labels_for(board, group, detail, maps=False).pills
    width, height = PILL if pills else (SQUARE, SQUARE)
    width, height = board.pixels(detail, width), board.pixels(detail, height)
    if not pills:
        width = height = min(width, place.radius * 1.2)
    if group.shared_bias:
        _, _, _, bottom = place.box
        x = float(place.centres[0, 0])
        y = bottom + board.pixels(detail, LINE) * 1.9
        return [(0, _around(QPointF(x, y), width, height))]
    found = []
    for at, unit in enumerate(place.shown.tolist()):
        x, y = place.centres[at]
        if place.tiles:
            middle = QPointF(x, y + place.radius + height * 0.35)
        elif pills:
            middle = QPointF(x - place.radius * 0.62 - width / 2, y + place.radius * 0.72)
        else:
            middle = QPointF(x - place.radius * 0.8, y + place.radius * 0.8)
        found.append((unit, _around(middle, width, height)))
    return found


def _around(middle: QPointF, width: float, height: float) -> QRectF:
    return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)


def more_box(board: Board, group: Group) -> QRectF:
    """Return where "+180 more" stands."""
    place = board.layout.places[group.id]
    _, _, _, bottom = place.box
    return _around(QPointF(float(place.centres[0, 0]), bottom + 30), 110, 26)


def header_boxes(board: Board, group: Group, detail: float) -> dict[str, QRectF]:
    """Return the parts of a layer's header: "title", and "less" and "more" for a Dense layer."""
    x, top = board.layout.headers[group.id]
    size = board.pixels(detail, BUTTON)
    width = board.layout.spacing * 0.95
    bottom = top + 58
    parts = {"title": QRectF(x - width / 2, bottom - size * 2.05, width, size)}
    if group.dense:
        half = size * 1.05
        parts["less"] = _around(QPointF(x - half - size / 2, bottom - size / 2), size, size)
        parts["more"] = _around(QPointF(x + half + size / 2, bottom - size / 2), size, size)
    parts["count"] = _around(QPointF(x, bottom - size / 2), size * 2, size)
    return parts


def tile_box(board: Board, group: Group, at: int) -> QRectF:
    """Return where the picture of the weights of the neuron at place `at` stands."""
    place = board.layout.places[group.id]
    x, y = place.centres[at]
    side = min(TILE, place.pitch - 8)
    return QRectF(x - place.radius - 14 - side, y - side / 2, side, side)


def spot_of(board: Board, entry: Entry, detail: float) -> QPointF | None:
    """Return where a weight or bias stands: on its line, in its tile, at its neuron."""
    group = board.group_of(entry)
    if group is None:
        return None
    if len(entry.index) == 1:
        boxes = dict(bias_boxes(board, group, detail))
        box = boxes.get(entry.index[0])
        return box.center() if box is not None else None
    at = board.layout.places[group.id].position(entry.index[1])
    if board.layout.places[group.id].tiles and at is not None:
        return tile_box(board, group, at).center()
    line = board.line(entry)
    if line is None:
        return None
    return QLineF(*line.tolist()).pointAt(ALONG)
