"""Why something can't be done, said at the place, with the button that mends it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QVariantAnimation

from nnstudio.document.fixes import FIXES, apply_fix
from nnstudio.document.project import Project
from nnstudio.errors import Refused
from nnstudio.ui.canvas.items.card import BADGE, CardItem

if TYPE_CHECKING:
    from nnstudio.ui.canvas.view import CanvasView

SHAKE_MS, SHAKE = 260, 5.0


class Refusals:
    """Shows refused wires and the problems of the network in the bubble."""

    def __init__(self, canvas: "CanvasView") -> None:
        self._canvas = canvas
        self._shake: QVariantAnimation | None = None

    def show(
        self,
        error: Refused,
        place: QPointF,
        node: str = "",
        before: Callable[[Project], Project] | None = None,
    ) -> None:
        """Say the reason at a scene point; the mend is made on top of the edit `before`."""
        canvas = self._canvas
        card = canvas.canvas_scene.cards.get(node)
        if card is not None:
            self._shake_card(card)
        label, action = "", None
        if error.fix in FIXES:
            label = FIXES[error.fix].text(error.arguments)
            action = lambda: self._mend(label, error.fix, error.arguments, before)  # noqa: E731
        canvas.bubble.offer(str(error), place, label, action)
        canvas.announce(str(error))

    def show_problem(self, node: str) -> None:
        """Say what is wrong at a layer, with its mend."""
        canvas = self._canvas
        found = [problem for problem in canvas.sync.problems if problem.node == node]
        card = canvas.canvas_scene.cards.get(node)
        if not found or card is None:
            return
        canvas.select((node,))
        problem = found[0]
        label, action = "", None
        if problem.fix in FIXES:
            label = FIXES[problem.fix].text(problem.arguments)
            action = lambda: self._mend(label, problem.fix, problem.arguments, None)  # noqa: E731
        text = f"{problem.text} {problem.hint}".strip()
        tone = "bad" if problem.severity == "error" else "warn"
        place = card.pos() + QPointF(BADGE.center().x(), BADGE.bottom() + 2)
        canvas.bubble.offer(text, place, label, action, tone)

    def _mend(
        self,
        label: str,
        fix: str,
        arguments: object,
        before: Callable[[Project], Project] | None,
    ) -> None:
        def edit(project: Project) -> Project:
            start = before(project) if before is not None else project
            return apply_fix(start, fix, arguments)  # type: ignore[arg-type]

        canvas = self._canvas
        known = set(canvas.store.project.graph.by_id)
        canvas.sync.gliding = canvas.glides()
        try:
            done = canvas.attempt(label, edit)
        finally:
            canvas.sync.gliding = False
        if done:
            canvas.select(set(canvas.store.project.graph.by_id) - known)
            canvas.announce(label)

    def _shake_card(self, card: CardItem) -> None:
        """Shake a card as one shakes the head."""
        if not self._canvas.glides():
            return
        self.stop()
        shake = QVariantAnimation(self._canvas)
        shake.setDuration(SHAKE_MS)
        for moment, share in ((0.0, 0.0), (0.25, -1.0), (0.5, 1.0), (0.75, -0.5), (1.0, 0.0)):
            shake.setKeyValueAt(moment, share * SHAKE)
        shake.valueChanged.connect(card.shift)
        self._shake = shake
        shake.start()

    def stop(self) -> None:
        """Stop shaking."""
        if self._shake is not None:
            self._shake.stop()
            self._shake.deleteLater()
            self._shake = None
