"""PredictPlan: the forward pass for one batch size, as generated straight-line source."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.plans.assembly import Body, Mode, assemble
from nnstudio.engine.plans.code import Code

Array = NDArray[Any]


class PredictPlan:
    """Computes every node for `batch` examples; dropout passes on, running statistics are used."""

    def __init__(self, body: Body, batch: int) -> None:
        self.batch = batch
        assembly = assemble(body, batch, Mode(), None)
        self._signals = assembly.signals
        self._inputs = assembly.inputs
        code = Code(body.store.dtype)
        for kernel in assembly.kernels.values():
            kernel.forward(code)
        for signal in self._inputs.values():
            signal.read(code)
        self._variables = code.batch_variables
        self.source = code.source()
        self._run = code.function(self.source)
        self._rows = {
            id: np.ones((batch, signal.rows + signal.augmented), dtype=signal.dtype)
            for id, signal in self._inputs.items()
        }

    def run(self, inputs: Mapping[str, Array]) -> None:
        """Compute all nodes for `inputs`, each (batch, *shape)."""
        for id, signal in self._inputs.items():
            self._rows[id][:, : signal.rows] = inputs[id].reshape(self.batch, -1)
        with np.errstate(all="ignore"):
            self._run([tuple(self._view(variable) for variable in self._variables)], ())

    def value(self, node: str) -> Array:
        """Return a fresh copy of what a node gave, (batch, *shape)."""
        signal = self._signals[node]
        return np.ascontiguousarray(signal.values.data.T).reshape(self.batch, *signal.shape)

    def _view(self, variable: str) -> Array:
        index = int("".join(c for c in variable if c.isdigit()))
        rows = list(self._rows.values())[index]
        return rows.T if variable.endswith("t") else rows
