"""The card of one layer: icon, name, settings, signals, activation curve, shapes, ports."""

from collections.abc import Hashable
from functools import lru_cache, partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.face import Face
from nnstudio.ui.canvas.items import paint
from nnstudio.ui.canvas.items.base import StageItem
from nnstudio.ui.canvas.items.chrome import MARGIN, draw_chrome
from nnstudio.ui.canvas.items.curve import draw_curve
from nnstudio.ui.canvas.items.port import draw_ports
from nnstudio.ui.canvas.items.signals import (
    dots_image,
    draw_picture,
    draw_rest,
    is_picture,
    picture_image,
)
from nnstudio.ui.canvas.items.stamp import stamp
from nnstudio.ui.canvas.items.words import FAR, LEVELS, NEAR, lay_out, level_of
from nnstudio.ui.canvas.stage import Stage
from nnstudio.ui.theme import Theme, kind_color

TILE = QRectF(10, 10, 30, 30)
ICON = QRectF(16, 16, 18, 18)
CURVE = QRectF(113, 47, 25, 18)
BADGE = QRectF(g.CARD_WIDTH - 13, -7, 18, 18)
BOUNDS = g.CARD.adjusted(-14, -14, 14, 16)


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
        self._shown: Hashable = None  # what `_signals` was made from
        self._signals = (0, 0, QImage())
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
        return BOUNDS

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
        world = painter.worldTransform()
        scale = world.m11()  # the view never turns nor squeezes
        if scale < paint.BOX_BELOW:
            self._paint_box(painter)
            return
        ratio = painter.device().devicePixelRatioF()
        # whole device pixels, so that edges stay sharp and pictures can be copied
        left = round((world.dx() + self._shift * scale) * ratio) / ratio
        top = round(world.dy() * ratio) / ratio
        picture = self.stage.pictures.find(
            self.id, self._look(scale, ratio), partial(self._picture, scale, ratio)
        )
        if picture is None:
            painter.setWorldTransform(QTransform(scale, 0, 0, scale, left, top))
            self._paint_still(painter, scale)
        else:
            painter.resetTransform()
            margin = round(MARGIN * scale * ratio) / ratio
            painter.drawPixmap(QPointF(left - margin, top - margin), picture)
        if scale >= paint.NO_TEXT_BELOW and self.face.units:
            self._paint_signals(painter, scale, ratio, left, top)
        painter.setWorldTransform(world)

    def _look(self, scale: float, ratio: float) -> Hashable:
        """Return all that the still part of the card depends on."""
        stage = self.stage
        return (
            self.face,
            stage.theme,
            stage.scale,
            scale,
            ratio,
            self.selected,
            self.hovered,
            self.lifted,
            self.target,
            self.lit_ports,
            self.hovered_port,
            is_picture(self.face, stage.signals.get(self.id)),
        )

    def _picture(self, scale: float, ratio: float) -> QPixmap:
        margin = round(MARGIN * scale * ratio)
        size = (g.CARD.size() * scale * ratio).toSize() + QSize(2 * margin + 1, 2 * margin + 1)
        picture = QPixmap(size)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHints(paint.HINTS)
        corner = margin / ratio
        painter.setWorldTransform(QTransform(scale, 0, 0, scale, corner, corner))
        self._paint_still(painter, scale)
        painter.end()
        return picture

    def _paint_still(self, painter: QPainter, scale: float) -> None:
        """Draw all but the signals."""
        face, theme = self.face, self.stage.theme
        level = level_of(scale, self.stage.scale)
        special = [name for name in ("selected", "hovered", "lifted") if getattr(self, name)]
        draw_chrome(painter, theme, (*special, self.target))
        if level != FAR or scale < paint.NO_TEXT_BELOW:
            stamp(painter, ("icon", theme, face.kind, face.group), TILE, self._paint_icon)
        if scale >= paint.NO_TEXT_BELOW:
            self._paint_words(painter, level)
            if not is_picture(face, self.stage.signals.get(self.id)):
                draw_rest(painter, face, theme, far=level == FAR)
            if face.function and level == NEAR:
                stamp(
                    painter,
                    ("curve", theme, face.function),
                    CURVE.adjusted(-2, -2, 2, 2),
                    lambda inner: draw_curve(inner, face.function, CURVE, theme),
                )
        draw_ports(painter, self)
        if face.severity:
            self._paint_badge(painter)

    def _paint_signals(
        self, painter: QPainter, scale: float, ratio: float, left: float, top: float
    ) -> None:
        stage, face = self.stage, self.face
        values, limit = stage.signals.get(self.id), stage.limits.get(self.id, 0.0)
        far = level_of(scale, stage.scale) == FAR
        pictured = is_picture(face, values)
        shown = (stage.turn, face, limit, stage.theme, far, scale * ratio)
        if shown != self._shown:
            self._shown = shown
            if pictured and values is not None and face.picture is not None:
                self._signals = (0, 0, picture_image(face.picture, values, limit, stage.theme))
            else:
                self._signals = dots_image(face, values, limit, stage.theme, far, scale * ratio)
                self._signals[2].setDevicePixelRatio(ratio)
        x, y, image = self._signals
        if pictured:
            painter.setWorldTransform(QTransform(scale, 0, 0, scale, left, top))
            draw_picture(painter, image, stage.theme, far)
        else:
            painter.resetTransform()
            painter.drawImage(QPointF(left + x / ratio, top + y / ratio), image)

    def _paint_box(self, painter: QPainter) -> None:
        theme = self.stage.theme
        painter.fillRect(g.CARD, _box_color(theme, self.family()))
        if self.selected:
            painter.setPen(QPen(QColor(theme.accent), 8))
            painter.setBrush(paint.NO_BRUSH)
            painter.drawRect(g.CARD)

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


@lru_cache(maxsize=64)
def _box_color(theme: Theme, family: str) -> QColor:
    return paint.mixed(theme.card, family, 0.35)
