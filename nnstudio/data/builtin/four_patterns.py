"""The 4-pattern data of the delta rule: three bits, the answer is the first one."""

from nnstudio.data.builtin.gates import gate_settings, truth_table
from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP


def generate(constant_input: bool, numeric_target: bool) -> Table:
    """Return X = [0 0 1; 0 1 1; 1 0 1; 1 1 1] (third column only if asked), D = [0 0 1 1]."""
    return truth_table((0, 0, 1, 1), constant_input, numeric_target)


datasets.add(
    Dataset(
        id="four_patterns",
        label=QT_TRANSLATE_NOOP("Dataset", "4 patterns"),
        help=QT_TRANSLATE_NOOP(
            "Dataset", "Four rows of bits whose answer is the first bit. For the delta rule."
        ),
        generate=generate,
        targets=("y",),
        parameters=gate_settings(constant=True),
        order=14,
    )
)
