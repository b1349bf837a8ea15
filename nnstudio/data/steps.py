"""Derived input columns: squares, products and sines of raw numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.spec import FeatureStep

Raw = Sequence[Any] | NDArray[Any]
Array = NDArray[np.float64]


def apply_step(step: FeatureStep, values: Sequence[Array]) -> Array:
    """Return the derived values from the raw ones of `step.columns`, all of shape (N,)."""
    if step.operation == "square":
        return values[0] * values[0]
    if step.operation == "product":
        return values[0] * values[1]
    return np.sin(values[0])


def plane_steps(first: str = "x1", second: str = "x2") -> tuple[FeatureStep, ...]:
    """Return the playground's derived columns of a plane: squares, product and sines."""
    return (
        FeatureStep(f"{first}²", "square", (first,)),
        FeatureStep(f"{second}²", "square", (second,)),
        FeatureStep(f"{first}·{second}", "product", (first, second)),
        FeatureStep(f"sin {first}", "sin", (first,)),
        FeatureStep(f"sin {second}", "sin", (second,)),
    )
