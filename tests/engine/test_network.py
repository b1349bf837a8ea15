"""The face of a network: names, shapes, masks, precision, and errors that say what fits."""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from nnstudio.engine import GraphBuilder, Network, Trainer, layers, losses, optimizers
from nnstudio.engine.initializers import initial_weights
from nnstudio.engine.rules import warn_untrainable
from nnstudio.errors import Refused, StudioError


def small(**options: Any) -> Network:
    return Network.sequential(
        (2,), [layers.Dense(3, "tanh"), layers.Dense(2, "softmax")], **options
    )


def test_the_face_scripts_use() -> None:
    net = Network.sequential(
        (784,), [layers.Dense(200, activation="sigmoid"), layers.Dense(10, activation="softmax")]
    )
    assert net.parameter_count == 159_010
    assert net.dtype == np.float32
    assert {name: array.shape for name, array in net.weights.items()} == {
        "dense_1/weight": (784, 200),
        "dense_1/bias": (200,),
        "dense_2/weight": (200, 10),
        "dense_2/bias": (10,),
    }
    summary = net.summary()
    assert "157,000" in summary
    assert "159,010" in summary
    x = np.random.default_rng(0).normal(size=(5, 784))
    assert net.predict(x).shape == (5, 10)
    assert net.predict(x).sum(axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    trainer = Trainer(net, losses.categorical_crossentropy, optimizers.Momentum(0.1))
    assert trainer.step(x, [0, 1, 2, 3, 4]) > trainer.step(x, [0, 1, 2, 3, 4])


def test_importing_the_engine_loads_no_window() -> None:
    code = "import sys, nnstudio.engine; print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_weights_are_copies_and_come_back_bit_by_bit() -> None:
    net = small(seed=3)
    given = net.weights
    given["dense_1/weight"][0, 0] = 5.0
    assert net.weights["dense_1/weight"][0, 0] != 5.0
    net.set_weights(given)
    other = Network(net.graph, seed=9, weights=net.weights)
    for name, array in other.weights.items():
        assert np.array_equal(array, given[name])
    x = np.random.default_rng(1).normal(size=(4, 2))
    assert np.array_equal(net.predict(x), other.predict(x))


def test_prediction_never_changes_weights() -> None:
    net = small()
    before = net.weights
    for _ in range(20):
        net.predict(np.ones((3, 2)))
    assert all(np.array_equal(before[name], array) for name, array in net.weights.items())


def test_a_new_layer_keeps_the_start_of_the_others() -> None:
    first = small(seed=7).graph
    build = GraphBuilder()
    last = build.add(layers.Input((2,)))
    for layer in (layers.Dense(3, "tanh"), layers.Dense(2, "softmax"), layers.Dense(4)):
        last = build.add(layer, last)
    before, after = initial_weights(first, 7), initial_weights(build.build(), 7)
    for name, array in before.items():
        assert np.array_equal(array, after[name])
    assert not np.array_equal(initial_weights(first, 8)["dense_1/weight"], before["dense_1/weight"])


def test_a_shared_bias_is_one_number() -> None:
    net = Network.sequential((2,), [layers.Dense(3, "tanh", bias="layer")], seed=1)
    net.set_weights({"dense_1/bias": [0.7]})
    assert net.weights["dense_1/bias"].tolist() == [0.7]
    assert np.tanh(0.7) == pytest.approx(net.predict(np.zeros((1, 2)))[0], abs=1e-15)
    Trainer(net, "mean_squared_error", "adam").fit(np.ones((4, 2)), np.eye(4, 3), 5)
    assert net.weights["dense_1/bias"].shape == (1,)


def test_signals_of_every_node() -> None:
    net = small(seed=2)
    x = np.random.default_rng(3).normal(size=(600, 2))
    signals = net.signals(x)
    w = net.weights
    hidden = np.tanh(x @ w["dense_1/weight"] + w["dense_1/bias"])
    assert list(signals) == ["input_1", "dense_1", "dense_2"]
    assert np.abs(signals["input_1"] - x).max() == 0.0
    assert np.abs(signals["dense_1"] - hidden).max() <= 1e-14
    assert np.array_equal(signals["dense_2"], net.predict(x))


def test_masks_cut_and_open_again() -> None:
    mask = np.array([[True, False, True], [True, True, False]])
    net = Network(small(seed=2).graph, seed=2, masks={"dense_1/weight.mask": mask})
    assert not net.weights["dense_1/weight"][~mask].any()
    gradients = net.gradients(np.ones((3, 2)), [0, 1, 1])
    assert not gradients["dense_1/weight"][~mask].any()
    net.set_weights({"dense_1/weight": np.ones((2, 3))})
    assert net.weights["dense_1/weight"].tolist() == mask.astype(float).tolist()
    net.set_masks({})
    net.set_weights({"dense_1/weight": np.ones((2, 3))})
    assert net.weights["dense_1/weight"].all()


@pytest.mark.parametrize("value", [-1e4, -500.0, 500.0, 1e4, 1e300])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_softmax_of_huge_sums(value: float, dtype: Any) -> None:
    net = Network.sequential((1,), [layers.Dense(3, "softmax")], dtype=dtype)
    largest = float(np.finfo(dtype).max) / 4
    net.set_weights(
        {
            "dense_1/weight": np.zeros((1, 3)),
            "dense_1/bias": np.clip([value, value - 1.0, value / 2], -largest, largest),
        }
    )
    shares = net.predict([[1.0]])[0]
    assert shares.sum() == pytest.approx(1.0, abs=1e-6)
    bias = net.weights["dense_1/bias"].astype(float)
    expected = np.exp(bias - bias.max())
    assert shares == pytest.approx(expected / expected.sum(), abs=1e-6)
    gradient = net.gradients([[1.0]], [1])["dense_1/bias"]
    assert gradient == pytest.approx(shares - [0, 1, 0], abs=1e-6)


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 700])
def test_odd_numbers_of_rows(count: int) -> None:
    net = small(seed=4)
    x = np.random.default_rng(0).normal(size=(count, 2))
    one_by_one = np.concatenate([net.predict(row[None]) for row in x])
    assert np.abs(net.predict(x) - one_by_one).max() <= 1e-14
    loss = Trainer(net).evaluate(x, np.zeros(count, dtype=int))["loss"]
    assert loss == pytest.approx(-np.log(one_by_one[:, 0]).mean(), rel=1e-12)


def test_no_rows() -> None:
    assert small().predict(np.zeros((0, 2))).shape == (0, 2)


def mistakes() -> dict[str, tuple[Any, str]]:
    net = small()
    x = np.ones((4, 2))
    two = GraphBuilder()
    a, b = two.add(layers.Input((2,))), two.add(layers.Input((3,)))
    both = Network(two.add(layers.Dense(1), two.add(layers.Concatenate(), a, b)) and two.build())
    trainer = Trainer(net)
    return {
        "wide": (lambda: net.predict(np.ones((4, 3))), r"takes \(N, 2\). Received: \(4, 3\)"),
        "flat": (lambda: net.predict(np.ones(2)), r"Received: \(2,\)"),
        "text": (lambda: net.predict([["a", "b"]]), "must be numbers. Received: list"),
        "ragged": (lambda: net.predict([[1, 2], [3]]), "must be numbers"),
        "none": (lambda: net.predict(None), "must be numbers. Received: NoneType"),
        "nan": (lambda: net.predict([[1.0, np.nan]]), r"1 values .* the first at \(0, 1\)"),
        "infinite": (lambda: trainer.step([[np.inf, 0.0]], [1]), "not finite"),
        "nan target": (lambda: Trainer(net, "huber").step(x, x * np.nan), "Targets contain 8"),
        "class": (lambda: trainer.step(x, [0, 1, 2, 0]), "classes 0 to 1. Received: 0 to 2"),
        "share": (lambda: trainer.step(x, x * 1.5), "targets from 0 to 1"),
        "few": (lambda: trainer.step(x, [0, 1]), "4 inputs came with 2 targets"),
        "shape": (lambda: trainer.step(x, np.ones((4, 3)) * 0.5), r"gives \(N, 2\)"),
        "loss": (lambda: Trainer(net, "mse"), "nothing called mse. Use one of: mean_squared"),
        "optimizer": (lambda: Trainer(net, optimizer="adamm"), "Use one of: sgd"),
        "metric": (lambda: Trainer(net, metrics=("f1",)), "Use one of: accuracy"),
        "schedule": (lambda: Trainer(net, schedule="linear"), "Use one of: constant"),
        "rule": (lambda: Trainer(net, rule="hebb"), "Use one of: gradient"),
        "deep": (lambda: Trainer(net, rule="perceptron"), "one layer, but the network has 2"),
        "output": (lambda: Trainer(net, {"dense_9": "huber"}), "Use one of: dense_2"),
        "weight": (lambda: net.set_weights({"dense_1/w": x}), "Use one of: dense_1/weight"),
        "weight shape": (lambda: net.set_weights({"dense_1/bias": [1.0]}), "Received: "),
        "mask": (lambda: net.set_masks({"dense_1/weight": x}), "dense_1/weight.mask"),
        "inputs": (lambda: both.predict(x), "2: input_1, input_2"),
        "input": (lambda: both.predict({"input_1": x}), "for input_2 are missing"),
        "lengths": (
            lambda: both.predict({"input_1": x, "input_2": np.ones((3, 3))}),
            "different numbers of examples",
        ),
        "empty": (lambda: trainer.fit(np.ones((0, 2)), [], 1), "no training examples"),
        "begin": (lambda: Trainer(net).advance(), "no examples yet"),
        "precision": (lambda: small(dtype=np.float16), "can't compute in float16"),
        "units": (lambda: layers.Dense(0), "Neurons can't be 0"),
        "setting": (lambda: layers.Dense(3, colour="red"), "Dense has no setting colour"),
    }


MISTAKES = mistakes()


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_named(name: str) -> None:
    action, message = MISTAKES[name]
    with pytest.raises(StudioError, match=message) as caught:
        action()
    assert caught.value.hint


def test_refusals_of_wires() -> None:
    build = GraphBuilder()
    x = build.add(layers.Input((2, 2)))
    with pytest.raises(Refused, match="2 × 2 arrives") as caught:
        build.add(layers.Dense(3), x)
    assert caught.value.fix == "insert_flatten"
    flat = build.add(layers.Flatten(), x)
    with pytest.raises(Refused, match="equal shapes"):
        build.add(layers.Add(), flat, x)
    with pytest.raises(Refused, match="takes one input, but 2"):
        build.add(layers.Dense(2), flat, flat)


def test_step_stops_gradients_and_says_where() -> None:

    graph = Network.sequential((2,), [layers.Dense(3, "step"), layers.Dense(1)]).graph
    assert warn_untrainable(graph) == "dense_1"
    assert warn_untrainable(small().graph) == ""


def test_huge_and_tiny_inputs_and_constant_columns() -> None:
    for scale in (1e-300, 1e150):
        net = small(seed=1)
        x = np.full((6, 2), scale)
        trainer = Trainer(net, batch_size=4)
        losses_seen = trainer.fit(x, [0, 1, 0, 1, 0, 1], 3)["loss"]
        assert np.isfinite(losses_seen).all()
    one_class = small(seed=1)
    assert Trainer(one_class, optimizer="adam").fit(np.ones((5, 2)), [1] * 5, 20)["loss"][-1] < 1
