"""SVG: a picture of the real network that scales to any size, for papers and worksheets."""

from pathlib import Path

from nnstudio.document.project import Project
from nnstudio.exchange.exporter import EXPORTERS, Exporter, Report
from nnstudio.exchange.files import write_bytes
from nnstudio.exchange.svg import network_svg
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Flag

NUMBERS = Flag(
    name="numbers",
    label=QT_TRANSLATE_NOOP("Parameter", "Write the numbers"),
    help=QT_TRANSLATE_NOOP("Parameter", "Weights and biases stand beside what they belong to."),
    default=True,
)


@EXPORTERS.add
class SvgPicture(Exporter):
    """Circles in columns, a line for every connection, names, biases, a legend; light ground."""

    id = "svg"
    order = 40
    label = QT_TRANSLATE_NOOP("Export", "Picture (SVG)")
    help = QT_TRANSLATE_NOOP(
        "Export", "The neurons and connections as a drawing that stays sharp at any size."
    )
    extension = ".svg"
    parameters = (NUMBERS,)
    numbers: bool

    def export(self, project: Project, path: Path, folder: Path | None = None) -> Report:
        text = network_svg(project, self.numbers)
        return Report((write_bytes(path, text.encode()),))
