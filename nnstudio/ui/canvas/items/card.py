"""The card of one layer: icon, name, settings, signals, activation curve, shapes, ports."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.face import Face
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.canvas.items.base import StageItem
from nnstudio.ui.canvas.items.chrome import draw_chrome
from nnstudio.ui.canvas.items.curve import draw_curve
from nnstudio.ui.canvas.items.port import draw_ports
from nnstudio.ui.canvas.items.signals import draw_signals
from nnstudio.ui.canvas.items.words import FAR, LEVELS, NEAR, lay_out, level_of
from nnstudio.ui.canvas.stage import Stage
from nnstudio.ui.theme import kind_color

TILE = QRectF(10, 10, 30, 30)
ICON = QRectF(16, 16, 18, 18)
CURVE = QRectF(113, 47, 25, 18)
BADGE = QRectF(g.CARD_WIDTH - 13, -7, 18, 18)


class CardItem(StageItem):
    """Draws a Face. Its state (selected, hovered, ...) is set by the scene and the gestures."""

    rest_z = 2.0

    def __init__(self, id: str, face: Face, stage: Stage) -> None:
        super().__init__(stage)
        self.id = id
        self.target = ""  # "good" or "bad" while a wire or piece is held over the card
        self.lit_ports: frozenset[str] = frozenset()
        self.hovered_port = ""
        self._shift = 0.0  # while the card shakes its head
        self.set_face(face)

    def set_face(self, face: Face) -> None:
        """Take over new words and numbers."""
        self.face = face
        self._words = {level: lay_out(face, level) for level in LEVELS}
        self.update()

    def shift(self, way: float) -> None:
        """Draw the card a little to the side; it stays where it is."""
        self._shift = way
        self.update()

    @property
    def frame(self) -> QRectF:
        """The card in scene coordinates."""
        return g.CARD.translated(self.pos())

    def boundingRect(self) -> QRectF:
        return g.CARD.adjusted(-14, -14, 14, 16)

    def input_point(self, port: str, index: int = 0) -> QPointF:
        """Return where wire `index` of a named input port ends, in scene coordinates."""
        names = [name for name, _, _ in self.face.inputs]
        place = names.index(port) if port in names else 0
        y = g.port_y(place, max(1, len(names)))
        if place < len(names):
            _, variadic, count = self.face.inputs[place]
            if variadic and count > 1:
                y += (index - (count - 1) / 2) * min(g.FAN, 56 / count)
        return self.pos() + QPointF(0, y)

    def output_point(self) -> QPointF:
        """Return where the wires leave, in scene coordinates."""
        return self.pos() + QPointF(g.CARD_WIDTH, g.PORT_Y)

    def family(self) -> str:
        """Return the family colour."""
        return kind_color(self.stage.theme, self.face.kind, self.face.group)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        if self._shift:
            painter.translate(self._shift, 0)
        if detail < paint.BOX_BELOW:
            self._paint_box(painter)
            return
        level = level_of(detail, self.stage.scale)
        draw_chrome(painter, self.stage.theme, self._look())
        if level != FAR or detail < paint.NO_TEXT_BELOW:
            self._paint_icon(painter)
        if detail >= paint.NO_TEXT_BELOW:
            self._paint_words(painter, level)
            stage = self.stage
            values, limit = stage.signals.get(self.id), stage.limits.get(self.id, 0.0)
            draw_signals(painter, self.face, values, limit, stage.theme, far=level == FAR)
            if self.face.function and level == NEAR:
                draw_curve(painter, self.face.function, CURVE, self.stage.theme)
        draw_ports(painter, self)
        if self.face.severity:
            self._paint_badge(painter)

    def _paint_box(self, painter: QPainter) -> None:
        theme = self.stage.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(g.CARD, paint.mixed(theme.card, self.family(), 0.35))
        if self.selected:
            painter.setPen(QPen(QColor(theme.accent), 8))
            painter.drawRect(g.CARD)

    def _look(self) -> tuple[str, ...]:
        """Return what is special about the card now."""
        names = ("selected", "hovered", "lifted")
        return (*(name for name in names if getattr(self, name)), self.target)

    def _paint_icon(self, painter: QPainter) -> None:
        family = self.family()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.tinted(family, 0.20 if self.stage.theme.dark else 0.12))
        painter.drawRoundedRect(TILE, 8, 8)
        paint.draw_icon(painter, self.face.kind, ICON, family)

    def _paint_words(self, painter: QPainter, level: str) -> None:
        colors = {True: QColor(self.stage.theme.text), False: QColor(self.stage.theme.muted)}
        for line in self._words[level]:
            painter.setFont(line.font)
            painter.setPen(colors[line.strong])
            painter.drawText(line.place, line.text)

    def _paint_badge(self, painter: QPainter) -> None:
        theme = self.stage.theme
        color = theme.bad if self.face.severity == "error" else theme.warn
        painter.setPen(QPen(QColor(theme.canvas), 2))
        painter.setBrush(QColor(color))
        painter.drawEllipse(BADGE)
        painter.setFont(paint.text_font(12, "bold"))
        painter.setPen(QColor(theme.card))
        painter.drawText(BADGE, Qt.AlignmentFlag.AlignCenter, "!")
