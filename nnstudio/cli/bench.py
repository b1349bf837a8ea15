"""`nnstudio bench`: how fast the engine is on this machine."""

import json
from argparse import ArgumentParser, Namespace

from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("workload", nargs="*", help="W1a, W1b, W2, W3, W4, W5a, W5b")
    parser.add_argument("--json", action="store_true", help=translate("Command", "as JSON"))


def run(options: Namespace) -> None:
    """Print steps and rows per second of each workload."""
    from nnstudio.engine import bench

    rows = bench.run(options.workload or None)
    if options.json:
        print(json.dumps(rows, indent=1))
        return
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items()))
