"""Wine: three cultivars told apart by a chemical analysis."""

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.shipped import shipped_table
from nnstudio.data.spec import Split
from nnstudio.data.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP


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
    )
)
