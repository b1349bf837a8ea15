"""Derivatives of all layers with one activation in a single pass, for small networks."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.plans.assembly import Assembly
from nnstudio.engine.plans.code import Code
from nnstudio.engine.plans.signal import Buffer
from nnstudio.engine.plans.stage import Stage

Array = NDArray[Any]

SMALL = 16_384  # numbers; above, a pass over everything leaves the cache


@dataclass(frozen=True)
class Shared:
    """Outputs of several stages behind one another in `y`, their derivatives likewise in `d`."""

    stage: Stage
    y: Array
    d: Array


def share_derivatives(assembly: Assembly, dtype: Any) -> list[Shared]:
    """Lay the outputs of equal activations side by side; call before anything is written."""
    groups: dict[Any, list[Stage]] = {}
    for kernel in assembly.kernels.values():
        stage = kernel.stage
        if stage is not None and stage.can_share:
            groups.setdefault((stage.entry.id, *stage.numbers.values()), []).append(stage)
    found = []
    for stages in groups.values():
        sizes = [(stage.output.rows + 1) * stage.output.batch for stage in stages]
        if len(stages) > 1 and sum(sizes) <= SMALL:
            found.append(_share(stages, sizes, dtype))
    return found


def write_shared(shared: list[Shared], code: Code) -> None:
    """Append the passes that compute the derivatives."""
    for group in shared:
        places: dict[str, str | Array] = {"y": group.y, "d": group.d}
        code.formula(group.stage.entry.backward, places, group.y.size, group.stage.numbers)


def _share(stages: list[Stage], sizes: list[int], dtype: Any) -> Shared:
    y, d = np.ones(sum(sizes), dtype=dtype), np.ones(sum(sizes), dtype=dtype)
    start = 0
    for stage, size in zip(stages, sizes, strict=True):
        signal = stage.output
        signal.values = Buffer(signal.rows, signal.batch, dtype, y[start : start + size])
        stage.derivative = d[start : start + signal.size]
        start += size
    return Shared(stages[0], y, d)
