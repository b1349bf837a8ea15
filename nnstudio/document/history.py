"""Undo and redo over whole project values, within a number of steps and a size."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.document.carry import carry
from nnstudio.document.project import Project, RunState

MAXIMUM_STEPS = 200
MAXIMUM_BYTES = 256 * 2**20

DESIGN = (
    "graph", "places", "notes", "groups", "data", "tables", "training", "masks", "title", "template"
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One step: what it is called, the project before and after it, the half it restores.

    `half` is "design" (everything but the numbers), "weights" (the numbers) or "both".
    """

    label: str
    before: Project
    after: Project
    half: str = "design"
    merge: str = ""


class History:
    """The steps done and undone. Old values share their unchanged parts with new ones."""

    def __init__(self, steps: int = MAXIMUM_STEPS, size: int = MAXIMUM_BYTES) -> None:
        self._steps = steps
        self._size = size
        self.done: list[Entry] = []
        self.undone: list[Entry] = []

    def push(self, entry: Entry) -> None:
        """Add a step; one with the same non-empty merge key as the last joins it."""
        self.undone.clear()
        last = self.done[-1] if self.done else None
        if last is not None and entry.merge and entry.merge == last.merge:
            half = _wider(last.half, entry.half)
            self.done[-1] = replace(last, label=entry.label, after=entry.after, half=half)
        else:
            self.done.append(entry)
        self._shorten()

    def seal(self) -> None:
        """Let the next step start anew even when its merge key is that of the last."""
        if self.done:
            self.done[-1] = replace(self.done[-1], merge="")

    def undo(self, current: Project) -> Project:
        """Return the project before the last step, with the other half as it is now."""
        entry = self.done.pop()
        self.undone.append(entry)
        return _restore(current, left=entry.after, goal=entry.before, half=entry.half)

    def redo(self, current: Project) -> Project:
        """Return the project after the step undone last."""
        entry = self.undone.pop()
        self.done.append(replace(entry, merge=""))
        return _restore(current, left=entry.before, goal=entry.after, half=entry.half)

    def clear(self) -> None:
        """Forget every step."""
        self.done.clear()
        self.undone.clear()

    def _shorten(self) -> None:
        """Drop the oldest steps beyond the limits; the last one always stays."""
        del self.done[: max(0, len(self.done) - self._steps)]
        costs: list[int] = []
        seen: set[int] = set()
        for entry in reversed(self.done):
            cost = 0
            for project in (entry.after, entry.before):
                for array in arrays_of(project):
                    if id(array) not in seen:
                        seen.add(id(array))
                        cost += array.nbytes
            costs.append(cost)
        total = 0
        for kept, cost in enumerate(costs):
            total += cost
            if total > self._size and kept > 0:
                del self.done[: len(self.done) - kept]
                return


def arrays_of(project: Project) -> Iterator[NDArray[Any]]:
    """Yield every array a project holds on to."""
    yield from project.weights.values()
    yield from project.masks.values()
    yield from project.run.slots.values()
    for table in project.tables.values():
        for column in table.fields:
            yield column.values


def _wider(a: str, b: str) -> str:
    return a if a == b else "both"


def _restore(current: Project, left: Project, goal: Project, half: str) -> Project:
    """Return `goal` when nothing happened since `left`; else restore only what the step changed.

    A restored design takes the numbers of now: arrays the step didn't touch stay, arrays it
    reshaped get their old shape and missing entries back, filled with the present overlap.
    """
    if current is left or half == "both":
        return goal
    if half == "weights":
        return current.but(weights=goal.weights, run=goal.run, fitted=goal.fitted)
    found = {
        name: _fit(current.weights.get(name), left.weights.get(name), goal.weights.get(name))
        for name in {**goal.weights, **current.weights}
        if name.partition("/")[0] in goal.graph
    }
    weights = {name: array for name, array in found.items() if array is not None}
    # Drawn or learned since: there is no older array to go back to, so it is carried.
    newer = {name: array for name, array in weights.items() if name not in goal.weights}
    weights.update(carry(current, goal.but(weights=newer)).weights)
    run = goal.run if current.run is left.run else _without_slots(current.run)
    return goal.but(
        weights=weights,
        run=run,
        fitted=goal.fitted if current.fitted is left.fitted else current.fitted,
    )


def _fit(
    current: NDArray[Any] | None, left: NDArray[Any] | None, goal: NDArray[Any] | None
) -> NDArray[Any] | None:
    if current is left or (goal is None and left is not None):
        return goal
    if current is None or goal is None:
        return current if goal is None else goal
    if current.shape == goal.shape:
        return current
    if current.ndim != goal.ndim:
        return goal
    overlap = tuple(
        slice(0, min(had, has)) for had, has in zip(current.shape, goal.shape, strict=True)
    )
    array = np.array(goal, current.dtype)
    array[overlap] = current[overlap]
    return array


def _without_slots(run: RunState) -> RunState:
    return RunState(run.epoch, run.iteration, curves=run.curves)


def half_changed(old: Project, new: Project, asked: str) -> str:
    """Return the half an edit changed: `asked`, or "weights" when the design is the same."""
    same = all(getattr(old, name) is getattr(new, name) for name in DESIGN)
    return "weights" if same and asked == "design" else asked
