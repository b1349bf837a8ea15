"""Sample rows that travel with an export: made up within the ranges, never the user's own data."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.fitted import Range
from nnstudio.data.prepare import Fitted

Array = NDArray[Any]
SAMPLE_ROWS = 32


def made_up(fitted: Fitted) -> Mapping[str, Array]:
    """Return `SAMPLE_ROWS` raw values of every column; the last row lacks what may be missing."""
    rng = np.random.default_rng(0)
    values = {found.name: _values(found, rng) for found in fitted.ranges()}
    for name, column in values.items():
        if not fitted.code(name).strict:
            column[-1] = None if column.dtype == object else np.nan
    return values


def _values(found: Range, rng: np.random.Generator) -> Array:
    if found.kind == "category":
        names = np.array(found.categories or ("",), dtype=object)
        return names[rng.permutation(SAMPLE_ROWS) % len(names)]
    values = rng.uniform(found.minimum, found.maximum, (SAMPLE_ROWS, *found.shape))
    # six decimals survive every table and the 32 bits of other programs
    return np.round(values) if found.whole else np.round(values, 6)
