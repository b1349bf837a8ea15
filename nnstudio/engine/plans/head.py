"""Head: the loss at one output inside a plan."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from nnstudio.engine.graph import Graph
from nnstudio.engine.losses import Loss
from nnstudio.engine.plans.assembly import Assembly
from nnstudio.engine.plans.code import Code

Array = NDArray[Any]


@dataclass(frozen=True)
class Goal:
    """What one output should learn: its loss and how much it counts.

    With `straight_through` the error goes past the last activation's derivative.
    """

    sink: str
    loss: Loss
    weight: float = 1.0
    straight_through: bool = False


class Head:
    """Writes the residual of one output and starts its gradient.

    Where loss and last activation are fused, the activation gives scale·y and the targets come
    as scale·t (`target_scale`), so that the gradient is one subtraction.
    """

    def __init__(self, index: int, goal: Goal, assembly: Assembly, graph: Graph) -> None:
        self.index = index
        self.goal = goal
        self.signal = assembly.signals[goal.sink]
        self.share = goal.weight / goal.loss.divisor(self.signal.batch, self.signal.rows)
        self.scale = self.share * goal.loss.factor
        self.fused = self._fuse(assembly, graph)
        self.target_scale = self.scale if self.fused else 1.0

    def write(self, code: Code, backward: bool) -> None:
        """Append the residual and, going `backward`, the gradient of the output."""
        loss, size = self.goal.loss, self.signal.size
        y = self.signal.read(code).flat
        s, t = (code.loop(f"{kind}{self.index}f") for kind in "st")
        numbers = {**loss.constants(code.dtype), "scale": self.scale}
        if not self.fused:
            code.formula(loss.residual, {"s": s, "t": t, "y": y}, size, numbers)
        if not (backward and self.signal.needs_gradient):
            return
        gradient = ("g = y - t",) if self.fused else loss.gradient
        with self.signal.receive(code) as buffer:
            places: dict[str, str | Array] = {"s": s, "t": t, "y": y, "g": buffer.flat}
            code.formula(gradient, places, size, numbers)

    def totals(self, slots: Array, targets: Array) -> Array:
        """Return Σ of the loss's parts for each remembered step of (steps, outputs, batch)."""
        loss = self.goal.loss
        if not self.fused or loss.logit_totals is None:
            return loss.totals(slots, targets)
        return loss.logit_totals(slots, targets / self.target_scale)

    def _fuse(self, assembly: Assembly, graph: Graph) -> bool:
        """Ask the node that makes this output's signal to leave its derivative to the loss."""
        maker = self._maker(assembly, graph)
        if maker is None:
            return False
        kernel = assembly.kernels[maker]
        if self.goal.straight_through:
            kernel.straight_through()
            return False
        fused = self.goal.loss.fused
        return bool(fused and self.scale) and kernel.fuse(fused, f"s{self.index}", self.scale)

    def _maker(self, assembly: Assembly, graph: Graph) -> str | None:
        """Return the node that computes the signal, if nothing else reads it."""
        id = self.goal.sink
        while True:
            sources = [wire.source for wire in graph.incoming[id]]
            if len(sources) != 1 or assembly.signals[sources[0]] is not self.signal:
                break
            id = sources[0]
            if len(graph.outgoing[id]) > 1:
                return None
        return None if graph.outgoing[id] and id == self.goal.sink else id
