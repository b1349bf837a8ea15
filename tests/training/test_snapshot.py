"""What views get: only what they asked for, their own read-only copies, in the promised layout."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest

from nnstudio.document import edits
from nnstudio.training.session import Session
from nnstudio.training.snapshot import PARTS, Mailbox, Snapshot, Wants
from tests.helpers.projects import circle, trainable

FIELDS = tuple(part for part in PARTS if part != "statistics")


def look(project, *parts, example=0, resolution=24, epochs=0) -> Snapshot:
    session = Session(project)
    if epochs:
        session.train(epochs)
    return session.snapshot(Wants(frozenset(parts), example, resolution))


def arrays(value: Any) -> Iterator[np.ndarray]:
    if isinstance(value, np.ndarray):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name != "graph":
                yield from arrays(getattr(value, field.name))
    elif hasattr(value, "values"):
        for item in value.values():
            yield from arrays(item)


@pytest.mark.parametrize("part", FIELDS)
def test_only_what_was_asked_for_is_there(part):
    snapshot = look(circle(), part)
    assert snapshot.parts == {part}
    given = {name for name in FIELDS if getattr(snapshot, name) is not None}
    assert given == ({part} if part != "curve" else set())


def test_everything_is_a_read_only_copy():
    session = Session(circle())
    session.train(2)
    snapshot = session.snapshot(Wants(frozenset(PARTS)))
    before = [array.copy() for array in arrays(snapshot)]
    assert len(before) > 30
    assert not any(array.flags.writeable for array in arrays(snapshot))
    session.train(3)
    after = list(arrays(snapshot))
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_signals_are_those_of_the_example():
    session = Session(circle())
    snapshot = session.snapshot(Wants(frozenset({"signals"}), 5))
    row = session.prepared.train.inputs["input_1"][5]
    assert snapshot.signals["input_1"].tolist() == row.tolist()
    assert snapshot.signals["dense_1"].shape == (4,)
    assert snapshot.signals["output_1"] == pytest.approx(session.network.predict(row[None])[0])
    assert snapshot.example.row == session.prepared.train.rows[5]
    assert snapshot.example.raw["x1"] == pytest.approx(row[0])
    assert snapshot.example.raw["y"] in ("-1", "1")


def test_signals_of_typed_values():
    snapshot = look(circle(), "signals", example={"x1": 1.0, "x2": -2.0})
    assert snapshot.signals["input_1"].tolist() == [1.0, -2.0]
    assert snapshot.example.row is None
    assert snapshot.example.target is None


def test_maps_lie_the_right_way_up():
    session = Session(circle())
    session.train(5)
    snapshot = session.snapshot(Wants(frozenset({"maps", "output_map"}), 0, 24))
    x0, x1, y0, y1 = snapshot.plane.extent
    assert snapshot.plane.columns == ("x1", "x2")
    ix, iy = 20, 3
    point = [[x0 + (ix + 0.5) * (x1 - x0) / 24, y0 + (iy + 0.5) * (y1 - y0) / 24]]
    signals = session.network.signals(point)
    maps = snapshot.maps
    assert maps["dense_1"].shape == (4, 24, 24)
    assert maps["dense_1"][:, iy, ix] == pytest.approx(signals["dense_1"][0], abs=1e-6)
    assert maps["input_1"][0, iy, ix] == pytest.approx(point[0][0], abs=1e-6)
    output = snapshot.output_map
    assert output.values.shape == (48, 48, 1)
    assert np.array_equal(output.labels, (output.values[..., 0] >= 0.5).astype(int))
    assert output.classes == ("-1", "1")


def test_derived_columns_keep_the_plane():
    snapshot = look(trainable("iris", (4,)), "maps", "output_map", "confusion")
    assert snapshot.plane is None
    assert snapshot.maps is None
    assert snapshot.output_map is None
    assert snapshot.confusion["training"].shape == (3, 3)


def test_the_map_of_three_classes_has_their_shares():
    snapshot = look(trainable("blobs", (4,)), "output_map")
    assert snapshot.output_map.values.sum(axis=2) == pytest.approx(1.0, abs=1e-5)
    assert set(np.unique(snapshot.output_map.labels)) <= {0, 1, 2}
    assert len(snapshot.classes) == 3


def test_the_curve_goes_through_the_predictions():
    project = trainable("sine", (6,))
    scaled = [replace(c, scaling="standard") for c in project.data.columns]
    project = edits.set_data_spec(project, replace(project.data, columns=tuple(scaled)))
    session = Session(project)
    session.train(20)
    snapshot = session.snapshot(Wants(frozenset({"curve", "predictions"})))
    curve, found = snapshot.curve, snapshot.predictions.training
    assert curve.column == "x"
    assert curve.names == found.names == ("y",)
    x = session.reading.table.column("x").values[found.rows]
    expected = np.interp(x, curve.x, curve.y[:, 0])
    assert found.predicted[:, 0] == pytest.approx(expected, abs=0.01)
    y = session.reading.table.column("y").values[found.rows]
    assert found.true[:, 0] == pytest.approx(y)


def test_predictions_name_rows_and_classes():
    session = Session(circle())
    session.train(40)
    snapshot = session.snapshot(Wants(frozenset({"predictions", "confusion"})))
    found = snapshot.predictions.training
    assert np.array_equal(found.rows, session.prepared.train.rows)
    assert found.classes == ("-1", "1")
    assert found.probabilities.sum(axis=1) == pytest.approx(1.0)
    accuracy = np.mean(found.true == found.predicted)
    assert accuracy == snapshot.metrics["accuracy"]
    confusion = snapshot.confusion["training"]
    assert confusion.trace() / confusion.sum() == pytest.approx(accuracy)
    assert snapshot.predictions.test is not None


def test_gradients_and_units_have_numbers():
    project = trainable("circle", (3,), activation="relu")
    weights = {
        "dense_1/weight": np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 0.0]]),
        "dense_1/bias": np.array([9.0, 9.0, -1.0]),
    }
    snapshot = look(project.but(weights=weights), "gradients", "statistics")
    assert snapshot.statistics["dense_1"].dead == (2,)
    assert snapshot.statistics["dense_1"].smallest == 0.0
    gradient = snapshot.gradients["dense_1/weight"]
    assert gradient.counts.sum() == 6
    assert len(gradient.edges) == len(gradient.counts) + 1
    assert 0 < gradient.rms <= gradient.largest


def test_saturation_is_a_share():
    project = trainable("circle", (2,))
    heavy = {"dense_1/weight": np.full((2, 2), 100.0)}
    assert look(project.but(weights=heavy), "statistics").statistics["dense_1"].saturated > 0.9
    light = {"dense_1/weight": np.full((2, 2), 0.01)}
    assert look(project.but(weights=light), "statistics").statistics["dense_1"].saturated == 0.0


def test_the_mailbox_answers_only_questions_and_keeps_the_latest():
    box = Mailbox()
    assert box.question() is None
    box.ask(Wants(frozenset({"weights"})))
    box.ask(Wants(frozenset({"signals"})))
    assert box.question().parts == {"signals"}
    assert box.question() is None
    first, second = (Snapshot(graph=circle().graph, epoch=n, iteration=0, goal=1) for n in (1, 2))
    box.put(first)
    box.put(second)
    assert box.take() is second
    assert box.take() is None
