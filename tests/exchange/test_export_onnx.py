"""ONNX files answer raw rows like the program does, in another library, for every kind of layer."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnstudio.data import Table, datasets, read_table
from nnstudio.data.table import category_column, number_column
from nnstudio.document import edits
from nnstudio.document.compile import network_of
from nnstudio.document.project import Project
from nnstudio.engine import ACTIVATIONS, GraphBuilder, layers
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.exchange.exporters.onnx import _reference
from nnstudio.exchange.model import model_of
from tests.helpers.exports import (
    program_answers,
    raw_inputs,
    school,
    school_csv,
    slots,
    template,
    trained,
    two_by_two,
)
from tests.helpers.peers import peer


def exported(project: Project, path: Path) -> bytes:
    report = EXPORTERS["onnx"]().export(project, path)
    assert report.difference is not None
    assert report.difference < 1e-4
    return path.read_bytes()


def answers(content: bytes, fed: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Return what ONNX Runtime answers."""
    runtime = peer("onnxruntime")
    session = runtime.InferenceSession(content, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    plain = {n: a.astype(np.float32) if a.dtype.kind == "f" else a for n, a in fed.items()}
    return dict(zip(names, session.run(names, plain), strict=True))


def test_raw_school_rows_get_the_programs_answers(tmp_path: Path) -> None:
    path = school_csv(tmp_path / "table.csv")
    project, table = school(path), read_table(path)
    found = answers(exported(project, tmp_path / "net.onnx"), slots(project, table))
    second = program_answers(project, table)[:, 0]
    assert found["probabilities"][:, 1] == pytest.approx(second, abs=1e-5)
    assert project.fitted is not None
    decoded = project.fitted.decode_target((), second[:, None])
    assert found["class_name"].tolist() == decoded
    assert set(found["class_name"]) == {"합격", "불합격"}
    assert found["class_index"].dtype == np.int64


def test_texts_are_inputs_of_their_own_and_numbers_are_one(tmp_path: Path) -> None:
    project = school(school_csv(tmp_path / "table.csv"))
    session = peer("onnxruntime").InferenceSession(exported(project, tmp_path / "net.onnx"))
    inputs = {each.name: (each.type, each.shape) for each in session.get_inputs()}
    assert inputs == {
        "numbers": ("tensor(float)", ["N", 3]),
        "성별": ("tensor(string)", ["N"]),
        "반": ("tensor(string)", ["N"]),
    }


def test_unknown_categories_and_wild_numbers_are_answered_alike(tmp_path: Path) -> None:
    path = school_csv(tmp_path / "table.csv")
    project = school(path)
    table = Table(
        (
            number_column("키(cm)", np.array([1e30, -1e30, np.nan, 0.0])),
            number_column("몸무게", np.array([np.nan, 1e12, -5.0, 60.0])),
            number_column("측정일", np.array([19000.0, np.nan, 0.0, 1e6])),
            category_column("성별", ["외계인", None, "남", "여"]),
            category_column("반", [None, "9반", "1반", ""]),
        )
    )
    found = answers(exported(project, tmp_path / "net.onnx"), slots(project, table))
    second = program_answers(project, table)[:, 0]
    assert np.isfinite(found["probabilities"]).all()
    assert found["probabilities"][:, 1] == pytest.approx(second, abs=1e-4)


def test_numbers_come_out_in_their_unit(tmp_path: Path) -> None:
    path = school_csv(tmp_path / "table.csv")
    project, table = school(path, "몸무게"), read_table(path)
    found = answers(exported(project, tmp_path / "net.onnx"), slots(project, table))
    assert project.fitted is not None
    expected = project.fitted.decode_target((), program_answers(project, table))
    assert found["value"] == pytest.approx(expected, rel=1e-4)
    assert 30 < found["value"].mean() < 90


def test_pictures_go_in_as_they_are(tmp_path: Path) -> None:
    project = template("digits_8x8")
    assert project.data is not None
    model = model_of(project)
    found = answers(exported(project, tmp_path / "net.onnx"), dict(model.sample))
    assert model.sample["pixels"].shape == (32, 8, 8, 1)
    assert found["probabilities"].sum(axis=1) == pytest.approx(np.ones(32), abs=1e-5)


@pytest.mark.parametrize("activation", ACTIVATIONS.ids())
def test_every_activation_is_the_programs(activation: str, tmp_path: Path) -> None:
    build = GraphBuilder()
    start = build.add(layers.Input(shape=(3,)))
    hidden = build.add(layers.Activation(activation), build.add(layers.Dense(5), start))
    build.add(layers.Output(), build.add(layers.Dense(2, activation), hidden))
    project = Project(graph=build.build())
    found = answers(exported(project, tmp_path / "net.onnx"), dict(model_of(project).sample))
    expected = model_of(project).answers
    assert found["output_1.value"] == pytest.approx(expected["output_1.value"], abs=1e-5)


def every_layer() -> Project:
    """Return a net with two inputs, a skip, a join, two outputs and every kind of layer."""
    build = GraphBuilder()
    picture = build.add(layers.Input(shape=(3, 4, 1)))
    flat = build.add(layers.Flatten(), picture)
    left = build.add(layers.Dense(6, activation="tanh", bias="layer"), flat)
    left = build.add(layers.BatchNormalization(), left)
    left = build.add(layers.Dropout(0.5), left)
    right = build.add(layers.Dense(6, bias="none"), build.add(layers.Input(shape=(2,))))
    both = build.add(layers.Add(), left, right)
    joined = build.add(layers.Concatenate(), both, right)
    shaped = build.add(layers.Activation("leaky_relu"), joined)
    build.add(layers.Output(), build.add(layers.Dense(3, activation="softmax"), shaped))
    build.add(layers.Output(), build.add(layers.Dense(1, activation="elu"), both))
    project = edits.complete_weights(Project(graph=build.build()))
    rng = np.random.default_rng(0)
    statistics = {
        name: rng.uniform(0.5, 2, array.shape)
        for name, array in project.weights.items()
        if name.startswith("batch_normalization")
    }
    project = project.but(weights={**project.weights, **statistics})
    return edits.cut(project, "dense_1/weight", (slice(None), 2))


def test_every_layer_several_inputs_and_outputs(tmp_path: Path) -> None:
    project = every_layer()
    model = model_of(project)
    found = answers(exported(project, tmp_path / "net.onnx"), dict(model.sample))
    assert set(model.sample) == {"input_1", "input_2"}
    assert set(found) == {"output_1.value", "output_2.value"}
    for name, expected in model.answers.items():
        assert found[name] == pytest.approx(expected, abs=1e-5)


def test_two_tables_in_a_class_and_a_number_out(tmp_path: Path) -> None:
    project = two_by_two()
    assert project.fitted is not None
    assert project.data is not None
    found = answers(exported(project, tmp_path / "net.onnx"), dict(model_of(project).sample))
    table = datasets["iris"].load()
    raw = raw_inputs(project, table)
    fed, encoded = {}, {}
    for id, columns in (
        ("input_1", ("sepal length", "sepal width")),
        ("input_2", ("petal length",)),
    ):
        fed.update(project.fitted.feed(columns, raw[id], f"{id}."))
        encoded[id] = project.fitted.encode(columns, raw[id])
    found = answers((tmp_path / "net.onnx").read_bytes(), fed)
    expected = network_of(project).predict(encoded)
    assert found["output_1.probabilities"] == pytest.approx(expected["output_1"], abs=1e-5)
    names = project.fitted.decode_target(("species",), expected["output_1"])
    assert found["output_1.class_name"].tolist() == names
    widths = project.fitted.decode_target(("petal width",), expected["output_2"])
    assert found["output_2.value"] == pytest.approx(widths, abs=1e-4)


def test_cut_connections_are_zeros_in_the_file(tmp_path: Path) -> None:
    onnx = __import__("onnx")
    project = edits.cut(template("iris"), "dense_1/weight", (0, 1))
    assert project.weights["dense_1/weight"][0, 1] != 0
    proto = onnx.load_from_string(exported(project, tmp_path / "net.onnx"))
    arrays = {each.name: onnx.numpy_helper.to_array(each) for each in proto.graph.initializer}
    assert arrays["dense_1/weight"][0, 1] == 0
    assert np.count_nonzero(arrays["dense_1/weight"]) == 4 * 8 - 1


def test_the_file_is_of_2023_and_names_everything(tmp_path: Path) -> None:
    onnx = __import__("onnx")
    proto = onnx.load_from_string(exported(template("iris"), tmp_path / "net.onnx"))
    onnx.checker.check_model(proto)
    assert proto.ir_version == 8
    assert {each.domain: each.version for each in proto.opset_import} == {"": 17, "ai.onnx.ml": 2}
    assert all(node.name for node in proto.graph.node)
    assert {"dense_1/weight", "dense_2/bias"} <= {each.name for each in proto.graph.initializer}
    assert "What goes in" in proto.doc_string


def test_the_facts_of_the_data_travel_with_the_file(tmp_path: Path) -> None:
    onnx = __import__("onnx")
    proto = onnx.load_from_string(exported(template("iris"), tmp_path / "net.onnx"))
    facts = {each.key: each.value for each in proto.metadata_props}
    columns = {each["name"]: each for each in json.loads(facts["columns"])}
    assert columns["petal length"]["unit"] == "cm"
    assert columns["petal length"]["minimum"] == 1.0
    names = ["setosa", "versicolor", "virginica"]
    assert json.loads(facts["outputs"]) == {"probabilities": names}
    assert json.loads(facts["inputs"])["numbers"][0] == "sepal length"
    score = json.loads(facts["score"])
    assert score["part"] == "test"
    assert 0 < score["accuracy"] <= 1
    assert score["rows"] == {"test": 30, "validation": 24, "training": 96}
    assert facts["program"].startswith("NN Studio ")


def test_the_sample_in_the_file_can_be_repeated(tmp_path: Path) -> None:
    onnx = __import__("onnx")
    project = school(school_csv(tmp_path / "table.csv"))
    content = exported(project, tmp_path / "net.onnx")
    facts = {e.key: e.value for e in onnx.load_from_string(content).metadata_props}
    sample = json.loads(facts["sample"])
    fed = {
        name: np.array(values, dtype=object if isinstance(values[0], str) else float)
        for name, values in sample["inputs"].items()
    }
    assert len(fed["numbers"]) == 32
    assert np.isnan(fed["numbers"][-1]).all(), "the last row lacks everything"
    found = answers(content, fed)
    expected = np.array(sample["outputs"]["probabilities"])
    assert found["probabilities"] == pytest.approx(expected, abs=1e-5)
    assert found["class_name"].tolist() == sample["outputs"]["class_name"]


def test_the_sample_is_made_up_and_no_row_of_the_data(tmp_path: Path) -> None:
    path = school_csv(tmp_path / "table.csv")
    project, table = school(path), read_table(path)
    mine = {tuple(row) for row in slots(project, table)["numbers"].tolist()}
    assert not mine & {tuple(row) for row in model_of(project).sample["numbers"].tolist()}


def test_without_onnx_runtime_the_reference_reads_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    project = school(school_csv(tmp_path / "table.csv"))
    report = EXPORTERS["onnx"]().export(project, tmp_path / "net.onnx")
    assert report.reader == "ONNX"
    assert report.difference is not None
    assert report.difference < 1e-4


def test_the_reference_and_the_runtime_agree_on_every_layer(tmp_path: Path) -> None:
    project = every_layer()
    content = exported(project, tmp_path / "net.onnx")
    fed = {name: array.astype(np.float32) for name, array in model_of(project).sample.items()}
    reference = _reference(content, fed)
    runtime = answers(content, dict(fed))
    for ours, theirs in zip(reference, runtime.values(), strict=True):
        assert ours == pytest.approx(theirs, abs=1e-5)


def test_a_neuron_at_one_half_decides_as_in_the_program(tmp_path: Path) -> None:
    project = trained(template("perceptron", 1), 1)
    zeros = {name: np.zeros_like(array) for name, array in project.weights.items()}
    project = edits.set_setting(project.but(weights=zeros), "dense_1", "activation", "sigmoid")
    model = model_of(project)
    assert (model.answers["probabilities"] == 0.5).all()
    assert (model.answers["class_index"] == 1).all(), "0.5 counts for the second class"
    found = answers(exported(project, tmp_path / "net.onnx"), dict(model.sample))
    assert (found["class_index"] == 1).all()


def test_a_network_without_onnx_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    assert "onnx" in EXPORTERS["onnx"]().missing()
