"""Icons: Material Design by name, and the program's own drawings for the kinds of layer."""

import os
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nnstudio.engine.layer import LAYERS
from nnstudio.paths import resources
from nnstudio.ui.theme import Theme, kind_color

os.environ.setdefault("QT_API", "pyside6")

import qtawesome

_SIZES = (16, 20, 24, 32, 48, 64, 96)


def icon(name: str, theme: Theme, color: str | None = None) -> QIcon:
    """Return the icon `mdi6.*`, or the drawing of a layer kind in its family's colour.

    `color` overrules the colour. A kind without a drawing gets a plain box.
    """
    if "." in name:
        return QIcon(qtawesome.icon(name, color=color or theme.text, color_disabled=theme.zero))
    layer = LAYERS.get(name)
    tint = color or kind_color(theme, name, layer.group if layer else "")
    drawn = QIcon()
    for size in _SIZES:
        drawn.addPixmap(_drawing(name, size, QColor(tint).name()))
        drawn.addPixmap(_drawing(name, size, theme.zero), QIcon.Mode.Disabled)
    return drawn


def pixmap(name: str, size: int, color: str | QColor, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a square picture of `size` logical pixels for a screen of `ratio`."""
    tint = QColor(color).name()
    if "." in name:
        glyph = QIcon(qtawesome.icon(name, color=tint))
        picture = glyph.pixmap(QSize(size, size), ratio)
    else:
        picture = QPixmap(_drawing(name, round(size * ratio), tint))
        picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=512)
def _drawing(name: str, size: int, color: str) -> QPixmap:
    file = resources() / "icons" / f"{name}.svg"
    if not file.exists():
        file = resources() / "icons" / "layer.svg"
    source = file.read_text("utf-8").replace("currentColor", color)
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
