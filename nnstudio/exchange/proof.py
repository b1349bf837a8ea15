"""Self-proof: an exported file's answers compared with the program's on the stored rows."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnstudio.errors import StudioError
from nnstudio.exchange.model import Array, Model
from nnstudio.i18n import translate
from nnstudio.ops import Slot

# float32 arithmetic on values scaled to about 1; larger outputs are compared relative to their size
TOLERANCE = 1e-3


def difference(expected: Array, found: Array) -> float:
    """Return the largest difference, relative to the size of the expected values when above 1.

    Where both are no number or the same infinity, they don't differ; where one is, they do: ∞.
    """
    expected, found = np.asarray(expected, np.float64), np.asarray(found, np.float64)
    if not expected.size:
        return 0.0
    finite = np.isfinite(expected)
    if not np.array_equal(expected[~finite], found[~finite], equal_nan=True):
        return float("inf")
    if not finite.any():
        return 0.0
    scale = max(1.0, float(np.abs(expected[finite]).max()))
    worst = float(np.abs(expected[finite] - found[finite]).max()) / scale
    return worst if np.isfinite(worst) else float("inf")


def compare(model: Model, answers: Mapping[str, Array], path: Path) -> float:
    """Return the largest difference over the float outputs.

    Raise StudioError when shapes or clear decisions differ, or the difference is not small:
    then nothing is written.
    """
    worst = 0.0
    for slot in model.program.outputs:
        expected, found = np.asarray(model.answers[slot.name]), np.asarray(answers[slot.name])
        if expected.shape != found.shape:
            raise failed(path, f"{slot.name}: {expected.shape} != {found.shape}")
        if slot.type == "float":
            worst = max(worst, difference(expected, found))
        else:
            sure = _sure(model, slot)
            if not np.array_equal(expected[sure].astype(str), found[sure].astype(str)):
                raise failed(path, f"{slot.name} differs")
    if not worst <= TOLERANCE:
        raise failed(path, f"largest difference {worst:.3g}")
    return worst


def _sure(model: Model, slot: Slot) -> NDArray[np.bool_]:
    """Return the rows whose class doesn't hang on the last digits of its probability."""
    prefix = slot.name.rpartition("class_")[0]
    best = np.sort(np.asarray(model.answers[f"{prefix}probabilities"]), axis=-1)
    gap: NDArray[np.bool_] = best[:, -1] - best[:, -2] > 2 * TOLERANCE
    return gap


def failed(path: Path, details: str) -> StudioError:
    """Return the error for a file whose independent reader answers something else."""
    text = translate("Export", "{file} was not written: its answers differ from the program's.")
    return StudioError(
        text.format(file=path.name),
        translate("Export", "Please report this, with the project file."),
        details,
    )
