"""Small drawings many cards share (icon, curve, port), made once for each zoom, then copied."""

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from nnstudio.ui.canvas.items import paint

MOST = 256
_kept: OrderedDict[Hashable, QPixmap] = OrderedDict()


def stamp(
    painter: QPainter, name: Hashable, rect: QRectF, draw: Callable[[QPainter], object]
) -> None:
    """Draw what `draw(painter)` draws within `rect`; `name` says all that its look depends on.

    The painter's origin has to be a whole pixel of the screen, and its transform a plain zoom.
    """
    world, ratio = painter.worldTransform(), painter.device().devicePixelRatioF()
    scale = world.m11()
    left, top = (math.floor(edge * scale * ratio) for edge in (rect.left(), rect.top()))
    look = (name, left, top, scale, ratio)
    picture = _kept.get(look)
    if picture is None:
        right, bottom = (math.ceil(edge * scale * ratio) for edge in (rect.right(), rect.bottom()))
        picture = QPixmap(max(1, right - left), max(1, bottom - top))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        inner = QPainter(picture)
        inner.setRenderHints(paint.HINTS)
        inner.setWorldTransform(QTransform(scale, 0, 0, scale, -left / ratio, -top / ratio))
        draw(inner)
        inner.end()
        _kept[look] = picture
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    else:
        _kept.move_to_end(look)
    painter.resetTransform()
    painter.drawPixmap(QPointF(world.dx() + left / ratio, world.dy() + top / ratio), picture)
    painter.setWorldTransform(world)
