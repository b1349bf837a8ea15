"""`nnstudio export`: take the trained network away in one of the formats."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from nnstudio.cli.files import load_project, writable
from nnstudio.cli.table import aligned
from nnstudio.errors import StudioError
from nnstudio.exchange.exporter import Exporter, in_order
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("project", nargs="?", type=Path, metavar="F.nns")
    parser.add_argument(
        "--format",
        metavar="ID",
        help=translate("Command", "one of {ids}").format(ids=", ".join(_ids())),
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="PATH", help=translate("Command", "where to write")
    )
    parser.add_argument(
        "--list", action="store_true", help=translate("Command", "name the formats")
    )
    parser.add_argument("--json", action="store_true", help=translate("Command", "as JSON"))


def run(options: Namespace) -> None:
    """Export, or list the formats."""
    if options.list:
        _list(options.json)
        return
    if options.project is None or options.format is None or options.output is None:
        words = translate("Command", "name a project, a format and a file, or give --list")
        options.usage.error(words)
    exporter = _exporter(options.format)
    if not exporter.folder:
        writable(options.output)
    project = load_project(options.project)
    report = exporter.export(project, options.output, options.project.parent)
    if options.json:
        facts = {
            "files": [str(file) for file in report.files],
            "rows": report.rows,
            "difference": report.difference,
            "reader": report.reader,
        }
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print(report.sentence())


def _ids() -> list[str]:
    return [kind.id for kind in in_order(EXPORTERS)]


def _exporter(id: str) -> Exporter:
    kind = EXPORTERS.get(id)
    if kind is None:
        hint = translate("Command", "Use one of: {ids}.").format(ids=", ".join(_ids()))
        if id in ("png", "pdf"):
            hint = translate("Command", "Pictures are made by nnstudio render.")
        raise StudioError(
            translate("Command", "There is no format {id}.").format(id=id),
            hint,
        )
    exporter = kind()
    if exporter.missing():
        raise StudioError(exporter.missing())
    return exporter


def _list(as_json: bool) -> None:
    kinds = [(kind, kind().missing()) for kind in in_order(EXPORTERS)]
    if as_json:
        facts = [
            {
                "id": kind.id,
                "label": translate("Export", kind.label),
                "extension": kind.extension,
                "folder": kind.folder,
                "missing": why,
            }
            for kind, why in kinds
        ]
        print(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    rows = [
        (
            kind.id,
            translate("Export", kind.label),
            translate("Export", kind.help) + (f" [{why}]" if why else ""),
        )
        for kind, why in kinds
    ]
    print("\n".join(aligned(rows)))
