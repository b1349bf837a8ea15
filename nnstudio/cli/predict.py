"""`nnstudio predict`: answers of a trained network for every row of a table."""

import csv
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.cli.files import existing, load_project
from nnstudio.data import Table, read_table
from nnstudio.document.compile import network_of
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange.files import write_bytes
from nnstudio.i18n import translate


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("project", type=Path, metavar="F.nns")
    parser.add_argument("table", type=Path, metavar="IN.csv")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.csv")


def run(options: Namespace) -> None:
    """Read the table, predict, write the answers beside the rows."""
    project = load_project(options.project)
    table = read_table(existing(options.table))
    columns = answers(project, table)
    write_bytes(options.output, _csv(table, columns))
    text = translate("Command", "Wrote {count} rows to {file}.")
    print(text.format(count=table.row_count, file=options.output))


def answers(project: Project, table: Table) -> dict[str, list[Any]]:
    """Return the answer columns: the predicted class or number, and the class percentages.

    Raise StudioError when the project was never trained or a column is missing.
    """
    if project.fitted is None or not project.weights:
        raise StudioError(
            translate("Command", "This project has not been trained."),
            translate("Command", "Train it first: nnstudio train F.nns -o OUT.nns"),
        )
    network = network_of(project)
    inputs = {
        node.id: project.fitted.encode(_columns(node.layer.settings), _raw(project, table, node))
        for node in project.graph.of_kind("input")
    }
    found = network.predict(inputs)
    outputs = found if isinstance(found, Mapping) else {project.graph.sinks[0]: found}
    columns: dict[str, list[Any]] = {}
    for id, values in outputs.items():
        columns |= _answer(project, id, np.asarray(values, np.float64))
    return columns


def _columns(settings: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(settings.get("columns") or ())


def _raw(project: Project, table: Table, node: Any) -> dict[str, Any]:
    assert project.fitted is not None
    needed = project.fitted.raw_columns(_columns(node.layer.settings))
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise StudioError(
            translate("Command", "The table lacks the columns {names}.").format(
                names=", ".join(missing)
            ),
            translate("Command", "It has: {names}.").format(names=", ".join(table.columns)),
        )
    return {name: table.column(name).values for name in needed}


def _answer(project: Project, id: str, values: Any) -> dict[str, list[Any]]:
    fitted = project.fitted
    assert fitted is not None
    columns = _columns(project.graph[id].layer.settings)
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


def _csv(table: Table, columns: Mapping[str, list[Any]]) -> bytes:
    kept = [name for name in table.columns if table.kind(name) != "tensor"]
    given = [table.values(name) for name in kept]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*kept, *columns])
    for row in zip(*given, *columns.values(), strict=True):
        writer.writerow(["" if value is None else value for value in row])
    # Korean Excel reads UTF-8 only behind a byte order mark
    return text.getvalue().encode("utf-8-sig")
