"""How many parameters a network has, and whether the memory of a usual computer bears them."""

import math

from nnstudio.engine.graph import Graph
from nnstudio.errors import Refused
from nnstudio.i18n import translate

MAXIMUM_PARAMETERS = 100_000_000


def parameter_counts(graph: Graph) -> dict[str, int]:
    """Return how many numbers each trained array has, by its name."""
    return {
        name: math.prod(weight.shape)
        for name, weight in graph.weights.items()
        if weight.role == "parameter"
    }


def too_large(graph: Graph) -> Refused | None:
    """Return why the arrays of `graph` shall not be made; None when they fit."""
    count = sum(parameter_counts(graph).values())
    if count <= MAXIMUM_PARAMETERS:
        return None
    return Refused(
        translate("Problem", "The network has {count} million parameters.").format(
            count=count // 1_000_000
        ),
        translate("Problem", "Use fewer neurons; up to 100 million fit."),
    )


def check_size(graph: Graph) -> None:
    """Raise Refused when the arrays of `graph` would not fit."""
    error = too_large(graph)
    if error is not None:
        raise error
