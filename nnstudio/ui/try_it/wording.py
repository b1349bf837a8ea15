"""The network's answer in words: class names with percentages, or numbers in their unit."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from nnstudio.i18n import translate
from nnstudio.numbers import shown_number
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import Example

Row = tuple[str, float | None, str]
Shown = Callable[[str], str]


def answer_rows(
    reading: Reading, columns: tuple[str, ...], values: Any, shown: Shown = str
) -> list[Row]:
    """Return (name, share, text) of each class, or (target, None, number) in the target's unit."""
    fitted = reading.fitted
    classes = fitted.classes(columns)
    flat = np.asarray(values, float).reshape(-1)
    if classes:
        shares = np.array([1 - flat[0], flat[0]]) if len(flat) == 1 else flat
        return [
            (shown(name), float(share), percent(float(share)))
            for name, share in zip(classes, shares, strict=False)
        ]
    numbers = np.asarray(fitted.decode_target(columns, flat[None])).reshape(-1)
    names: Mapping[int, str] = dict(enumerate(columns or fitted.targets))
    return [
        (shown(names[place]) if place in names else str(place + 1), None, _number(number))
        for place, number in enumerate(numbers)
    ]


def percent(share: float) -> str:
    """Return a share as a percentage with one decimal; NaN stays what it is."""
    return f"{100 * share:.1f} %" if np.isfinite(share) else "NaN"


def truth(reading: Reading, example: Example | None, shown: Shown = str) -> str:
    """Return which row of the data the example is and what is right; "" for own values."""
    if example is None or example.row is None or example.target is None:
        return ""
    found = []
    for node, columns in reading.outputs.items():
        if node in example.target:
            right = reading.fitted.decode_target(columns, example.target[node][None])[0]
            if isinstance(right, str):
                found.append(shown(right))
            else:
                found.append(", ".join(_number(n) for n in np.asarray(right).reshape(-1)[:4]))
    text = translate("Try", "Row {row} of the data. Right answer: {answer}")
    return text.format(row=example.row + 1, answer=", ".join(found))


def _number(value: Any) -> str:
    return shown_number(float(value))
