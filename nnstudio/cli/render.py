"""`nnstudio render`: a picture of the network, SVG without Qt, PNG through the window's painter."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from nnstudio.cli.files import load_project
from nnstudio.errors import StudioError
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("project", type=Path, metavar="F.nns")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="net.svg")


def run(options: Namespace) -> None:
    """Draw the picture in the format of the output's ending."""
    ending = options.output.suffix.lower().lstrip(".")
    project = load_project(options.project)
    if ending == "svg":
        print(EXPORTERS["svg"]().export(project, options.output).sentence())
    elif ending in ("png", "pdf"):
        from nnstudio.ui.picture import render

        print(render(project, options.output).sentence())
    else:
        raise StudioError(
            translate("Command", "A picture can't be written as {file}.").format(
                file=options.output.name
            ),
            translate("Command", "Use a name that ends in .svg, .png or .pdf."),
        )
