"""Diabetes: how far the illness goes on within a year, a number to predict."""

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.shipped import shipped_table
from nnstudio.data.spec import Split
from nnstudio.data.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP

WORDS = (
    QT_TRANSLATE_NOOP("Column", "age"),
    QT_TRANSLATE_NOOP("Column", "sex"),
    QT_TRANSLATE_NOOP("Column", "bmi"),
    QT_TRANSLATE_NOOP("Column", "blood pressure"),
    QT_TRANSLATE_NOOP("Column", "total cholesterol"),
    QT_TRANSLATE_NOOP("Column", "ldl"),
    QT_TRANSLATE_NOOP("Column", "hdl"),
    QT_TRANSLATE_NOOP("Column", "cholesterol ratio"),
    QT_TRANSLATE_NOOP("Column", "log triglycerides"),
    QT_TRANSLATE_NOOP("Column", "blood sugar"),
    QT_TRANSLATE_NOOP("Column", "progression"),
)


def generate() -> Table:
    """Return 442 rows: ten measurements in their own units and the progression (25 … 346)."""
    return shipped_table("diabetes", ("sex",))


datasets.add(
    Dataset(
        id="diabetes",
        label=QT_TRANSLATE_NOOP("Dataset", "Diabetes"),
        help=QT_TRANSLATE_NOOP(
            "Dataset", "442 patients: ten measurements and how the illness went on in a year."
        ),
        generate=generate,
        targets=("progression",),
        scaling="standard",
        split=Split(),
        group="table",
        order=63,
        origin="B. Efron et al. (2004), as distributed with scikit-learn, BSD 3-Clause",
        words=WORDS,
    )
)
