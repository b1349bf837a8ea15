"""StepPlan: forward, backward and update for one batch size, as generated straight-line source."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.plans.assembly import Body, Mode, assemble
from nnstudio.engine.plans.code import Code
from nnstudio.engine.plans.derivatives import share_derivatives, write_shared
from nnstudio.engine.plans.feed import Arranged, Feed
from nnstudio.engine.plans.head import Goal, Head
from nnstudio.engine.plans.update import Update

Array = NDArray[Any]


class StepPlan:
    """One training step on `batch` examples.

    Without an `update` it only fills the gradient, without a `gradient` it only measures.
    """

    def __init__(
        self,
        body: Body,
        batch: int,
        goals: Sequence[Goal],
        gradient: Array | None,
        mode: Mode,
        update: Update | None = None,
    ) -> None:
        self.batch = batch
        self.dtype = body.store.dtype
        factor = None if update is None else update.factor
        assembly = assemble(body, batch, mode, gradient, factor)
        self.signals = assembly.signals
        self.inputs = tuple(assembly.inputs.values())
        self.heads = tuple(
            Head(index, goal, assembly, body.graph) for index, goal in enumerate(goals)
        )
        shared = share_derivatives(assembly, self.dtype) if gradient is not None else []
        code = Code(self.dtype)
        for kernel in assembly.kernels.values():
            kernel.forward(code)
        for head in self.heads:
            head.write(code, backward=gradient is not None)
        if gradient is not None:
            write_shared(shared, code)
            for kernel in reversed(assembly.kernels.values()):
                kernel.backward(code)
        if update is not None:
            update.write(code)
        self.variables = tuple(code.batch_variables)
        self.source = code.source()
        self._run = code.function(self.source)

    def arrange(self, inputs: Mapping[str, Array], targets: Mapping[str, Array]) -> Arranged:
        """Return inputs as (N, features [+ a 1]) and targets as (N, outputs)."""
        rows: list[Array] = []
        for signal, array in zip(self.inputs, inputs.values(), strict=True):
            block = np.ones((len(array), signal.rows + signal.augmented), dtype=signal.dtype)
            block[:, : signal.rows] = array.reshape(len(array), -1)
            rows.append(block)
        return rows, [targets[head.goal.sink] for head in self.heads]

    def feed(self, capacity: int) -> Feed:
        """Return room for `capacity` batches."""
        return Feed(self, capacity)

    def run(self, batches: Sequence[Any], rates: Sequence[Any] = ()) -> None:
        """Do one step for every batch; `rates` hold the optimiser's varying numbers.

        Call it under np.errstate: overflow is an answer here, not an accident.
        """
        self._run(batches, rates)
