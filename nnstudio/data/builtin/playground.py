"""The planes of TensorFlow Playground: circle, xor, gauss, spiral, and two regressions.

Formulas, noise and sizes are those of github.com/tensorflow/playground, src/dataset.ts
(Apache 2.0): 500 points for classes, 1200 for numbers, noise in percent from 0 to 50. The
random generator is NumPy's, so single points differ from the web page.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.generated import NUMERIC_TARGET, SEED, points
from nnstudio.data.spec import Split
from nnstudio.data.table import Column, Table, category_column, number_column
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Float, Parameter

Array = NDArray[np.float64]
Points = tuple[Array, Array]  # (count, 2) coordinates, (count,) labels

RADIUS = 5.0
REGRESSION_RADIUS = 6.0
GAUSSIANS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))
# The web page trains on half of the points; the other half is shared by validation and test.
PLAYGROUND_SPLIT = Split(0.5, 0.25, 0.25)


def circle(count: int, noise: float, random: np.random.Generator) -> Points:
    """+1 inside radius 2.5, −1 in the ring 3.5 … 5; noise moves the point before labelling."""
    half = (count + 1) // 2
    inner = random.uniform(0, RADIUS * 0.5, half)
    outer = random.uniform(RADIUS * 0.7, RADIUS, half)
    r = np.concatenate([inner, outer])
    angle = random.uniform(0, 2 * np.pi, 2 * half)
    points = np.column_stack([r * np.sin(angle), r * np.cos(angle)])
    moved = points + random.uniform(-RADIUS, RADIUS, points.shape) * noise
    return points, np.where(np.hypot(*moved.T) < RADIUS * 0.5, 1.0, -1.0)


def xor(count: int, noise: float, random: np.random.Generator) -> Points:
    """+1 where x·y ≥ 0; 0.3 of padding keeps points off the axes."""
    points = random.uniform(-5, 5, (count, 2))
    points += np.where(points > 0, 0.3, -0.3)
    moved = points + random.uniform(-5, 5, points.shape) * noise
    return points, np.where(moved[:, 0] * moved[:, 1] >= 0, 1.0, -1.0)


def gauss(count: int, noise: float, random: np.random.Generator) -> Points:
    """+1 around (2, 2), −1 around (−2, −2); variance 0.5 at noise 0, 4 at noise 0.5."""
    half = (count + 1) // 2
    deviation = np.sqrt(0.5 + noise / 0.5 * 3.5)
    centre = np.repeat([[2.0, 2.0], [-2.0, -2.0]], half, axis=0)
    points = centre + deviation * random.standard_normal((2 * half, 2))
    return points, np.repeat([1.0, -1.0], half)


def spiral(count: int, noise: float, random: np.random.Generator) -> Points:
    """Two arms, r = 5·i/n and angle 3.5π·i/n, the second turned by π; noise ±1 · noise."""
    half = (count + 1) // 2
    step = np.arange(half) / (count / 2)
    arms = []
    for turn in (0.0, np.pi):
        angle = 1.75 * step * 2 * np.pi + turn
        arm = 5 * step[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
        arms.append(arm + random.uniform(-1, 1, arm.shape) * noise)
    return np.concatenate(arms), np.repeat([1.0, -1.0], half)


def plane(count: int, noise: float, random: np.random.Generator) -> Points:
    """y = (x₁ + x₂) / 10 on the square ±6, taken at the point moved by the noise."""
    points, moved = _square(count, noise, random)
    return points, moved.sum(axis=1) / 10


def multi_gauss(count: int, noise: float, random: np.random.Generator) -> Points:
    """The strongest of six bumps ±(1 − distance / 2), 0 beyond distance 2, on the square ±6."""
    points, moved = _square(count, noise, random)
    centres = np.array(GAUSSIANS, np.float64)
    distance = np.linalg.norm(moved[:, None, :] - centres[None, :, :2], axis=2)
    bumps = centres[:, 2] * np.clip(1 - distance / 2, 0, 1)
    return points, bumps[np.arange(len(bumps)), np.abs(bumps).argmax(axis=1)] + 0.0


def _square(count: int, noise: float, random: np.random.Generator) -> tuple[Array, Array]:
    low, high = -REGRESSION_RADIUS, REGRESSION_RADIUS
    points = random.uniform(low, high, (count, 2))
    return points, points + random.uniform(low, high, (count, 2)) * noise


def _settings(count: int) -> tuple[Parameter, ...]:
    return (
        points(count, minimum=4),
        Float(
            name="noise",
            label=QT_TRANSLATE_NOOP("Parameter", "Noise"),
            help=QT_TRANSLATE_NOOP("Parameter", "In percent, as on the web page, from 0 to 50."),
            default=0.0,
            minimum=0.0,
            maximum=50.0,
            step=5.0,
        ),
        SEED,
    )


def _table(points: Array, labels: Array, numeric: bool) -> Table:
    columns: list[Column] = [number_column(f"x{axis + 1}", points[:, axis]) for axis in (0, 1)]
    if numeric:
        columns.append(number_column("y", labels))
    else:
        names = ["1" if label > 0 else "-1" for label in labels]
        columns.append(category_column("y", names, ("-1", "1")))
    return Table(tuple(columns))


def _classes(id: str, label: str, help: str, formula: Callable[..., Points], order: int) -> Dataset:
    def generate(count: int, noise: float, seed: int, numeric_target: bool) -> Table:
        points, labels = formula(count, noise / 100, np.random.default_rng(seed))
        kept = np.sort(np.random.default_rng(seed).permutation(len(labels))[:count])
        return _table(points[kept], labels[kept], numeric_target)

    return datasets.add(
        Dataset(
            id=id,
            label=label,
            help=help,
            generate=generate,
            targets=("y",),
            parameters=(*_settings(500), NUMERIC_TARGET),
            split=PLAYGROUND_SPLIT,
            group="plane",
            order=order,
        )
    )


def _numbers(id: str, label: str, help: str, formula: Callable[..., Points], order: int) -> Dataset:
    def generate(count: int, noise: float, seed: int) -> Table:
        points, labels = formula(count, noise / 100, np.random.default_rng(seed))
        return _table(points, labels, True)

    return datasets.add(
        Dataset(
            id=id,
            label=label,
            help=help,
            generate=generate,
            targets=("y",),
            parameters=_settings(1200),
            split=PLAYGROUND_SPLIT,
            group="plane",
            order=order,
        )
    )


_classes(
    "circle",
    QT_TRANSLATE_NOOP("Dataset", "Circle"),
    QT_TRANSLATE_NOOP("Dataset", "One class inside, the other in a ring around it."),
    circle,
    20,
)
_classes(
    "plane_xor",
    QT_TRANSLATE_NOOP("Dataset", "XOR plane"),
    QT_TRANSLATE_NOOP("Dataset", "Opposite quarters of the plane belong together."),
    xor,
    21,
)
_classes(
    "gauss",
    QT_TRANSLATE_NOOP("Dataset", "Two clouds"),
    QT_TRANSLATE_NOOP("Dataset", "Two round clouds of points that a line divides."),
    gauss,
    22,
)
_classes(
    "spiral",
    QT_TRANSLATE_NOOP("Dataset", "Spiral"),
    QT_TRANSLATE_NOOP("Dataset", "Two arms wound around each other. The hardest of the four."),
    spiral,
    23,
)
_numbers(
    "plane",
    QT_TRANSLATE_NOOP("Dataset", "Plane (numbers)"),
    QT_TRANSLATE_NOOP("Dataset", "A value that rises evenly across the plane."),
    plane,
    24,
)
_numbers(
    "multi_gauss",
    QT_TRANSLATE_NOOP("Dataset", "Bumps (numbers)"),
    QT_TRANSLATE_NOOP("Dataset", "Three hills and three hollows to model."),
    multi_gauss,
    25,
)
