"""The preview of a project: its network and, beside it, its data."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnstudio.data.load import load
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.ui.gallery.data_sketch import draw_data
from nnstudio.ui.gallery.network_sketch import draw_network
from nnstudio.ui.theme import Theme

MARGIN = 10.0


def preview(
    project: Project,
    size: QSize,
    theme: Theme,
    ratio: float = 1.0,
    folder: Path | None = None,
) -> QPixmap:
    """Return a picture of `size` logical pixels; data that can't be read is left out."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(theme.canvas))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(0, 0, size.width(), size.height()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    if not project.graph.nodes:
        _draw_blank(painter, area, theme)
        painter.end()
        return picture
    try:
        table = load(project.data, embedded=project.tables, folder=folder) if project.data else None
    except StudioError:
        table = None
    if project.data is not None and table is not None:
        side = area.height()
        frame = QRectF(area.right() - side, area.top(), side, side)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(frame, 6, 6)
        draw_data(painter, frame, project.data, table, theme)
        area.setRight(frame.left() - MARGIN / 2)
    draw_network(painter, area, project.graph, theme)
    painter.end()
    return picture


def png(picture: QPixmap) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())


def _draw_blank(painter: QPainter, area: QRectF, theme: Theme) -> None:
    side = min(area.width(), area.height()) * 0.5
    frame = QRectF(0, 0, side * 1.5, side)
    frame.moveCenter(area.center())
    painter.setPen(QPen(QColor(theme.zero), 1.6, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(frame, 8, 8)
    painter.setPen(QPen(QColor(theme.muted), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    center, arm = frame.center(), side * 0.18
    for half in (QPointF(arm, 0), QPointF(0, arm)):
        painter.drawLine(center - half, center + half)
