"""Breast cancer (Wisconsin, diagnostic): is a tumour benign or malignant?"""

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.shipped import shipped_table
from nnstudio.data.spec import Split
from nnstudio.data.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP


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
    )
)
