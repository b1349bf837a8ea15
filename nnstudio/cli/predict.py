"""`nnstudio predict`: answers of a trained network for every row of a table."""

import csv
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.cli.files import existing, load_project, writable
from nnstudio.data import Fitted, Table, read_table
from nnstudio.data.codes import CategoryCode
from nnstudio.document.compile import live_graph, network_of, prepared_of
from nnstudio.document.endings import texts_of
from nnstudio.document.project import Project
from nnstudio.engine.graph import Graph
from nnstudio.errors import StudioError
from nnstudio.exchange.files import write_bytes
from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("project", type=Path, metavar="F.nns")
    parser.add_argument(
        "table", type=Path, metavar="IN.csv", help=translate("Command", "a CSV or Excel table")
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="OUT.csv",
        help=translate("Command", "where to write"),
    )


def run(options: Namespace) -> None:
    """Read the table, predict, write the answers beside the rows."""
    writable(options.output)
    project = load_project(options.project)
    fitted = fitted_of(project, options.project.parent)
    table = table_for(fitted, live_graph(project.graph), existing(options.table))
    for repair in table.repairs:
        print(f"nnstudio: {repair}", file=sys.stderr)
    columns = answers(project, fitted, table)
    write_bytes(options.output, csv_bytes(table, columns))
    text = translate("Command", "Wrote {count} rows to {file}.")
    print(text.format(count=table.row_count, file=options.output))


def fitted_of(project: Project, folder: Path) -> Fitted:
    """Return what must be done to raw values; raise StudioError for an untrained project."""
    if project.data is None:
        raise StudioError(
            translate("Command", "This project has no data, so its columns have no names."),
            translate("Command", "Bind a table to it first, in the window or by nnstudio new."),
        )
    if not project.weights:
        raise StudioError(
            translate("Command", "This project has not been trained."),
            translate("Command", "Train it first: nnstudio train F.nns -o OUT.nns"),
        )
    return project.fitted or prepared_of(project, folder).fitted


def table_for(fitted: Fitted, graph: Graph, path: Path) -> Table:
    """Return the table; what the network knows as a category is read as one.

    Raise StudioError when a column is missing.
    """
    table = read_table(path)
    needed: dict[str, None] = {}
    for node in graph.of_kind("input"):
        needed |= dict.fromkeys(fitted.raw_columns(texts_of(node.layer, "columns")))
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise StudioError(
            translate("Command", "The table lacks the columns {names}.").format(
                names=", ".join(missing)
            ),
            translate("Command", "It has: {names}.").format(names=", ".join(table.columns)),
        )
    kinds = {
        name: "category"
        for name in needed
        if isinstance(fitted.code(name), CategoryCode) and table.kind(name) == "date"
    }
    return read_table(path, kinds=kinds) if kinds else table


def answers(project: Project, fitted: Fitted, table: Table) -> dict[str, list[Any]]:
    """Return the answer columns: the predicted class or number, and the class percentages."""
    network = network_of(project)
    inputs = {}
    for node in live_graph(project.graph).of_kind("input"):
        columns = texts_of(node.layer, "columns")
        raw = {name: table.column(name).values for name in fitted.raw_columns(columns)}
        inputs[node.id] = fitted.encode(columns, raw)
    found = network.predict(inputs)
    outputs = found if isinstance(found, Mapping) else {network.sinks[0]: found}
    answered: dict[str, list[Any]] = {}
    for id, values in outputs.items():
        columns = texts_of(project.graph[id].layer, "columns")
        answered |= _answer(fitted, columns, np.asarray(values, np.float64))
    return answered


def _answer(
    fitted: Fitted, columns: tuple[str, ...], values: NDArray[np.float64]
) -> dict[str, list[Any]]:
    targets = columns or fitted.targets
    decoded = fitted.decode_target(columns, values)
    name = translate("Command", "predicted {target}")
    if fitted.target_kind(columns) in ("numbers", "tensor"):
        flat = np.asarray(decoded).reshape(len(values), -1)
        names = targets if len(targets) == flat.shape[1] else range(1, flat.shape[1] + 1)
        return {
            name.format(target=target): flat[:, place].tolist()
            for place, target in enumerate(names)
        }
    classes = fitted.classes(columns)
    shares = np.hstack([1 - values, values]) if values.shape[1] == 1 else values
    shown = {name.format(target=targets[0]): list(decoded)}
    for place, label in enumerate(classes):
        shown[f"P({label})"] = shares[:, place].tolist()
    return shown


def csv_bytes(table: Table, columns: Mapping[str, list[Any]]) -> bytes:
    """Return the table with the answers behind it; answers of an earlier time are replaced."""
    kept = [name for name in table.columns if table.kind(name) != "tensor" and name not in columns]
    given = [table.values(name) for name in kept]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*kept, *columns])
    for row in zip(*given, *columns.values(), strict=True):
        writer.writerow(["" if value is None else value for value in row])
    # Korean Excel reads UTF-8 only behind a byte order mark
    return text.getvalue().encode("utf-8-sig")
