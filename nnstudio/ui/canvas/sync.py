"""Keeps the scene equal to the project: the store speaks, the scene follows."""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QPointF, QVariantAnimation

from nnstudio.document.diff import Changes
from nnstudio.document.problems import Problem, problems
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.ui.canvas.face import faces
from nnstudio.ui.canvas.items.card import CardItem
from nnstudio.ui.canvas.items.note import NoteItem
from nnstudio.ui.canvas.items.wire import WireItem
from nnstudio.ui.canvas.scene import CanvasScene

GLIDE_MS = 240


class Sync:
    """Makes, changes and removes items as the project changes; ends with `close`."""

    def __init__(
        self, scene: CanvasScene, store: Store, after: Callable[[Changes | None], object]
    ) -> None:
        """`after(changes)` is called when the scene has followed a change."""
        self._scene = scene
        self._store = store
        self.problems: tuple[Problem, ...] = ()
        self.gliding = False  # set while an edit runs whose moves shall be seen
        self._goals: dict[str, tuple[QPointF, QPointF]] = {}
        self._animation = QVariantAnimation(scene)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(GLIDE_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._animation.valueChanged.connect(self._glide)
        self._after = after
        self._unsubscribe = store.subscribe(self._changed)

    def close(self) -> None:
        """Stop listening."""
        self._unsubscribe()
        self._animation.stop()

    def refresh(self) -> None:
        """Make the scene equal to the project, whatever it showed."""
        project = self._store.project
        self.problems = problems(project)
        self._scene.graph = project.graph
        self._sync_cards(project)
        self._sync_wires(project)
        self._sync_notes(project)
        self._scene.route()
        self._after(None)

    def _changed(self, changes: Changes, old: Project, new: Project) -> None:
        if changes.all:
            self._scene.stage.forget()
        elif changes.structure:
            self._scene.stage.limits.clear()
        if any((changes.all, changes.structure, changes.moved, changes.data, changes.training)) or (
            changes.notes_added or changes.notes_removed or changes.notes_changed
        ):
            self.refresh()
            self._after(changes)

    def _sync_cards(self, project: Project) -> None:
        cards, shown = self._scene.cards, faces(project, self.problems)
        for id in [id for id in cards if id not in shown]:
            self._scene.remove(cards.pop(id))
        for id, face in shown.items():
            place = QPointF(*project.places.get(id, (0.0, 0.0)))
            card = cards.get(id)
            if card is None:
                card = cards[id] = CardItem(id, face, self._scene.stage)
                card.setPos(place)
                self._scene.addItem(card)
            elif card.face != face:
                card.set_face(face)
            if card.pos() != place:
                self._move(card, place)
        if self.gliding and self._goals:
            self._animation.start()

    def _move(self, card: CardItem, place: QPointF) -> None:
        if self.gliding:
            self._goals[card.id] = (card.pos(), place)
        else:
            self._goals.pop(card.id, None)
            card.setPos(place)

    def _glide(self, share: float) -> None:
        for id, (start, goal) in self._goals.items():
            card = self._scene.cards.get(id)
            if card is not None:
                card.setPos(goal if share >= 1.0 else start + (goal - start) * share)
        self._scene.route(self._goals)
        if share >= 1.0:
            self._goals.clear()

    def _sync_wires(self, project: Project) -> None:
        wires, present = self._scene.wires, set(project.graph.wires)
        for wire in [wire for wire in wires if wire not in present]:
            self._scene.remove(wires.pop(wire))
        for wire in project.graph.wires:
            if wire not in wires:
                wires[wire] = WireItem(wire, self._scene.stage)
                self._scene.addItem(wires[wire])

    def _sync_notes(self, project: Project) -> None:
        notes, present = self._scene.notes, {note.id: note for note in project.notes}
        for id in [id for id in notes if id not in present]:
            self._scene.remove(notes.pop(id))
        for id, note in present.items():
            if id not in notes:
                notes[id] = NoteItem(note, self._scene.stage)
                self._scene.addItem(notes[id])
            elif notes[id].note != note or notes[id].pos() != QPointF(note.x, note.y):
                notes[id].set_note(note)
