"""Self-proof: an exported file's answers compared with the program's on the stored rows."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from nnstudio.errors import StudioError
from nnstudio.exchange.model import Array, Model
from nnstudio.i18n import translate

# float32 arithmetic on values scaled to about 1; larger outputs are compared relative to their size
TOLERANCE = 1e-3


def difference(expected: Array, found: Array) -> float:
    """Return the largest difference, relative to the size of the expected values when above 1."""
    expected, found = np.asarray(expected, np.float64), np.asarray(found, np.float64)
    if not expected.size:
        return 0.0
    scale = max(1.0, float(np.abs(expected).max()))
    return float(np.abs(expected - found).max()) / scale


def compare(model: Model, answers: Mapping[str, Array], path: Path) -> float:
    """Return the largest difference over the float outputs.

    Raise StudioError when shapes differ or the difference is not small: then nothing is written.
    """
    worst = 0.0
    for slot in model.program.outputs:
        if slot.type != "float":
            continue
        expected, found = model.answers[slot.name], answers[slot.name]
        if expected.shape != found.shape:
            raise _failed(path, f"{slot.name}: {expected.shape} != {found.shape}")
        worst = max(worst, difference(expected, found))
    if not worst <= TOLERANCE:
        raise _failed(path, f"largest difference {worst:.3g}")
    return worst


def _failed(path: Path, details: str) -> StudioError:
    text = translate("Export", "{file} was not written: its answers differ from the program's.")
    return StudioError(
        text.format(file=path.name),
        translate("Export", "Please report this, with the project file."),
        details,
    )
