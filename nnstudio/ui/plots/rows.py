"""Making a row of the table the current example, whichever part it belongs to."""

from typing import Any

import numpy as np

from nnstudio.training.reading import Reading
from nnstudio.ui.training.live import Live


def show_row(live: Live, reading: Reading, row: int) -> None:
    """Show the signals of a table row: of a training example, else of its raw values."""
    rows = reading.prepared.train.rows
    place = int(np.searchsorted(rows, row))
    if place < len(rows) and int(rows[place]) == row:
        live.set_example(place)
    else:
        live.set_example(raw_values(reading, row))


def raw_values(reading: Reading, row: int) -> dict[str, Any]:
    """Return the raw inputs of a table row by column."""
    values = {}
    for item in reading.ranges():
        if item.name in reading.table:
            value = reading.table.column(item.name).values[row]
            values[item.name] = (
                value.item() if np.ndim(value) == 0 and hasattr(value, "item") else value
            )
    return values
