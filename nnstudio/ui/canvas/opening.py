"""Opening the menu of pieces: everything, what fits on a wire, what fits at a wire's end."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF

from nnstudio.document import edits
from nnstudio.i18n import translate
from nnstudio.ui.canvas import fitting
from nnstudio.ui.canvas import geometry as g
from nnstudio.ui.canvas.scene import PortHit

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView


class Opening:
    """Fills the add menu for a place and adds what is taken."""

    def __init__(self, canvas: "CanvasView") -> None:
        self._canvas = canvas

    def everything(self, at: QPoint | None = None) -> None:
        """Offer all pieces; at a viewport point the piece stands there, else at the selection."""
        canvas = self._canvas
        project = canvas.store.project
        wires = [wire for wire in project.graph.wires if wire in canvas.selection.wires]
        if len(wires) == 1:
            wire = wires[0]
            place = at or canvas.mapFromScene(canvas.canvas_scene.wires[wire].middle)
            offers = fitting.between(project, wire)
            canvas.menu.open_at(place, offers, canvas.adding.add_kind)
        elif at is not None:
            point = canvas.mapToScene(at)
            canvas.menu.open_at(at, fitting.every_piece(), lambda kind: self._add(kind, point))
        else:
            place = canvas.viewport().rect().center() - QPoint(100, 120)
            single = canvas.selection.single
            if single is not None and single in canvas.canvas_scene.cards:
                card = canvas.canvas_scene.cards[single]
                place = canvas.mapFromScene(card.frame.topRight() + QPointF(16, 0))
            canvas.menu.open_at(place, fitting.every_piece(), canvas.adding.add_kind)

    def fitting(self, fixed: PortHit, point: QPointF) -> None:
        """Offer what a wire from a port, dropped at a scene point, could end at."""
        canvas, project = self._canvas, self._canvas.store.project
        out = fixed.side == "out"
        offers = fitting.after(project, fixed.node) if out else fitting.before(project, fixed.node)
        at = canvas.mapFromScene(point)
        if not offers:
            text = translate("Canvas", "No layer fits here.")
            canvas.bubble.offer(text, point)
            return
        canvas.menu.open_at(at, offers, lambda kind: self._add_wired(kind, fixed, point))

    def after(self, node: str) -> None:
        """Offer what could follow a layer."""
        canvas = self._canvas
        card = canvas.canvas_scene.cards[node]
        place = canvas.mapFromScene(card.frame.topRight() + QPointF(16, 0))
        offers = fitting.after(canvas.store.project, node)
        canvas.menu.open_at(place, offers, canvas.adding.add_kind)

    def context_menu(self, at: QPoint | None = None) -> None:
        """Open the menu of what lies at a viewport point, else of the selection."""
        canvas = self._canvas
        if at is None:
            frame = canvas.selected_frame()
            middle = canvas.viewport().rect().center()
            at = canvas.mapFromScene(frame.center()) if frame is not None else middle
        canvas.menus.at(at).popup(canvas.viewport().mapToGlobal(at))

    def _add(self, kind: str, point: QPointF) -> None:
        self._canvas.adding.add(edits.new_layer(kind), point - g.CARD.center())

    def _add_wired(self, kind: str, fixed: PortHit, point: QPointF) -> None:
        """The new card's port lies where the wire was dropped."""
        out = fixed.side == "out"
        corner = point - QPointF(0 if out else g.CARD_WIDTH, g.PORT_Y)
        self._canvas.adding.add(
            edits.new_layer(kind),
            corner,
            wire_from=fixed.node if out else None,
            wire_into=None if out else fixed.node,
        )
