"""`nnstudio templates`: the ready examples."""

import json
from argparse import ArgumentParser, Namespace

from nnstudio.cli.table import aligned
from nnstudio.exchange.templates import TEMPLATES, describe
from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--json", action="store_true", help=translate("Command", "as JSON"))


def run(options: Namespace) -> None:
    """Print every template with its title and summary."""
    rows = [(id, *describe(id)) for id in TEMPLATES]
    if options.json:
        found = [{"id": id, "title": title, "summary": text} for id, title, text in rows]
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    print("\n".join(aligned(rows)))
