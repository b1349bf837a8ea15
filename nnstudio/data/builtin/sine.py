"""A curve to fit: y = sin 2πx + 0.3x."""

import numpy as np

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.generated import SEED, noise, points
from nnstudio.data.spec import Split
from nnstudio.data.table import Table, number_column
from nnstudio.i18n import QT_TRANSLATE_NOOP


def generate(count: int, noise: float, seed: int) -> Table:
    """Return `count` even steps of x from −1 to 1 and y = sin 2πx + 0.3x + normal noise."""
    x = np.linspace(-1, 1, count)
    y = np.sin(2 * np.pi * x) + 0.3 * x
    y = y + noise * np.random.default_rng(seed).standard_normal(count)
    return Table((number_column("x", x), number_column("y", y)))


datasets.add(
    Dataset(
        id="sine",
        label=QT_TRANSLATE_NOOP("Dataset", "Sine curve"),
        help=QT_TRANSLATE_NOOP("Dataset", "One number in, one number out: a curve to fit."),
        generate=generate,
        targets=("y",),
        parameters=(
            points(200, minimum=2),
            noise(0.0),
            SEED,
        ),
        split=Split(),
        group="plane",
        order=30,
    )
)
