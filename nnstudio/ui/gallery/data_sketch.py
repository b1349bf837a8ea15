"""A small picture of a table: points in a plane, a curve, or the first few images."""

from math import isqrt

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from nnstudio.data.spec import DataSpec
from nnstudio.data.table import Column, Table
from nnstudio.ui.theme import Theme, diverging_map, rgb

MOST_POINTS = 160
SMALLEST_IMAGE = 5
Floats = NDArray[np.float64]


def draw_data(painter: QPainter, area: QRectF, spec: DataSpec, table: Table, theme: Theme) -> None:
    """Draw the rows of `table` inside `area`, as `spec` says what the columns are for."""
    present = [name for name in spec.feature_columns() if name in table]
    pictures = [table.column(name) for name in present if table.kind(name) == "tensor"]
    if pictures:
        _draw_tensors(painter, area, pictures[0], theme)
        return
    names = [name for name in present if table.kind(name) == "number"]
    if not names or not table.row_count:
        return
    features = np.column_stack([table.column(name).values for name in names]).astype(float)
    side = isqrt(len(names))
    if side >= SMALLEST_IMAGE and side * side == len(names):
        _draw_images(painter, area, features.reshape(-1, side, side), theme)
        return
    rows = np.linspace(0, len(features) - 1, min(MOST_POINTS, len(features))).astype(int)
    features = np.nan_to_num(features[rows])
    target, kind = _target(spec, table, rows)
    if len(names) == 1:
        horizontal, vertical = features[:, 0], target
        colors = [QColor(theme.positive)] * len(rows)
    else:
        horizontal, vertical = _two_best(features, target if kind == "category" else None)
        colors = _colors(target, kind, theme)
    shapes = target.astype(int) if kind == "category" else np.zeros(len(rows), int)
    _draw_points(painter, area, horizontal, vertical, colors, shapes)


def _draw_tensors(painter: QPainter, area: QRectF, column: Column, theme: Theme) -> None:
    """Draw a column of pictures (the first channel); other rows as lines above each other."""
    values = column.values.astype(float)
    height, width = column.shape[:2] if len(column.shape) > 1 else (isqrt(column.shape[0]),) * 2
    if values[0].size % (height * width) == 0:
        pixels = values.reshape(len(values), height, width, -1)
        _draw_images(painter, area, pixels[..., 0], theme)
    else:
        _draw_picture(painter, area, values.reshape(len(values), -1), theme)


def _target(spec: DataSpec, table: Table, rows: NDArray[np.intp]) -> tuple[Floats, str]:
    names = [name for name in spec.target_columns() if name in table]
    if not names:
        return np.zeros(len(rows)), "number"
    column = table.column(names[0])
    if spec.column(names[0]).kind == "category" or column.kind != "number":
        values = [str(value) for value in column.to_list()]
        order = {value: place for place, value in enumerate(sorted(set(values)))}
        return np.array([order[values[row]] for row in rows], dtype=float), "category"
    return np.nan_to_num(column.values[rows].astype(float)), "number"


def _two_best(features: Floats, classes: Floats | None) -> tuple[Floats, Floats]:
    """Return the two columns that tell the classes apart best (ratio of variances, Fisher)."""
    if classes is None or features.shape[1] == 2:
        return features[:, 0], features[:, 1]
    within = np.zeros(features.shape[1])
    for value in np.unique(classes):
        within += features[classes == value].var(axis=0) * np.mean(classes == value)
    ratio = features.var(axis=0) / np.maximum(within, 1e-12)
    first, second = np.sort(np.argsort(ratio)[-2:])
    return features[:, first], features[:, second]


def _colors(target: Floats, kind: str, theme: Theme) -> list[QColor]:
    if kind == "category":
        return [QColor(theme.classes[int(value) % len(theme.classes)]) for value in target]
    limit = float(np.abs(target).max()) or 1.0
    table = diverging_map(theme)
    places = np.clip((target / limit + 1) * 127.5, 0, 255).astype(int)
    return [QColor(*(int(part) for part in table[place])) for place in places]


def _draw_points(
    painter: QPainter,
    area: QRectF,
    horizontal: Floats,
    vertical: Floats,
    colors: list[QColor],
    shapes: NDArray[np.int_],
) -> None:
    size = 2.2 if len(colors) > 40 else 4.2
    room = area.adjusted(size + 2, size + 2, -size - 2, -size - 2)
    xs = room.left() + _unit(horizontal) * room.width()
    ys = room.bottom() - _unit(vertical) * room.height()
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y, color, shape in zip(xs, ys, colors, shapes, strict=True):
        painter.setBrush(color)
        point = QPointF(float(x), float(y))
        if shape == 1:  # the markers of the first three classes in the plots
            corners = [QPointF(-size, -size), QPointF(size, -size), QPointF(0, size)]
            painter.drawPolygon(QPolygonF([point + corner for corner in corners]))
        elif shape == 2:
            painter.drawRect(QRectF(x - size * 0.85, y - size * 0.85, size * 1.7, size * 1.7))
        else:
            painter.drawEllipse(point, size, size)


def _unit(values: Floats) -> Floats:
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.full(len(values), 0.5)


def _draw_images(painter: QPainter, area: QRectF, images: Floats, theme: Theme) -> None:
    """Draw the first nine pictures, light on dark or dark on light like ink on the panel."""
    cell = min(area.width(), area.height()) / 3
    left = area.center().x() - 1.5 * cell
    top = area.center().y() - 1.5 * cell
    for number, pixels in enumerate(images[:9]):
        row, column = divmod(number, 3)
        _draw_picture(
            painter, QRectF(left + column * cell, top + row * cell, cell, cell), pixels, theme
        )


def _draw_picture(painter: QPainter, area: QRectF, pixels: Floats, theme: Theme) -> None:
    """Draw numbers (height, width) from the lowest, paper, to the highest, ink."""
    paper, ink = rgb(theme.panel), rgb(theme.text)
    share = _unit(pixels.ravel()).reshape(pixels.shape)[..., None]
    content = np.ascontiguousarray(paper + share * (ink - paper)).astype(np.uint8).tobytes()
    height, width = pixels.shape
    image = QImage(content, width, height, 3 * width, QImage.Format.Format_RGB888)
    painter.drawImage(area.adjusted(2, 2, -2, -2), image)  # `content` lives until here
