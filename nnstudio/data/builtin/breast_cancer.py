"""Breast cancer (Wisconsin, diagnostic): benign tumours told from malignant ones."""

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.shipped import shipped_table
from nnstudio.data.spec import Split
from nnstudio.data.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP

WORDS = (
    QT_TRANSLATE_NOOP("Column", "mean radius"),
    QT_TRANSLATE_NOOP("Column", "mean texture"),
    QT_TRANSLATE_NOOP("Column", "mean perimeter"),
    QT_TRANSLATE_NOOP("Column", "mean area"),
    QT_TRANSLATE_NOOP("Column", "mean smoothness"),
    QT_TRANSLATE_NOOP("Column", "mean compactness"),
    QT_TRANSLATE_NOOP("Column", "mean concavity"),
    QT_TRANSLATE_NOOP("Column", "mean concave points"),
    QT_TRANSLATE_NOOP("Column", "mean symmetry"),
    QT_TRANSLATE_NOOP("Column", "mean fractal dimension"),
    QT_TRANSLATE_NOOP("Column", "radius error"),
    QT_TRANSLATE_NOOP("Column", "texture error"),
    QT_TRANSLATE_NOOP("Column", "perimeter error"),
    QT_TRANSLATE_NOOP("Column", "area error"),
    QT_TRANSLATE_NOOP("Column", "smoothness error"),
    QT_TRANSLATE_NOOP("Column", "compactness error"),
    QT_TRANSLATE_NOOP("Column", "concavity error"),
    QT_TRANSLATE_NOOP("Column", "concave points error"),
    QT_TRANSLATE_NOOP("Column", "symmetry error"),
    QT_TRANSLATE_NOOP("Column", "fractal dimension error"),
    QT_TRANSLATE_NOOP("Column", "worst radius"),
    QT_TRANSLATE_NOOP("Column", "worst texture"),
    QT_TRANSLATE_NOOP("Column", "worst perimeter"),
    QT_TRANSLATE_NOOP("Column", "worst area"),
    QT_TRANSLATE_NOOP("Column", "worst smoothness"),
    QT_TRANSLATE_NOOP("Column", "worst compactness"),
    QT_TRANSLATE_NOOP("Column", "worst concavity"),
    QT_TRANSLATE_NOOP("Column", "worst concave points"),
    QT_TRANSLATE_NOOP("Column", "worst symmetry"),
    QT_TRANSLATE_NOOP("Column", "worst fractal dimension"),
    QT_TRANSLATE_NOOP("Column", "diagnosis"),
    QT_TRANSLATE_NOOP("Column", "benign"),
    QT_TRANSLATE_NOOP("Column", "malignant"),
)


def generate() -> Table:
    """Return 569 rows: thirty measurements of cell nuclei and the diagnosis (357 benign)."""
    return shipped_table("breast_cancer", ("diagnosis",))


datasets.add(
    Dataset(
        id="breast_cancer",
        label=QT_TRANSLATE_NOOP("Dataset", "Breast cancer"),
        help=QT_TRANSLATE_NOOP(
            "Dataset", "569 tumours with 30 measurements of their cells: benign or malignant?"
        ),
        generate=generate,
        targets=("diagnosis",),
        scaling="standard",
        split=Split(),
        group="table",
        order=62,
        origin="W. H. Wolberg et al. (1995), UCI Machine Learning Repository, CC BY 4.0",
        words=WORDS,
    )
)
