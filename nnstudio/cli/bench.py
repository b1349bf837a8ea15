"""`nnstudio bench`: how fast the engine is on this machine."""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from nnstudio.cli.table import aligned
from nnstudio.engine import bench
from nnstudio.engine.workloads import WORKLOADS
from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    text = translate("Command", "one or more of {ids}; by default all")
    parser.add_argument(
        "workload",
        nargs="*",
        metavar=translate("Command", "WORKLOAD"),
        help=text.format(ids=", ".join(WORKLOADS)),
    )
    parser.add_argument("--json", action="store_true", help=translate("Command", "as JSON"))


def run(options: Namespace) -> None:
    """Print the time of an update and the speed of each workload."""
    rows = bench.run(options.workload)
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
        return
    head = (
        "",
        translate("Command", "network"),
        translate("Command", "batch"),
        translate("Command", "optimizer"),
        translate("Command", "µs per update"),
        translate("Command", "rows per second"),
        "Gflop/s",
    )
    table = [head]
    for row in rows:
        table.append(
            (
                row.workload,
                row.network,
                str(row.batch),
                row.optimizer,
                f"{row.microseconds:,.1f}",
                f"{row.examples_per_second:,.0f}",
                f"{row.gigaflops:.2f}",
            )
        )
    print("\n".join(aligned(table, right=(2, 4, 5, 6))))
