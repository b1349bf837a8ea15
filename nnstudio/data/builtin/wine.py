"""Wine: three cultivars told apart by a chemical analysis."""

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.shipped import shipped_table
from nnstudio.data.spec import Split
from nnstudio.data.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP

WORDS = (
    QT_TRANSLATE_NOOP("Column", "alcohol"),
    QT_TRANSLATE_NOOP("Column", "malic acid"),
    QT_TRANSLATE_NOOP("Column", "ash"),
    QT_TRANSLATE_NOOP("Column", "alcalinity of ash"),
    QT_TRANSLATE_NOOP("Column", "magnesium"),
    QT_TRANSLATE_NOOP("Column", "total phenols"),
    QT_TRANSLATE_NOOP("Column", "flavanoids"),
    QT_TRANSLATE_NOOP("Column", "nonflavanoid phenols"),
    QT_TRANSLATE_NOOP("Column", "proanthocyanins"),
    QT_TRANSLATE_NOOP("Column", "color intensity"),
    QT_TRANSLATE_NOOP("Column", "hue"),
    QT_TRANSLATE_NOOP("Column", "od280/od315"),
    QT_TRANSLATE_NOOP("Column", "proline"),
    QT_TRANSLATE_NOOP("Column", "cultivar"),
)


def generate() -> Table:
    """Return 178 rows: thirteen measurements and the cultivar, 59, 71 and 48 rows."""
    return shipped_table("wine", ("cultivar",))


datasets.add(
    Dataset(
        id="wine",
        label=QT_TRANSLATE_NOOP("Dataset", "Wine"),
        help=QT_TRANSLATE_NOOP(
            "Dataset", "178 wines of three cultivars with 13 measurements of very unequal size."
        ),
        generate=generate,
        targets=("cultivar",),
        scaling="standard",
        split=Split(),
        group="table",
        order=61,
        origin="M. Forina et al. (1991), UCI Machine Learning Repository, CC BY 4.0",
        words=WORDS,
    )
)
