"""Iris: three species told apart by the size of their petals and sepals (Fisher 1936)."""

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.shipped import shipped_table
from nnstudio.data.spec import Split
from nnstudio.data.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP

WORDS = (
    QT_TRANSLATE_NOOP("Column", "sepal length"),
    QT_TRANSLATE_NOOP("Column", "sepal width"),
    QT_TRANSLATE_NOOP("Column", "petal length"),
    QT_TRANSLATE_NOOP("Column", "petal width"),
    QT_TRANSLATE_NOOP("Column", "species"),
    QT_TRANSLATE_NOOP("Column", "setosa"),
    QT_TRANSLATE_NOOP("Column", "versicolor"),
    QT_TRANSLATE_NOOP("Column", "virginica"),
)


def generate() -> Table:
    """Return 150 rows: four lengths in cm and the species, 50 rows each."""
    return shipped_table("iris", ("species",), "cm")


datasets.add(
    Dataset(
        id="iris",
        label=QT_TRANSLATE_NOOP("Dataset", "Iris"),
        help=QT_TRANSLATE_NOOP(
            "Dataset", "150 flowers of three species, told apart by four lengths."
        ),
        generate=generate,
        targets=("species",),
        scaling="standard",
        split=Split(),
        group="table",
        order=60,
        origin="R. A. Fisher (1936), UCI Machine Learning Repository, CC BY 4.0",
        words=WORDS,
    )
)
