"""One example in a sentence: which row, the right answer, the network's answer."""

from collections.abc import Callable

import numpy as np

from nnstudio.i18n import translate
from nnstudio.numbers import shown_number
from nnstudio.training.reading import Reading
from nnstudio.training.snapshot import Snapshot
from nnstudio.ui.try_it.wording import answer_rows


def verdict(reading: Reading, snapshot: Snapshot, shown: Callable[[str], str]) -> str:
    """Return the sentence, with ✓ or ✗ for classes; `shown` translates class names."""
    example = snapshot.example
    if example is None or snapshot.signals is None:
        return ""
    node, columns = next(iter(reading.outputs.items()))
    if node not in snapshot.signals:
        return ""
    rows = answer_rows(reading, columns, snapshot.signals[node], shown)
    classes = reading.fitted.classes(columns)
    if classes:
        best = max(rows, key=lambda row: row[1] or 0.0)
        answer = f"{best[0]} ({best[2]})"
    else:
        answer = ", ".join(text for _, _, text in rows)
    if example.row is None or example.target is None or node not in example.target:
        return translate("Plot", "Own values: the network answers {answer}").format(answer=answer)
    true = reading.fitted.decode_target(columns, example.target[node][None])
    if classes:
        right = shown(true[0])
        mark = "✓" if best[0] == right else "✗"
        answer = f"{mark} {answer}"
    else:
        right = ", ".join(shown_number(float(value)) for value in np.ravel(true)[:4])
    text = translate("Plot", "Row {row}: right is {right}, the network answers {answer}")
    return text.format(row=example.row + 1, right=right, answer=answer)
