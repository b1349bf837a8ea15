"""Handwritten digits on 8×8 pixels."""

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.shipped import shipped_numbers
from nnstudio.data.spec import Split
from nnstudio.data.table import Table, category_column, tensor_column
from nnstudio.i18n import QT_TRANSLATE_NOOP

WORDS = (
    QT_TRANSLATE_NOOP("Column", "pixels"),
    QT_TRANSLATE_NOOP("Column", "digit"),
)


def generate() -> Table:
    """Return 1797 rows: "pixels" of shape (8, 8, 1) from 0 (white) to 16 (black), and "digit"."""
    values = shipped_numbers("digits8x8")
    return Table(
        (
            tensor_column("pixels", values[:, :64].reshape(-1, 8, 8, 1)),
            category_column("digit", [str(int(digit)) for digit in values[:, 64]]),
        )
    )


datasets.add(
    Dataset(
        id="digits8x8",
        label=QT_TRANSLATE_NOOP("Dataset", "8×8 digits"),
        help=QT_TRANSLATE_NOOP("Dataset", "1797 handwritten digits on 64 grey pixels."),
        generate=generate,
        targets=("digit",),
        scaling="minmax",
        split=Split(),
        group="picture",
        order=51,
        origin="E. Alpaydin, C. Kaynak (1998), UCI Machine Learning Repository, CC BY 4.0",
        words=WORDS,
    )
)
