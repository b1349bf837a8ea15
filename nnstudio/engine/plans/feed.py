"""Feed: the batches of a plan as views of one block of memory, refilled block by block."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from nnstudio.engine.plans.step_plan import StepPlan

Array = NDArray[Any]
Arranged = tuple[list[Array], list[Array]]


class Feed:
    """Room for `capacity` batches of a plan: inputs, targets and what each step remembers.

    `batches[k]` is the tuple of views that the plan's loop unpacks for batch k.
    """

    def __init__(self, plan: "StepPlan", capacity: int) -> None:
        batch, dtype = plan.batch, plan.dtype
        self.plan = plan
        self.batch = batch
        self.capacity = capacity
        self.inputs = [
            np.ones((capacity * batch, signal.rows + signal.augmented), dtype=dtype)
            for signal in plan.inputs
        ]
        shapes = [(capacity, head.signal.rows, batch) for head in plan.heads]
        self.targets = [np.zeros(shape, dtype=dtype) for shape in shapes]
        self.slots = [np.zeros(shape, dtype=dtype) for shape in shapes]
        self.batches = [
            tuple(self._view(variable, index) for variable in plan.variables)
            for index in range(capacity)
        ]

    def load(self, arranged: Arranged, rows: Array) -> None:
        """Copy the examples `rows` of what the plan has arranged here."""
        inputs, targets = arranged
        count = len(rows) // self.plan.batch
        for block, source in zip(self.inputs, inputs, strict=True):
            source.take(rows, 0, block[: len(rows)], "clip")
        for head, block, source in zip(self.plan.heads, self.targets, targets, strict=True):
            if source.shape[1] == 1 and head.target_scale == 1.0:
                source.take(rows, 0, block[:count].reshape(-1, 1), "clip")
                continue
            taken = source.take(rows, 0, None, "clip")
            taken = taken.reshape(count, self.plan.batch, -1).transpose(0, 2, 1)
            np.multiply(taken, head.target_scale, out=block[:count])

    def run(self, start: int, stop: int, rates: Sequence[Any]) -> None:
        """Do the steps [start, stop)."""
        self.plan.run(self.batches[start:stop], rates)

    def total(self, start: int, stop: int) -> float:
        """Return the mean loss of the steps [start, stop), weighted over the outputs."""
        return float(self.totals(start, stop).mean())

    def totals(self, start: int, stop: int) -> Array:
        """Return the loss of each of the steps [start, stop), weighted over the outputs."""
        parts = [
            head.totals(slots[start:stop], targets[start:stop]) * head.share
            for head, slots, targets in zip(self.plan.heads, self.slots, self.targets, strict=True)
        ]
        return parts[0] if len(parts) == 1 else np.add.reduce(parts)

    def parts(self) -> dict[str, float]:
        """Return Σ of the loss's parts of all steps, by output."""
        return {
            head.goal.sink: float(head.totals(slots, targets).sum())
            for head, slots, targets in zip(self.plan.heads, self.slots, self.targets, strict=True)
        }

    def _view(self, variable: str, index: int) -> Any:
        kind, number = variable[0], int("".join(c for c in variable if c.isdigit()))
        if kind == "x":
            batch = self.plan.batch
            block = self.inputs[number][index * batch : (index + 1) * batch]
            return block.T if variable.endswith("t") else block
        whole = (self.slots if kind == "s" else self.targets)[number][index]
        return whole.reshape(-1) if variable.endswith("f") else whole
