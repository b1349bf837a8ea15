"""Brings what a run has learned into the document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data import Fitted
from nnstudio.document.edits import complete_weights
from nnstudio.document.project import Project, RunState

Array = NDArray[Any]


@dataclass(frozen=True)
class Harvest:
    """What a run gives back to the document."""

    weights: Mapping[str, Array]
    run: RunState
    fitted: Fitted | None


def absorb(project: Project, harvest: Harvest) -> Project:
    """Return `project` with the weights, position and preparation of a run.

    Arrays of layers that are gone, or that have another shape now, are left out.
    """
    shapes = {name: weight.shape for name, weight in project.graph.weights.items()}
    fitting = {
        name: array
        for name, array in harvest.weights.items()
        if name.partition("/")[0] in project.graph and shapes.get(name, array.shape) == array.shape
    }
    return project.but(
        weights={**project.weights, **fitting},
        run=harvest.run,
        fitted=harvest.fitted if harvest.fitted is not None else project.fitted,
    )


def with_cuts(project: Project, weights: Mapping[str, Array]) -> dict[str, Array]:
    """Return the arrays of a run, in which cut entries are 0, with the numbers these had.

    A connection that is joined again has the weight it had before it was cut.
    """
    found = dict(weights)
    cut = [name for name in found if f"{name}.mask" in project.masks]
    before = complete_weights(project).weights if cut else {}
    for name in cut:
        mask, live = project.masks[f"{name}.mask"], found[name]
        if mask.shape == live.shape == before[name].shape:
            found[name] = np.where(mask, live, before[name]).astype(live.dtype)
    return found
