"""Two half circles that reach into each other."""

import numpy as np

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.generated import SEED, noise, points
from nnstudio.data.spec import Split
from nnstudio.data.table import Table, category_column, number_column
from nnstudio.i18n import QT_TRANSLATE_NOOP


def generate(count: int, noise: float, seed: int) -> Table:
    """Return (cos t, sin t) and (1 − cos t, ½ − sin t), t from 0 to π, plus normal noise.

    The curves of scikit-learn's make_moons, the second half one row shorter for an odd count.
    """
    first, second = count - count // 2, count // 2
    t, u = np.linspace(0, np.pi, first), np.linspace(0, np.pi, second)
    upper = np.column_stack([np.cos(t), np.sin(t)])
    lower = np.column_stack([1 - np.cos(u), 0.5 - np.sin(u)])
    points = np.concatenate([upper, lower])
    points = points + np.random.default_rng(seed).normal(0, 1, points.shape) * noise
    return Table(
        (
            number_column("x1", points[:, 0]),
            number_column("x2", points[:, 1]),
            category_column("y", ["0"] * first + ["1"] * second),
        )
    )


datasets.add(
    Dataset(
        id="moons",
        label=QT_TRANSLATE_NOOP("Dataset", "Moons"),
        help=QT_TRANSLATE_NOOP("Dataset", "Two half moons that reach into each other."),
        generate=generate,
        targets=("y",),
        parameters=(
            points(400, minimum=4),
            noise(0.2),
            SEED,
        ),
        split=Split(),
        group="plane",
        order=26,
    )
)
