"""A note stuck on the canvas."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from nnstudio.document.project import Note
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.canvas.items.base import StageItem
from nnstudio.ui.canvas.stage import Stage
from nnstudio.ui.theme import Theme

WIDEST = 220.0
NARROWEST = 96.0
PADDING = 12.0
FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def note_paper(theme: Theme) -> QColor:
    """Return the colour of the paper notes are written on."""
    return paint.mixed(theme.card, theme.warn, 0.16 if theme.dark else 0.09)


class NoteItem(StageItem):
    """Draws the text of a Note on tinted paper, as large as the text asks for."""

    rest_z = -1.0

    def __init__(self, note: Note, stage: Stage) -> None:
        super().__init__(stage)
        self.id = note.id
        self._size = QRectF()
        self.set_note(note)

    def set_note(self, note: Note) -> None:
        """Take over text and place."""
        self.note = note
        metrics = QFontMetricsF(paint.text_font(13))
        text = metrics.boundingRect(QRectF(0, 0, WIDEST - 2 * PADDING, 4000), FLAGS, note.text)
        width = max(NARROWEST, min(WIDEST, text.width() + 2 * PADDING + 1))
        self.prepareGeometryChange()
        self._size = QRectF(0, 0, width, max(36.0, text.height() + 2 * PADDING - 4))
        self.setPos(note.x, note.y)
        self.update()

    @property
    def frame(self) -> QRectF:
        """The note in scene coordinates."""
        return self._size.translated(self.pos())

    def boundingRect(self) -> QRectF:
        return self._size.adjusted(-6, -6, 6, 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        theme = self.stage.theme
        paper = note_paper(theme)
        paint.draw_shadow(painter, self._size, 6, theme, 1.8 if self.lifted else 0.8)
        edge = paint.mixed(paper, theme.warn, 0.55 if self.hovered else 0.25)
        painter.setPen(QPen(QColor(theme.accent), 2) if self.selected else QPen(edge, 1))
        painter.setBrush(paper)
        painter.drawRoundedRect(self._size, 6, 6)
        if option.levelOfDetailFromTransform(painter.worldTransform()) < paint.NO_TEXT_BELOW:
            return
        painter.setFont(paint.text_font(13))
        painter.setPen(QPen(theme.text))
        inner = self._size.adjusted(PADDING, PADDING - 2, -PADDING + 1, 0)
        painter.drawText(inner, FLAGS, self.note.text)

    @property
    def middle(self) -> QPointF:
        """The middle of the note in scene coordinates."""
        return self.frame.center()
