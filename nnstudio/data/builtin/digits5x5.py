"""Five digits on 5×5 pixels to learn from, and five altered ones to try afterwards.

The pictures are those of the multi-class example in Kim, "MATLAB Deep Learning" (2017),
chapter 4. An altered picture is labelled with what the trained network of the book reads.
"""

import numpy as np

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.spec import Split
from nnstudio.data.table import Table, category_column, tensor_column
from nnstudio.i18n import QT_TRANSLATE_NOOP

DIGITS = (
    "01100 00100 00100 00100 01110",
    "11110 00001 01110 10000 11111",
    "11110 00001 01110 00001 11110",
    "00010 00110 01010 11111 00010",
    "11111 10000 11110 00001 11110",
)
ALTERED = (
    "00110 00110 01010 00010 01110",
    "11110 00001 01110 10001 11111",
    "11110 00001 01110 10001 11110",
    "01110 01000 01110 00010 01110",
    "01111 01000 01110 00010 11110",
)
LABELS = ("1", "2", "3", "4", "5")
ALTERED_LABELS = ("4", "2", "3", "5", "5")

WORDS = (
    QT_TRANSLATE_NOOP("Column", "pixels"),
    QT_TRANSLATE_NOOP("Column", "digit"),
)


def generate() -> Table:
    """Return ten rows: "pixels" of shape (5, 5, 1) with 0 white, 1 black, and "digit"."""
    pictures = [[list(map(float, line)) for line in rows.split()] for rows in DIGITS + ALTERED]
    return Table(
        (
            tensor_column("pixels", np.array(pictures)[..., None]),
            category_column("digit", LABELS + ALTERED_LABELS, LABELS),
        )
    )


datasets.add(
    Dataset(
        id="digits5x5",
        label=QT_TRANSLATE_NOOP("Dataset", "5×5 digits"),
        help=QT_TRANSLATE_NOOP(
            "Dataset",
            "The digits 1 to 5 on 25 pixels; five altered ones are for the test.",
        ),
        generate=generate,
        targets=("digit",),
        split=Split(0.5, 0.0, 0.5, stratify=False, shuffle=False),
        group="picture",
        order=50,
        words=WORDS,
    )
)
