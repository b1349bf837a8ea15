"""`nnstudio new`: make a project from a template, with your own table if you like."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from nnstudio.cli.files import existing, project_target, save_project
from nnstudio.document.edits import set_title
from nnstudio.document.own_table import bind_table
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange.templates import load_template
from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "template",
        metavar=translate("Command", "TEMPLATE"),
        help=translate("Command", "see: nnstudio templates"),
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="F.nns",
        help=translate("Command", "where to write"),
    )
    parser.add_argument(
        "--data", type=Path, metavar="T.csv", help=translate("Command", "a CSV or Excel table")
    )
    parser.add_argument(
        "--target",
        metavar=translate("Command", "COLUMN"),
        help=translate("Command", "the column to learn"),
    )
    parser.add_argument(
        "--title",
        default="",
        metavar=translate("Command", "TITLE"),
        help=translate("Command", "a name for the project"),
    )


def run(options: Namespace) -> None:
    """Write the new project."""
    if options.target and not options.data:
        options.usage.error(translate("Command", "--target needs a table: --data T.csv"))
    project_target(options.output)
    project = load_template(options.template)
    if options.data:
        project = bind_table(project, existing(options.data), options.target)
        _check_reach(project, options.data, options.output)
    if options.title:
        project = set_title(project, options.title)
    save_project(project, options.output)
    print(translate("Command", "Wrote {file}.").format(file=options.output))


def _check_reach(project: Project, table: Path, output: Path) -> None:
    """Refuse a large table that the project could not find again from its folder."""
    outside = project.data is not None and project.data.source.kind == "file"
    if outside and table.resolve().parent != output.resolve().parent:
        raise StudioError(
            translate("Command", "{file} is too large to be kept in the project.").format(
                file=table.name
            ),
            translate("Command", "Write the project into the folder of the table."),
        )
