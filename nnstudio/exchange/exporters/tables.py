"""CSV tables: the curves of the training, and every weight with its name."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange.exporter import EXPORTERS, Exporter, Report
from nnstudio.exchange.exporters.safetensors import masked_weights
from nnstudio.exchange.files import write_bytes
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate


@EXPORTERS.add
class Curves(Exporter):
    """One row per epoch, one column per curve."""

    id = "curves"
    order = 50
    label = QT_TRANSLATE_NOOP("Export", "Curves (CSV)")
    help = QT_TRANSLATE_NOOP("Export", "Loss and metrics of every epoch, for a spreadsheet.")
    extension = ".csv"

    def export(self, project: Project, path: Path, folder: Path | None = None) -> Report:
        curves = {name: values for name, values in project.run.curves.items() if values}
        if not curves:
            raise StudioError(
                translate("Export", "There are no curves yet."),
                translate("Export", "Train the network first."),
            )
        rows = zip_longest(*curves.values(), fillvalue="")
        return Report((_write(path, list(curves), rows),))


@EXPORTERS.add
class WeightTable(Exporter):
    """One row per number: array, index, value."""

    id = "weights"
    order = 60
    label = QT_TRANSLATE_NOOP("Export", "Weights (CSV)")
    help = QT_TRANSLATE_NOOP("Export", "Every weight and bias with its place, for a spreadsheet.")
    extension = ".csv"

    def export(self, project: Project, path: Path, folder: Path | None = None) -> Report:
        arrays = masked_weights(project)
        rows = (
            (name, " ".join(str(i) for i in place), repr(float(value)))
            for name, array in arrays.items()
            for place, value in np.ndenumerate(array)
        )
        return Report((_write(path, ["array", "index", "value"], rows),))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    # Korean Excel reads UTF-8 only behind a byte order mark
    return write_bytes(path, text.getvalue().encode("utf-8-sig"))
