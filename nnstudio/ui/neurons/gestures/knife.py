"""Cut every connection the mouse crosses, as one step."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF

from nnstudio.i18n import translate
from nnstudio.ui.attempt import attempt
from nnstudio.ui.neurons import changes
from nnstudio.ui.neurons.gestures.base import Gesture

if TYPE_CHECKING:
    from nnstudio.ui.neurons.view import NeuronView

LONGEST_TRAIL = 400


class Knife(Gesture):
    """Draws its way and what it has struck; the cut happens on release."""

    def __init__(self, view: "NeuronView", start: QPointF) -> None:
        super().__init__(view, start)
        self._points = [view.to_scene(start)]
        self._struck: dict[str, set[int]] = {}

    def move(self, point: QPointF) -> None:
        now, before = self.view.to_scene(point), self._points[-1]
        board = self.view.board
        for link in board.anatomy.links:
            if board.tiled(link):
                continue
            strands = board.strands[link.weight]
            found = strands.crossed((before.x(), before.y()), (now.x(), now.y()))
            mask = board.values.mask(link)
            if mask is not None and len(found):
                found = found[mask[strands.rows[found], strands.columns[found]]]
            self._struck.setdefault(link.weight, set()).update(found.tolist())
        self._points = [*self._points[-LONGEST_TRAIL:], now]
        self.view.picture.trace.show_cut(self._points, self._lines())

    def _lines(self) -> list[QLineF]:
        strands = self.view.board.strands
        return [
            QLineF(*strands[name].lines[at])
            for name, struck in self._struck.items()
            for at in struck
        ]

    def end(self, point: QPointF) -> None:
        self.view.picture.trace.clear()
        strands = self.view.board.strands
        cuts = {}
        for name, struck in self._struck.items():
            at = np.array(sorted(struck), np.intp)
            if len(at):
                cuts[name] = (strands[name].rows[at], strands[name].columns[at])
        count = sum(len(rows) for rows, _ in cuts.values())
        if count and attempt(
            self.view.messages,
            self.view.store.apply,
            translate("Neurons", "Cut connections"),
            changes.cut_all,
            cuts,
        ):
            self.view.messages.say(
                translate("Neurons", "Connections cut: {count}").format(count=count)
            )

    def cancel(self) -> None:
        self.view.picture.trace.clear()
