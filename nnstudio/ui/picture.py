"""The drawn network as PNG or PDF: the picture of the SVG, painted by Qt, also without a screen."""

import os
import re
import sys
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, QUuid
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgRenderer

from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange.exporter import Exporter, Report
from nnstudio.exchange.exporters.svg import NUMBERS
from nnstudio.exchange.files import write_bytes
from nnstudio.exchange.svg import network_svg
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.parameters import Float
from nnstudio.ui.fonts import FAMILY, load_fonts

LARGEST_SIDE = 12_000
DOTS_PER_METRE = 5906  # 150 dots per inch
"""What a word processor reads to place the picture at a sensible size."""

NAMESPACE = QUuid("{6f6e6e73-7475-5469-8f2e-6e65742e7064}")
METADATA = (
    b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>"
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>"
    b"<?xpacket end='w'?>"
)
"""What a PDF says about itself: nothing that changes from one export to the next."""


class Png(Exporter):
    """Pixels, `scale` for each unit of the drawing, on white."""

    id = "png"
    order = 41
    label = QT_TRANSLATE_NOOP("Export", "Picture (PNG)")
    help = QT_TRANSLATE_NOOP("Export", "The same drawing in pixels, for any document or web page.")
    extension = ".png"
    parameters = (
        Float(
            name="scale",
            label=QT_TRANSLATE_NOOP("Parameter", "Size"),
            help=QT_TRANSLATE_NOOP("Parameter", "2 doubles width and height."),
            default=2.0,
            minimum=0.25,
            maximum=8.0,
            step=0.25,
        ),
        NUMBERS,
    )
    scale: float
    numbers: bool

    def export(self, project: Project, path: Path, folder: Path | None = None) -> Report:
        drawing = _drawing(project, self.numbers)
        size = drawing.viewBoxF().size()
        scale = min(self.scale, LARGEST_SIDE / max(size.width(), size.height()))
        image = QImage((size * scale).toSize(), QImage.Format.Format_RGB32)
        image.fill("white")
        image.setDotsPerMeterX(DOTS_PER_METRE)
        image.setDotsPerMeterY(DOTS_PER_METRE)
        painter = QPainter(image)
        drawing.render(painter, QRectF(image.rect()))
        painter.end()
        content = QBuffer()
        content.open(QIODevice.OpenModeFlag.WriteOnly)
        if not QImageWriter(content, QByteArray(b"png")).write(image):
            raise StudioError(translate("Export", "The picture can't be drawn."))
        return Report((write_bytes(path, bytes(content.data().data())),))


class Pdf(Exporter):
    """One page as large as the drawing; lines and texts stay lines and texts."""

    id = "pdf"
    order = 42
    label = QT_TRANSLATE_NOOP("Export", "Picture (PDF)")
    help = QT_TRANSLATE_NOOP("Export", "The same drawing as one page, for printing and for LaTeX.")
    extension = ".pdf"
    parameters = (NUMBERS,)
    numbers: bool

    def export(self, project: Project, path: Path, folder: Path | None = None) -> Report:
        drawing = _drawing(project, self.numbers)
        size = drawing.viewBoxF().size()
        content = QBuffer()
        content.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(content)
        writer.setCreator("NN Studio")
        writer.setTitle(project.title)
        writer.setDocumentId(QUuid.createUuidV5(NAMESPACE, project.title.encode()))
        writer.setDocumentXmpMetadata(QByteArray(METADATA))
        points = QSizeF(size.width() * 0.75, size.height() * 0.75)
        writer.setPageSize(QPageSize(points, QPageSize.Unit.Point))
        writer.setPageMargins(QMarginsF())
        painter = QPainter(writer)
        drawing.render(painter, QRectF(0, 0, writer.width(), writer.height()))
        painter.end()
        # the same length, so that every offset in the file still holds
        undated = re.sub(rb"\(D:\d{14}", b"(D:20000101000000", bytes(content.data().data()))
        return Report((write_bytes(path, undated),))


PICTURES: tuple[type[Exporter], ...] = (Png, Pdf)
"""Formats that need Qt: offered beside EXPORTERS in the window and by `nnstudio render`."""


def _drawing(project: Project, numbers: bool) -> QSvgRenderer:
    _painter_ready()
    text = network_svg(project, numbers, family=FAMILY)
    drawing = QSvgRenderer(QByteArray(text.encode()))
    if not drawing.isValid():
        raise StudioError(translate("Export", "The picture can't be drawn."))
    return drawing


@cache
def _painter_ready() -> QGuiApplication:
    """Return the application, made for painting only when no window runs; fonts are loaded."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv[:1])
    load_fonts()
    return application
