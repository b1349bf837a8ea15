"""`nnstudio render`: a picture of the network, SVG without Qt, PNG and PDF by Qt's painter."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from nnstudio.cli.files import load_project, writable
from nnstudio.errors import StudioError
from nnstudio.exchange.exporter import Exporter
from nnstudio.exchange.exporters.svg import SvgPicture
from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("project", type=Path, metavar="F.nns")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="net.svg",
        help=translate("Command", "a name that ends in .svg, .png or .pdf"),
    )
    parser.add_argument(
        "--no-numbers",
        action="store_true",
        help=translate("Command", "leave out weights and biases"),
    )


def run(options: Namespace) -> None:
    """Draw the picture in the format of the output's ending."""
    kind = _kind(options.output)
    project = load_project(options.project)
    report = kind(numbers=not options.no_numbers).export(project, writable(options.output))
    print(report.sentence())


def _kind(path: Path) -> type[Exporter]:
    """Return the exporter for a file's ending; Qt is loaded for PNG and PDF only."""
    ending = path.suffix.lower()
    if ending == SvgPicture.extension:
        return SvgPicture
    if ending not in (".png", ".pdf"):
        raise StudioError(
            translate("Command", "A picture can't be written as {file}.").format(file=path.name),
            translate("Command", "Use a name that ends in .svg, .png or .pdf."),
        )
    try:
        from nnstudio.ui.picture import PICTURES
    except ImportError as error:
        raise StudioError(
            translate("Command", "PNG and PDF need Qt, which can't be loaded here."),
            translate("Command", "Use a name that ends in .svg."),
            str(error),
        ) from None
    return next(kind for kind in PICTURES if kind.extension == ending)
