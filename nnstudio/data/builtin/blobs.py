"""Three round clouds of points, one per class."""

import numpy as np

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.generated import SEED, points
from nnstudio.data.spec import Split
from nnstudio.data.table import Table, category_column, number_column
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Float, Int

CLASSES = ("A", "B", "C", "D", "E", "F", "G", "H")
DISTANCE = 3.0


def generate(count: int, classes: int, spread: float, seed: int) -> Table:
    """Return `count` points around `classes` centres on a circle of radius 3, normal spread."""
    which = np.arange(count) * classes // count
    angle = np.pi / 2 + 2 * np.pi * which / classes
    centres = DISTANCE * np.column_stack([np.cos(angle), np.sin(angle)])
    points = centres + spread * np.random.default_rng(seed).standard_normal((count, 2))
    return Table(
        (
            number_column("x1", points[:, 0]),
            number_column("x2", points[:, 1]),
            category_column("y", [CLASSES[place] for place in which], CLASSES[:classes]),
        )
    )


datasets.add(
    Dataset(
        id="blobs",
        label=QT_TRANSLATE_NOOP("Dataset", "Clouds (3 classes)"),
        help=QT_TRANSLATE_NOOP("Dataset", "Round clouds of points, one per class."),
        generate=generate,
        targets=("y",),
        parameters=(
            points(300, minimum=16),
            Int(
                name="classes",
                label=QT_TRANSLATE_NOOP("Parameter", "Classes"),
                default=3,
                minimum=2,
                maximum=8,
            ),
            Float(
                name="spread",
                label=QT_TRANSLATE_NOOP("Parameter", "Spread"),
                help=QT_TRANSLATE_NOOP("Parameter", "The standard deviation of every cloud."),
                default=0.8,
                minimum=0.0,
                maximum=10.0,
            ),
            SEED,
        ),
        split=Split(),
        group="plane",
        order=27,
    )
)
