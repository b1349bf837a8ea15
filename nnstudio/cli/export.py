"""`nnstudio export`: take the trained network away in one of the formats."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from nnstudio.cli.files import load_project
from nnstudio.errors import StudioError
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("project", nargs="?", type=Path, metavar="F.nns")
    parser.add_argument("--format", metavar="ID")
    parser.add_argument("-o", "--output", type=Path, metavar="PATH")
    parser.add_argument(
        "--list", action="store_true", help=translate("Command", "name the formats")
    )


def run(options: Namespace) -> int:
    """Export, or list the formats."""
    if options.list:
        _list()
        return 0
    if options.project is None or options.format is None or options.output is None:
        raise SystemExit(_usage())
    kind = EXPORTERS.get(options.format)
    if kind is None:
        raise StudioError(
            translate("Command", "There is no format {id}.").format(id=options.format),
            translate("Command", "Use one of: {ids}.").format(ids=", ".join(EXPORTERS.ids())),
        )
    exporter = kind()
    if exporter.missing():
        raise StudioError(exporter.missing())
    print(exporter.export(load_project(options.project), options.output).sentence())
    return 0


def _usage() -> int:
    text = translate("Command", "Name a project, a format and a file: F.nns --format ID -o PATH.")
    print(f"nnstudio export: {text}", file=sys.stderr)
    return 2


def _list() -> None:
    width = max(len(id) for id in EXPORTERS.ids())
    for kind in EXPORTERS:
        why = kind().missing()
        note = f" [{why}]" if why else ""
        label = translate("Export", kind.label)
        print(f"{kind.id:<{width}}  {label}: {translate('Export', kind.help)}{note}")
