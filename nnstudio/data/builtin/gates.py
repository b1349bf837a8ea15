"""The four logic gates: every combination of two bits and what the gate answers."""

import numpy as np

from nnstudio.data.dataset import Dataset, datasets
from nnstudio.data.generated import NUMERIC_TARGET
from nnstudio.data.table import Column, Table, category_column, number_column
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Flag, Parameter

BITS = ((0, 0), (0, 1), (1, 0), (1, 1))


def gate_settings(constant: bool = False) -> tuple[Parameter, ...]:
    """Return the settings every table of bits has; `constant` is the default of the third input."""
    return (
        Flag(
            name="constant_input",
            label=QT_TRANSLATE_NOOP("Parameter", "Constant input"),
            help=QT_TRANSLATE_NOOP(
                "Parameter", "Adds a third input that is always 1, so that its weight acts as bias."
            ),
            default=constant,
        ),
        NUMERIC_TARGET,
    )


def truth_table(answers: tuple[int, int, int, int], constant: bool, numeric: bool) -> Table:
    """Return the four rows (0,0), (0,1), (1,0), (1,1) with `answers` in the column "y"."""
    columns: list[Column] = [
        number_column(f"x{place + 1}", [bits[place] for bits in BITS]) for place in (0, 1)
    ]
    if constant:
        columns.append(number_column("x3", np.ones(4)))
    columns.append(
        number_column("y", answers)
        if numeric
        else category_column("y", [str(answer) for answer in answers], ("0", "1"))
    )
    return Table(tuple(columns))


def _gate(id: str, label: str, help: str, answers: tuple[int, int, int, int], order: int) -> None:
    def generate(constant_input: bool, numeric_target: bool) -> Table:
        return truth_table(answers, constant_input, numeric_target)

    datasets.add(
        Dataset(
            id=id,
            label=label,
            help=help,
            generate=generate,
            targets=("y",),
            parameters=gate_settings(),
            order=order,
        )
    )


_gate(
    "and",
    QT_TRANSLATE_NOOP("Dataset", "AND"),
    QT_TRANSLATE_NOOP("Dataset", "Answers 1 only when both bits are 1. One neuron can learn it."),
    (0, 0, 0, 1),
    10,
)
_gate(
    "or",
    QT_TRANSLATE_NOOP("Dataset", "OR"),
    QT_TRANSLATE_NOOP("Dataset", "Answers 1 when at least one bit is 1. One neuron can learn it."),
    (0, 1, 1, 1),
    11,
)
_gate(
    "nand",
    QT_TRANSLATE_NOOP("Dataset", "NAND"),
    QT_TRANSLATE_NOOP("Dataset", "Answers 0 only when both bits are 1. One neuron can learn it."),
    (1, 1, 1, 0),
    12,
)
_gate(
    "xor",
    QT_TRANSLATE_NOOP("Dataset", "XOR"),
    QT_TRANSLATE_NOOP(
        "Dataset", "Answers 1 when the bits differ. No single line divides it: a hidden layer does."
    ),
    (0, 1, 1, 0),
    13,
)
