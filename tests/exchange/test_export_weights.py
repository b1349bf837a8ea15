"""safetensors and tables: every number, exactly, with its name."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load

from nnstudio.document import edits
from nnstudio.errors import StudioError
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.exchange.templates import load_template
from tests.helpers.exports import template
from tests.helpers.peers import peer


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def test_every_array_comes_back_bit_for_bit(tmp_path: Path) -> None:
    project = template("iris")
    EXPORTERS["safetensors"]().export(project, tmp_path / "net.safetensors")
    found = load((tmp_path / "net.safetensors").read_bytes())
    assert set(found) == set(project.weights)
    for name, array in project.weights.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array)


def test_the_header_tells_layers_columns_and_card(tmp_path: Path) -> None:
    EXPORTERS["safetensors"]().export(template("iris"), tmp_path / "net.safetensors")
    with safe_open(tmp_path / "net.safetensors", "np") as file:
        facts = file.metadata()
    assert [each["kind"] for each in json.loads(facts["layers"])] == [
        "input", "dense", "dense", "output",
    ]  # fmt: skip
    assert json.loads(facts["columns"])[0]["name"] == "sepal length"
    assert "What goes in" in facts["card"]


def test_torch_reads_the_weights_too(tmp_path: Path) -> None:
    torch = peer("torch")
    project = template("iris")
    EXPORTERS["safetensors"]().export(project, tmp_path / "net.safetensors")
    from safetensors.torch import load_file

    found = load_file(tmp_path / "net.safetensors")
    assert found["dense_1/weight"].dtype == torch.float64
    assert np.array_equal(found["dense_1/weight"].numpy(), project.weights["dense_1/weight"])


def test_cut_connections_are_zeros(tmp_path: Path) -> None:
    project = edits.cut(template("iris"), "dense_1/weight", (0, 1))
    EXPORTERS["safetensors"]().export(project, tmp_path / "net.safetensors")
    assert load((tmp_path / "net.safetensors").read_bytes())["dense_1/weight"][0, 1] == 0
    EXPORTERS["weights"]().export(project, tmp_path / "net.csv")
    assert ["dense_1/weight", "0 1", "0.0"] in rows(tmp_path / "net.csv")


def test_large_networks_keep_their_32_bits(tmp_path: Path) -> None:
    project = edits.set_training(load_template("iris"), "precision", "float32")
    EXPORTERS["safetensors"]().export(project, tmp_path / "net.safetensors")
    found = load((tmp_path / "net.safetensors").read_bytes())
    assert found["dense_1/weight"].dtype == np.float32


def test_the_weight_table_holds_every_number_exactly(tmp_path: Path) -> None:
    project = template("iris")
    EXPORTERS["weights"]().export(project, tmp_path / "net.csv")
    header, *found = rows(tmp_path / "net.csv")
    assert header == ["array", "index", "value"]
    assert len(found) == sum(array.size for array in project.weights.values())
    for name, place, value in found:
        index = tuple(int(i) for i in place.split())
        assert float(value) == project.weights[name][index]


def test_the_curves_are_a_row_per_epoch(tmp_path: Path) -> None:
    project = template("iris", 5)
    EXPORTERS["curves"]().export(project, tmp_path / "net.csv")
    header, *found = rows(tmp_path / "net.csv")
    assert {"epoch", "loss", "validation_loss"} <= set(header)
    assert [float(row[header.index("epoch")]) for row in found] == [1, 2, 3, 4, 5]
    assert (tmp_path / "net.csv").read_bytes().startswith(b"\xef\xbb\xbf"), "for Korean Excel"


def test_there_are_no_curves_before_the_training(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="no curves"):
        EXPORTERS["curves"]().export(load_template("iris"), tmp_path / "net.csv")
