"""Where texts, pills and buttons go at the present scale, for drawing and for the mouse."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QMarginsF, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from nnstudio.document.picture.anatomy import Group
from nnstudio.document.picture.layout import TILE
from nnstudio.ui.neurons.board import Board, growth
from nnstudio.ui.selection import Entry

LINE = 17.0
PILL = (50.0, 15.0)
SQUARE = 9.0
BUTTON = 22.0
SIDE_WIDEST = 150.0
HEADER_GAP = 8.0
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


def labels_for(board: Board, group: Group, detail: float) -> Labels:
    """Return which texts of a layer have room when the scene is drawn at scale `detail`."""
    place = board.layout.places[group.id]
    line = board.pixels(detail, LINE)
    alone = len(place.shown) == 1
    side = side_of(group) if place.pitch >= line * 0.95 or alone else ""
    row = place.pitch - 2 * place.radius >= line or alone
    if place.picture:
        return Labels(False, False, "", False, False, line, 0.0)
    return Labels(
        inside=not board.values.has_map(group) and 2 * place.radius >= 1.9 * line,
        below=not side and row,
        side=side,
        two_lines=place.pitch >= 2 * line or alone,
        pills=row,
        line=line,
        widest=board.pixels(detail, SIDE_WIDEST) if side else 0.62 * board.layout.spacing,
    )


def side_of(group: Group) -> str:
    """Return at which side of its neurons a layer's names stand: inputs left, outputs right."""
    return "left" if group.kind == "input" else "right" if group.outputs else ""


def bias_boxes(board: Board, group: Group, detail: float) -> list[tuple[int, QRectF]]:
    """Return (neuron, box) of each visible bias; a shared one once, below the layer.

    A pill stands left below its neuron; without room for it a small square at the rim.
    """
    if not group.bias:
        return []
    place = board.layout.places[group.id]
    pills = group.shared_bias or labels_for(board, group, detail).pills
    width, height = (board.pixels(detail, size) for size in (PILL if pills else (SQUARE, SQUARE)))
    if group.shared_bias:
        x, y = float(place.centres[0, 0]), place.box[3]
        return [(0, _around(QPointF(x, y + board.pixels(detail, 1.8 * LINE)), width, height))]
    if not pills:
        width = height = min(width, place.radius * 0.9)
        if width < board.pixels(detail, 4):  # it would hide the neuron
            return []
    gap = board.pixels(detail, 2)
    found = []
    for at, unit in enumerate(place.shown.tolist()):
        x, y = place.centres[at]
        if pills and place.tiles:
            left = x - place.radius - board.pixels(detail, 6)
            middle = QPointF(left + width / 2, y + place.radius + gap + height / 2)
        elif pills:
            middle = QPointF(x - gap - width / 2, y + place.radius + gap + height / 2)
        else:
            middle = QPointF(x - place.radius * 0.75, y + place.radius * 0.75)
        found.append((unit, _around(middle, width, height)))
    return found


def _around(middle: QPointF, width: float, height: float) -> QRectF:
    return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)


def more_box(board: Board, group: Group, detail: float) -> QRectF:
    """Return where "+180 more" stands."""
    place = board.layout.places[group.id]
    _, _, _, bottom = place.box
    texts = group.bias or labels_for(board, group, detail).below
    y = bottom + board.pixels(detail, LINE * (1.9 if texts else 1.0))
    width, height = board.pixels(detail, 110), board.pixels(detail, 22)
    return _around(QPointF(float(place.centres[0, 0]), y), width, height)


def header_boxes(board: Board, group: Group, detail: float) -> dict[str, QRectF]:
    """Return the parts of a layer's header: "title", and "less" and "more" for a Dense layer."""
    x, top = board.layout.headers[group.id]
    size = board.pixels(detail, BUTTON)
    width = board.layout.spacing * 0.95
    bottom = top - board.pixels(detail, HEADER_GAP)
    parts = {"title": QRectF(x - width / 2, bottom - size * 2.05, width, size)}
    if group.dense:
        half = min(size * 1.05, 0.48 * board.layout.spacing - size)
        if half >= 0.45 * size:  # narrower, and the buttons of two layers would overlap
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


def margins_of(board: Board, detail: float) -> QMarginsF:
    """Return the room in viewport pixels that texts need around neurons at scale `detail`."""
    grown = growth(detail)
    metrics = QFontMetricsF(board.themes.font(grown, "semibold"))
    sides = {"": 0.0, "left": 0.0, "right": 0.0}
    for group in board.anatomy.groups.values():
        shown = board.layout.places[group.id].shown.tolist()
        widest = max((metrics.horizontalAdvance(group.names[unit]) for unit in shown), default=0.0)
        if group.grid is None:
            sides[side_of(group)] = max(sides[side_of(group)], widest)
    scale = board.themes.scale * grown
    left, right = (min(sides[side], SIDE_WIDEST * scale) + 28 * scale for side in ("left", "right"))
    below = 26.0 * scale if board.themes.presentation else 64.0
    if any(place.hidden for place in board.layout.places.values()):
        below += LINE * scale
    return QMarginsF(max(left, 70 * scale), 62 * scale, max(right, 80 * scale), below)
