"""predict.py runs anywhere with NumPy, on raw tables as people have them."""

import ast
import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnstudio.data import read_table
from nnstudio.document import edits
from nnstudio.document.own_table import bind_table
from nnstudio.document.project import Project
from nnstudio.engine import ACTIVATIONS, GraphBuilder, layers
from nnstudio.errors import StudioError
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.exchange.exporters.numpy_script import _load
from nnstudio.exchange.numpy_ops import Variables
from nnstudio.exchange.templates import load_template
from tests.helpers.exports import (
    HEADER,
    program_answers,
    school,
    school_csv,
    school_rows,
    template,
    trained,
    two_by_two,
)


def exported(project: Project, path: Path) -> Path:
    report = EXPORTERS["numpy"]().export(project, path)
    assert report.difference == pytest.approx(0, abs=1e-12)
    return path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run predict.py alone: no environment, no user folder, warnings are errors."""
    command = [sys.executable, "-I", "-W", "error", "-X", "utf8", str(folder / "predict.py")]
    return subprocess.run(
        [*command, *arguments], capture_output=True, text=True, encoding="utf-8", cwd=folder.parent
    )


def column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def test_a_cp949_table_with_gaps_gets_the_programs_answers(tmp_path: Path) -> None:
    path = school_csv(tmp_path / "table.csv", "cp949")
    project = school(path)
    folder = exported(project, tmp_path / "net")
    done = run(folder, str(path), "-o", str(tmp_path / "answers.csv"))
    assert done.returncode == 0, done.stderr
    second = program_answers(project, read_table(path))
    found = [float(each) for each in column(tmp_path / "answers.csv", "probabilities 합격")]
    assert found == pytest.approx(second[:, 0], abs=1e-9)
    assert project.fitted is not None
    names = column(tmp_path / "answers.csv", "class_name")
    assert names == project.fitted.decode_target((), second)


def test_a_class_and_a_number_come_out_of_two_inputs(tmp_path: Path) -> None:
    folder = exported(two_by_two(), tmp_path / "net")
    (tmp_path / "in.csv").write_text(
        "petal length,sepal width,sepal length\n1.4,3.5,5.1\n5.8,,6.9\n"
    )
    done = run(folder, str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv"))
    assert done.returncode == 0, done.stderr
    assert len(column(tmp_path / "out.csv", "output_1.class_name")) == 2
    widths = [float(each) for each in column(tmp_path / "out.csv", "output_2.value")]
    assert all(-1 < width < 4 for width in widths)


def test_the_stored_sample_can_be_repeated(tmp_path: Path) -> None:
    done = run(exported(template("digits_8x8"), tmp_path / "net"), "--check")
    assert done.returncode == 0, done.stderr
    assert "largest difference 0" in done.stdout


def test_the_script_needs_nothing_but_numpy_and_python_3_9(tmp_path: Path) -> None:
    text = (exported(template("iris"), tmp_path / "net") / "predict.py").read_text("utf-8")
    parsed = ast.parse(text, feature_version=(3, 9))
    names = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(parsed)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert names == {"argparse", "csv", "re", "math", "pathlib", "numpy"}


VARIANTS = {
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "semicolons and decimal commas": lambda text: (
        text.replace(",", ";").replace(".0", ",0").encode()
    ),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "only line feeds, blank rows": lambda text: (text.replace("\r\n", "\n") + "\n\n").encode(),
    "only carriage returns": lambda text: text.replace("\r\n", "\r").encode(),
    "padded cells": lambda text: text.replace(",", " , ").encode(),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_tables_of_many_shapes_are_read_alike(name: str, tmp_path: Path) -> None:
    project = school(school_csv(tmp_path / "table.csv"))
    module = _load(exported(project, tmp_path / "net") / "predict.py")
    expected = module.predict(module.read_rows(tmp_path / "table.csv"))
    text = "\r\n".join(",".join(row) for row in (HEADER, *school_rows()))
    (tmp_path / "other.csv").write_bytes(VARIANTS[name](text))
    found = module.predict(module.read_rows(tmp_path / "other.csv"))
    assert found["probabilities"] == pytest.approx(expected["probabilities"])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12.5", 12.5), ("12,5", 12.5), ("1,234", 1234.0), ("1,234.5", 1234.5), ("-3e2", -300.0),
        ("−4", -4.0), ("12.5%", 12.5), ("2024-03-01", 19783.0), ("2024. 3. 1.", 19783.0),
        ("2024년 3월 1일", 19783.0), ("", None), ("NA", None), ("-", None), ("결측", None),
    ],
)  # fmt: skip
def test_cells_are_read_as_the_program_reads_them(
    cell: str, value: float | None, tmp_path: Path
) -> None:
    module = _load(exported(template("xor"), tmp_path / "net") / "predict.py")
    found = module.number(cell, 2, "x", ",")
    assert np.isnan(found) if value is None else found == value


def test_what_is_no_number_is_named_with_its_place(tmp_path: Path) -> None:
    folder = exported(template("xor"), tmp_path / "net")
    (tmp_path / "bad.csv").write_text("x1,x2,x3\n0,1,1\n1,many,1\n")
    done = run(folder, str(tmp_path / "bad.csv"))
    assert done.returncode == 1
    assert "'many' in line 3 of column 'x2' is not a number" in done.stderr
    (tmp_path / "bad.csv").write_text("a,b\n0,1\n")
    done = run(folder, str(tmp_path / "bad.csv"))
    assert done.returncode == 1
    assert "no column 'x1'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("activation", ACTIVATIONS.ids())
def test_every_activation_survives_huge_values_quietly(activation: str, tmp_path: Path) -> None:
    build = GraphBuilder()
    end = build.add(layers.Dense(2, activation), build.add(layers.Input(shape=(2,))))
    build.add(layers.Output(), end)
    project = edits.complete_weights(Project(graph=build.build()))
    module = _load(exported(project, tmp_path / "net") / "predict.py")
    values = np.array([[1e6, -1e6], [np.nan, 0.0], [0.0, 0.0], [-800.0, 900.0]])
    found = module.predict({"input_1": values})["output_1.value"]
    assert np.isfinite(found[[0, 2, 3]]).all()


def test_names_that_are_words_of_python_do_no_harm(tmp_path: Path) -> None:
    names = ["return", "np", "lambda", "float", "a'b\"c", "x\\n", "__import__('os')", "값"]
    head = ",".join('"' + name.replace('"', '""') + '"' for name in names)
    rows = "\n".join(",".join(str((i * 7 + j) % 5) for j in range(8)) + f",{i % 2}"
                     for i in range(24))  # fmt: skip
    path = tmp_path / "table.csv"
    path.write_text(f"{head},y\n{rows}\n", encoding="utf-8")
    project = trained(bind_table(load_template("blank"), path, "y"), 1)
    text = (exported(project, tmp_path / "net") / "predict.py").read_text("utf-8")
    assert "__import__" not in text
    done = run(tmp_path / "net", str(path), "-o", str(tmp_path / "answers.csv"))
    assert done.returncode == 0, done.stderr


def test_variables_are_short_python_names_used_once() -> None:
    names = Variables()
    values = ["dense_1/weight", "dense_1-weight", "1 2", "값", "class", "np", "x" * 80]
    given = [names[value] for value in values]
    assert len(set(given)) == len(values)
    assert all(name.isidentifier() and name.isascii() and len(name) < 50 for name in given)
    assert names["np"] == names["np"] != "np"


def test_text_that_is_no_class_of_the_file_gets_an_answer_still(tmp_path: Path) -> None:
    project = school(school_csv(tmp_path / "table.csv"))
    module = _load(exported(project, tmp_path / "net") / "predict.py")
    fed = {
        "numbers": np.array([[165.0, 60.0, 19000.0]]),
        "성별": np.array(["외계인"]),
        "반": np.array(["9반"]),
    }
    assert module.predict(fed)["class_name"][0] in ("합격", "불합격")


def test_a_failed_export_leaves_the_former_folder(tmp_path: Path) -> None:
    folder = exported(template("iris"), tmp_path / "net")
    before = (folder / "model.npz").read_bytes()
    (folder / "answers.csv").write_text("mine")
    with pytest.raises(StudioError, match=r"answers\.csv"):
        EXPORTERS["numpy"]().export(template("xor"), folder)
    assert (folder / "model.npz").read_bytes() == before
    assert (folder / "answers.csv").read_text() == "mine"
