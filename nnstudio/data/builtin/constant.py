"""Sixty-four equal rows: a thousand inputs of 0.025 shall become ten outputs of 1."""

import numpy as np

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.table import Table, tensor_column
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Float, Int


def generate(rows: int, inputs: int, outputs: int, value: float, target: float) -> Table:
    """Return x (rows, inputs) filled with `value` and y (rows, outputs) filled with `target`."""
    return Table(
        (
            tensor_column("x", np.full((rows, inputs), value)),
            tensor_column("y", np.full((rows, outputs), target)),
        )
    )


datasets.add(
    Dataset(
        id="constant",
        label=QT_TRANSLATE_NOOP("Dataset", "Constant 0.025 → 1"),
        help=QT_TRANSLATE_NOOP(
            "Dataset", "64 equal rows of 1000 inputs: shows a large network finding one value."
        ),
        generate=generate,
        targets=("y",),
        parameters=(
            Int(
                name="rows",
                label=QT_TRANSLATE_NOOP("Parameter", "Rows"),
                default=64,
                minimum=1,
                maximum=10_000,
            ),
            Int(
                name="inputs",
                label=QT_TRANSLATE_NOOP("Parameter", "Inputs"),
                default=1000,
                minimum=1,
                maximum=10_000,
            ),
            Int(
                name="outputs",
                label=QT_TRANSLATE_NOOP("Parameter", "Outputs"),
                default=10,
                minimum=1,
                maximum=1000,
            ),
            Float(
                name="value",
                label=QT_TRANSLATE_NOOP("Parameter", "Value of the inputs"),
                default=0.025,
            ),
            Float(
                name="target",
                label=QT_TRANSLATE_NOOP("Parameter", "Value of the outputs"),
                default=1.0,
            ),
        ),
        order=40,
    )
)
