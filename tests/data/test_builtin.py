"""The shipped datasets: equal to their sources, the same for the same seed, ready to train on."""

import json
import math
from typing import Any

import numpy as np
import pytest

from nnstudio import i18n
from nnstudio.data import (
    Fitted,
    Source,
    datasets,
    load,
    prepare,
    shown_name,
    table_from_bytes,
    table_to_bytes,
)
from nnstudio.data.builtin import playground
from nnstudio.data.builtin.digits5x5 import ALTERED, DIGITS
from nnstudio.data.dataset import Dataset
from nnstudio.data.health import health
from nnstudio.errors import StudioError
from nnstudio.paths import resources
from tests.helpers.peers import peer

IDS = datasets.ids()


def arrays(id: str, **settings: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return all rows of a dataset as its default spec encodes them, in order."""
    dataset = datasets[id]
    spec = dataset.default_spec(**settings)
    prepared = prepare(spec, dataset.load(**settings), {"i": ()}, {"o": ()})
    return prepared.train.inputs["i"], prepared.train.targets["o"]


def test_everything_the_issue_names_is_there() -> None:
    named = """
    and or nand xor four_patterns circle plane_xor gauss spiral plane multi_gauss moons blobs sine
    constant digits5x5 digits8x8 iris wine breast_cancer diabetes
    """
    assert set(IDS) >= set(named.split())
    orders = [dataset.order for dataset in datasets]
    assert orders == sorted(orders)


@pytest.mark.parametrize("id", IDS)
def test_every_dataset_is_complete(id: str) -> None:
    dataset = datasets[id]
    assert dataset.label
    assert dataset.help.endswith((".", "?"))
    assert dataset.missing() == ""
    table = dataset.load()
    assert table_to_bytes(table) == table_to_bytes(dataset.load())
    assert table_to_bytes(table_from_bytes(table_to_bytes(table))) == table_to_bytes(table)
    assert not any(table.column(name).missing().any() for name in table.columns)
    spec = dataset.default_spec()
    assert spec.target_columns() == dataset.targets
    assert table_to_bytes(load(spec)) == table_to_bytes(table)
    prepared = prepare(spec, table, {"i": ()}, {"o": ()})
    assert Fitted.from_dict(prepared.fitted.to_dict()) == prepared.fitted
    shares = (spec.split.train, spec.split.validation, spec.split.test)
    parts = (prepared.train, prepared.validation, prepared.test)
    for share, part in zip(shares, parts, strict=True):
        assert len(part) == pytest.approx(share * table.row_count, abs=1)
        assert np.isfinite(part.inputs["i"]).all()
    if id != "constant":
        assert health(spec, table) == []


@pytest.mark.parametrize(
    "dataset", [each for each in datasets if each.parameters], ids=lambda d: d.id
)
def test_settings_are_checked_and_kept_in_the_source(dataset: Dataset) -> None:
    changed = {"seed": 5} if any(p.name == "seed" for p in dataset.parameters) else {}
    if "count" in dataset.settings():
        changed["count"] = 37
    spec = dataset.default_spec(**changed)
    table = load(spec)
    assert table_to_bytes(table) == table_to_bytes(dataset.load(**changed))
    if "count" in changed:
        assert table.row_count == 37
    with pytest.raises(StudioError):
        dataset.load(**{dataset.parameters[0].name: "?"})
    with pytest.raises(StudioError):
        dataset.load(unknown=1)


def test_gates_are_their_truth_tables() -> None:
    answers = {"and": [0, 0, 0, 1], "or": [0, 1, 1, 1], "nand": [1, 1, 1, 0], "xor": [0, 1, 1, 0]}
    for id, answer in answers.items():
        x, y = arrays(id)
        assert x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
        assert y[:, 0].tolist() == answer
    x, y = arrays("xor", constant_input=True, numeric_target=True)
    assert x.tolist() == [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
    assert y[:, 0].tolist() == [0, 1, 1, 0]


def test_the_four_patterns_of_the_delta_rule() -> None:
    x, y = arrays("four_patterns")
    assert x.tolist() == [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
    assert y[:, 0].tolist() == [0, 0, 1, 1]


def test_the_constant_data() -> None:
    x, y = arrays("constant")
    assert x.shape == (64, 1000)
    assert y.shape == (64, 10)
    assert (x == 0.025).all()
    assert (y == 1).all()


def test_five_by_five_digits_and_the_altered_ones() -> None:
    dataset = datasets["digits5x5"]
    prepared = prepare(dataset.default_spec(), dataset.load(), {"i": ()}, {"o": ()})
    assert prepared.train.rows.tolist() == [0, 1, 2, 3, 4]
    assert prepared.test.rows.tolist() == [5, 6, 7, 8, 9]
    assert prepared.train.inputs["i"].shape == (5, 5, 5, 1)
    assert np.array_equal(prepared.train.targets["o"], np.eye(5))
    assert prepared.train.inputs["i"][0, :, :, 0].tolist()[4] == [0, 1, 1, 1, 0]


def test_five_by_five_digits_reproduce_the_book() -> None:
    """25-50-5, sigmoid and softmax, α 0.9, MATLAB's rng(3): ΣCE 0.09814 after 10 epochs.

    MATLAB flattens a picture column by column, hence the transposed pictures here.
    """
    random = np.random.RandomState(3)
    first = 2 * random.rand(25, 50).T - 1
    second = 2 * random.rand(50, 5).T - 1
    x = np.array([[list(map(float, line)) for line in p.split()] for p in DIGITS + ALTERED])
    x = x.transpose(0, 2, 1).reshape(10, 25)

    def forward(row: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        hidden = 1 / (1 + np.exp(-first @ row))
        power = np.exp(second @ hidden)
        return hidden, power / power.sum()

    sums = {}
    for epoch in range(1, 1001):
        for k in range(5):
            hidden, output = forward(x[k])
            error = np.eye(5)[k] - output
            delta = hidden * (1 - hidden) * (second.T @ error)
            first += 0.9 * np.outer(delta, x[k])
            second += 0.9 * np.outer(error, hidden)
        if epoch in (10, 100, 1000):
            sums[epoch] = sum(-math.log(forward(x[k])[1][k]) for k in range(5))
    assert sums[10] == pytest.approx(0.09814, abs=5e-6)
    assert sums[100] == pytest.approx(0.00863, abs=5e-6)
    assert sums[1000] == pytest.approx(7.747e-4, abs=5e-8)
    assert [int(forward(row)[1].argmax()) + 1 for row in x[5:]] == [4, 2, 3, 5, 5]


def points(id: str, **settings: Any) -> tuple[np.ndarray, np.ndarray]:
    table = datasets[id].load(**settings)
    x = np.column_stack([table.column("x1").values, table.column("x2").values])
    return x, np.array([float(value) for value in table.values("y")])


def test_playground_sizes_and_halves() -> None:
    for id, count in {"circle": 500, "plane_xor": 500, "gauss": 500, "spiral": 500}.items():
        _, y = points(id)
        assert len(y) == count
        if id != "plane_xor":
            assert (y == 1).sum() == 250
    for id in ("plane", "multi_gauss"):
        assert len(points(id)[1]) == 1200


def test_playground_circle() -> None:
    x, y = points("circle")
    distance = np.hypot(*x.T)
    assert (distance[y == 1] < 2.5).all()
    assert ((distance[y == -1] >= 3.5) & (distance[y == -1] <= 5)).all()
    assert distance[y == 1].mean() == pytest.approx(1.25, abs=0.1)  # even in radius, not in area
    noisy = points("circle", noise=50)
    mixed = (np.hypot(*noisy[0].T) < 2.5) != (noisy[1] == 1)
    assert 0.1 < mixed.mean() < 0.5


def test_playground_xor() -> None:
    x, y = points("plane_xor")
    assert ((x[:, 0] * x[:, 1] >= 0) == (y == 1)).all()
    assert np.abs(x).min() >= 0.3
    assert np.abs(x).max() <= 5.3


def test_playground_gauss() -> None:
    for noise, variance in ((0, 0.5), (25, 2.25), (50, 4.0)):
        x, y = points("gauss", noise=noise, count=20_000)
        for label in (1, -1):
            cloud = x[y == label]
            assert cloud.mean(axis=0) == pytest.approx([2 * label, 2 * label], abs=0.08)
            assert cloud.var(axis=0) == pytest.approx([variance, variance], rel=0.06)


def test_playground_spiral_point_by_point() -> None:
    x, y = points("spiral", count=200)
    for place, (row, label) in enumerate(zip(x, y, strict=True)):
        i = place % 100
        angle = 1.75 * i / 100 * 2 * math.pi + (0 if label == 1 else math.pi)
        assert row[0] == pytest.approx(i / 100 * 5 * math.sin(angle), abs=1e-12)
        assert row[1] == pytest.approx(i / 100 * 5 * math.cos(angle), abs=1e-12)


def test_playground_regressions_point_by_point() -> None:
    x, y = points("plane")
    assert y == pytest.approx(x.sum(axis=1) / 10)
    x, y = points("multi_gauss")
    assert np.abs(x).max() <= 6
    for row, value in zip(x[:200], y, strict=False):
        best = 0.0
        for cx, cy, sign in playground.GAUSSIANS:
            bump = sign * min(1.0, max(0.0, 1 - math.hypot(row[0] - cx, row[1] - cy) / 2))
            if abs(bump) > abs(best):
                best = bump
        assert value == pytest.approx(best)


def test_playground_labels_as_numbers() -> None:
    table = datasets["circle"].load(numeric_target=True)
    assert table.kind("y") == "number"
    assert set(table.values("y")) == {-1.0, 1.0}


def test_the_sine_curve() -> None:
    table = datasets["sine"].load()
    x = np.array(table.values("x"))
    assert (x[0], x[-1]) == (-1, 1)
    assert table.values("y") == pytest.approx(np.sin(2 * np.pi * x) + 0.3 * x)
    line = np.polyfit(x, table.values("y"), 1)
    assert np.mean((np.polyval(line, x) - table.values("y")) ** 2) == pytest.approx(0.42, abs=0.01)


def test_blobs_have_their_classes() -> None:
    assert datasets["blobs"].load().column("y").categories == ("A", "B", "C")
    assert len(datasets["blobs"].load(classes=5).column("y").categories) == 5


@pytest.mark.peers
def test_moons_have_the_curves_of_scikit_learn() -> None:
    expected, labels = peer("sklearn.datasets").make_moons(101, shuffle=False, noise=None)
    x, y = points("moons", count=101, noise=0.0)
    order = np.argsort(labels, kind="stable")
    if (labels == 0).sum() == (y == 0).sum():
        np.testing.assert_allclose(x, expected[order], atol=1e-12)
    x, y = points("moons", count=100, noise=0.0)
    expected, labels = peer("sklearn.datasets").make_moons(100, shuffle=False, noise=None)
    np.testing.assert_allclose(x, expected, atol=1e-12)
    assert y.tolist() == labels.tolist()


@pytest.mark.peers
@pytest.mark.parametrize("id", ["iris", "wine", "breast_cancer"])
def test_class_tables_equal_scikit_learn(id: str) -> None:
    found = getattr(peer("sklearn.datasets"), f"load_{id}")()
    table = datasets[id].load()
    *features, target = table.columns
    x = np.column_stack([table.column(name).values for name in features])
    assert np.array_equal(x, found.data)
    names = [str(name) for name in found.target_names]
    if id == "wine":
        names = ["1", "2", "3"]
    assert table.values(target) == [names[int(label)] for label in found.target]


@pytest.mark.peers
def test_diabetes_equals_scikit_learn() -> None:
    found = peer("sklearn.datasets").load_diabetes(scaled=False)
    table = datasets["diabetes"].load()
    *features, target = table.columns
    x = np.column_stack([[float(value) for value in table.values(name)] for name in features])
    assert np.array_equal(x, found.data)
    assert np.array_equal(table.column(target).values, found.target)
    scaled = peer("sklearn.datasets").load_diabetes().data
    spec = datasets["diabetes"].default_spec()
    spec = type(spec)(spec.source, spec.columns, type(spec.split)(1.0, 0.0, 0.0), spec.seed)
    ours = prepare(spec, table, {"i": ("bmi",)}, {"o": ()}).train.inputs["i"][:, 0]
    np.testing.assert_allclose(ours / math.sqrt(442), scaled[:, 2], atol=1e-12)


@pytest.mark.peers
def test_digits_equal_scikit_learn() -> None:
    found = peer("sklearn.datasets").load_digits()
    table = datasets["digits8x8"].load()
    assert np.array_equal(table.column("pixels").values[..., 0], found.images)
    assert table.values("digit") == [str(label) for label in found.target]


@pytest.mark.peers
def test_scaling_equals_scikit_learn() -> None:
    preprocessing = peer("sklearn.preprocessing")
    dataset = datasets["wine"]
    for scaling, scaler in (
        ("standard", preprocessing.StandardScaler()),
        ("minmax", preprocessing.MinMaxScaler()),
    ):
        spec = dataset.default_spec()
        for name in spec.feature_columns():
            spec = spec.with_column(name, scaling=scaling)
        prepared = prepare(spec, dataset.load(), {"i": ()}, {"o": ()})
        raw = np.column_stack([dataset.load().column(n).values for n in spec.feature_columns()])
        scaler.fit(raw[prepared.train.rows])
        expected = scaler.transform(raw[prepared.test.rows])
        np.testing.assert_allclose(prepared.test.inputs["i"], expected, atol=1e-12)


def test_names_of_shipped_columns_are_translated_and_own_names_are_not() -> None:
    parts = resources() / "i18n" / "parts" / "data.json"
    korean = json.loads(parts.read_text("utf-8"))["Column"]
    for dataset in datasets:
        if dataset.words:
            assert set(dataset.load().columns) <= set(dataset.words)
            assert set(dataset.words) <= set(korean)
    source = datasets["iris"].source()
    i18n.set_language("ko")
    try:
        assert shown_name(source, "x1") == "x1"
        assert shown_name(Source("embedded", "t"), "species") == "species"
    finally:
        i18n.set_language("en")
    assert shown_name(source, "species") == "species"


def test_the_same_settings_share_one_table() -> None:
    assert datasets["circle"].load(seed=3) is datasets["circle"].load(seed=3)
    assert datasets["circle"].load(seed=3) is not datasets["circle"].load(seed=4)


def test_the_sources_of_shipped_data_are_named() -> None:
    for dataset in datasets:
        if dataset.group == "table" or dataset.id == "digits8x8":
            assert dataset.origin
