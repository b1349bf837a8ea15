"""Projects worth exporting: trained on messy tables, odd graphs, every kind of layer."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data import Table, datasets, propose, read_table
from nnstudio.document import edits
from nnstudio.document.compile import bindings, live_graph, network_of
from nnstudio.document.own_table import keep_table
from nnstudio.document.project import Project
from nnstudio.engine import GraphBuilder, layers
from nnstudio.exchange.templates import load_template
from nnstudio.training.session import Session

HEADER = ("키(cm)", "몸무게", "성별", "반", "측정일", "결과")


def trained(project: Project, epochs: int = 2) -> Project:
    """Return the project after a few epochs."""
    session = Session(project)
    session.train(epochs)
    return session.result(project)


def template(id: str, epochs: int = 2) -> Project:
    """Return a trained template."""
    return trained(load_template(id), epochs)


def school_rows(count: int = 60) -> list[tuple[str, ...]]:
    """Return rows of texts as a school types them: gaps, dates with points, Hangul classes."""
    rng = np.random.default_rng(7)
    rows = []
    for place in range(count):
        height, weight = rng.normal(165, 8), rng.normal(58, 9)
        gender = "남" if height + rng.normal(0, 4) > 165 else "여"
        passed = "합격" if height > 0.5 * weight + 136 else "불합격"
        rows.append(
            (
                "" if place % 11 == 3 else f"{height:.1f}",
                "-" if place % 13 == 5 else f"{weight:.1f}",
                "" if place % 17 == 8 else gender,
                f"{place % 3 + 1}반",
                f"2024. {place % 12 + 1}. {place % 27 + 1}.",
                passed,
            )
        )
    return rows


def school_csv(path: Path, encoding: str = "cp949", count: int = 60) -> Path:
    """Write the school's table and return its path."""
    lines = [",".join(row) for row in (HEADER, *school_rows(count))]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def school(path: Path, target: str = "결과") -> Project:
    """Return a network trained on the school's table at `path`, dates included."""
    table = read_table(path)
    source, tables = keep_table(table, path, {})
    spec = propose(table, source, target).with_column("측정일", role="feature")
    return trained(edits.bind_data(load_template("blank"), spec, tables))


def two_by_two() -> Project:
    """Return Iris with two Inputs of their own columns, a class and a number to learn."""
    build = GraphBuilder()
    sepal = build.add(layers.Input(shape=(2,), columns=("sepal length", "sepal width")))
    petal = build.add(layers.Input(shape=(1,), columns=("petal length",)))
    left = build.add(layers.Dense(4, "tanh"), sepal)
    both = build.add(layers.Concatenate(), left, build.add(layers.Dense(4, "relu"), petal))
    classes = ("setosa", "versicolor", "virginica")
    species = build.add(layers.Dense(3, "softmax"), both)
    build.add(layers.Output(columns=("species",), classes=classes), species)
    build.add(layers.Output(columns=("petal width",)), build.add(layers.Dense(1), both))
    spec = datasets["iris"].default_spec().with_column("petal width", role="target")
    return trained(Project(graph=build.build()).but(data=spec), 5)


def raw_inputs(project: Project, table: Table) -> dict[str, dict[str, Any]]:
    """Return the raw values of a table by Input and column."""
    assert project.fitted is not None
    inputs, _ = bindings(live_graph(project.graph))
    return {
        id: {name: table.column(name).values for name in project.fitted.raw_columns(columns)}
        for id, columns in inputs.items()
    }


def slots(project: Project, table: Table) -> dict[str, NDArray[Any]]:
    """Return what an exported program is fed for the rows of a table (one Input)."""
    assert project.fitted is not None
    inputs, _ = bindings(live_graph(project.graph))
    (columns,) = inputs.values()
    (raw,) = raw_inputs(project, table).values()
    return project.fitted.feed(columns, raw)


def program_answers(project: Project, table: Table) -> NDArray[np.float64]:
    """Return what the program itself answers for the rows of a table, as its network gives it."""
    assert project.fitted is not None
    inputs, _ = bindings(live_graph(project.graph))
    raw = raw_inputs(project, table)
    encoded = {id: project.fitted.encode(columns, raw[id]) for id, columns in inputs.items()}
    found = network_of(project).predict(encoded)
    assert isinstance(found, np.ndarray)
    return np.asarray(found, np.float64)
