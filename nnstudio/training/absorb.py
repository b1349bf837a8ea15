"""Brings what a run has learned into the document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from nnstudio.data import Fitted
from nnstudio.document.project import Project, RunState


@dataclass(frozen=True)
class Harvest:
    """What a run gives back to the document."""

    weights: Mapping[str, NDArray[Any]]
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
