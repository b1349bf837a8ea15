"""`nnstudio new`: make a project from a template, with your own table if you like."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from nnstudio.cli.files import existing, save_project
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange.templates import load_template
from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("template", help=translate("Command", "see: nnstudio templates"))
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="F.nns")
    parser.add_argument(
        "--data", type=Path, metavar="T.csv", help=translate("Command", "a CSV or Excel table")
    )
    parser.add_argument(
        "--target", metavar="COLUMN", help=translate("Command", "the column to learn")
    )
    parser.add_argument("--title", default="")


def run(options: Namespace) -> None:
    """Write the new project."""
    project = load_template(options.template)
    if options.target and not options.data:
        raise StudioError(
            translate("Command", "--target needs a table."),
            translate("Command", "Name one with --data."),
        )
    if options.data:
        project = with_table(project, existing(options.data), options.target)
    if options.title:
        project = project.but(title=options.title)
    save_project(project, options.output)
    print(translate("Command", "Wrote {file}.").format(file=options.output))


def with_table(project: Project, path: Path, target: str | None) -> Project:
    """Return the project bound to the table at `path`; raise StudioError when it doesn't fit."""
    from nnstudio.document.own_table import bind_table

    return bind_table(project, path, target)
