"""Reference numbers of the notes, part C: losses, back-propagation, descent, batches, dropout."""

import numpy as np
import pytest

from nnstudio.engine import LOSSES, METRICS, Network, Trainer, layers, optimizers
from nnstudio.engine.gradcheck import check
from nnstudio.engine.layers.dropout import kept_count
from nnstudio.engine.losses import entropy
from nnstudio.engine.playground import LANDSCAPES, descend
from tests.engine.examples_of_notes import LAST, PATTERNS, XOR

NEAR = 5.1e-7  # six printed digits


def hand_net(bias: str = "neuron") -> Network:
    """The 2-2-1 network that the notes compute by hand."""
    net = Network.sequential(
        (2,), [layers.Dense(2, "sigmoid", bias=bias), layers.Dense(1, "sigmoid", bias=bias)]
    )
    first = [0.1, 0.1] if bias == "neuron" else [0.1]
    net.set_weights(
        {
            "dense_1/weight": np.array([[0.5, -0.4], [0.3, 0.8]]).T,
            "dense_1/bias": first,
            "dense_2/weight": [[0.7], [-0.2]],
            "dense_2/bias": [-0.3],
        }
    )
    return net


def test_c01_c02_forward_and_error() -> None:
    signals = hand_net().signals([[1.0, 0.0]])
    assert signals["dense_1"][0] == pytest.approx([0.645656, 0.598688], abs=NEAR)
    assert signals["dense_2"][0, 0] == pytest.approx(0.508055, abs=NEAR)
    assert 1.0 - signals["dense_2"][0, 0] == pytest.approx(0.491945, abs=NEAR)


def test_c03_simple_rule_is_the_formula() -> None:
    net = Network.sequential((3,), [layers.Dense(1, bias="none")], seed=1)
    x, d, rate = np.array([0.3, -1.2, 0.7]), 0.4, 0.25
    before = net.weights["dense_1/weight"][:, 0]
    Trainer(net, optimizer=optimizers.SGD(rate), rule="perceptron").step(x[None], [d])
    expected = before + rate * (d - before @ x) * x
    assert np.abs(net.weights["dense_1/weight"][:, 0] - expected).max() <= 1e-12


def test_c04_delta_rule_is_the_formula() -> None:
    net = Network.sequential((3,), [layers.Dense(1, "sigmoid", bias="none")], seed=1)
    x, d, rate = np.array([0.3, -1.2, 0.7]), 1.0, 0.9
    before = net.weights["dense_1/weight"][:, 0]
    y = 1 / (1 + np.exp(-before @ x))
    Trainer(net, optimizer=optimizers.SGD(rate), rule="delta").step(x[None], [d])
    expected = before + rate * y * (1 - y) * (d - y) * x
    assert np.abs(net.weights["dense_1/weight"][:, 0] - expected).max() <= 1e-12


@pytest.mark.parametrize(("batch", "updates"), [(1, 4), (0, 1), (2, 2), (3, 2)])
def test_c05_c06_c07_updates_per_epoch(batch: int, updates: int) -> None:
    net = Network.sequential((3,), [layers.Dense(1, "sigmoid")])
    trainer = Trainer(net, "half_squared_error", batch_size=batch)
    trainer.fit(PATTERNS, LAST, 3)
    assert trainer.iteration == 3 * updates


def test_c07_equal_rows_multiply_the_gradient() -> None:
    net = Network.sequential((3,), [layers.Dense(4, "tanh"), layers.Dense(2)], seed=3)
    x, y = np.array([[0.2, -0.5, 1.0]]), np.array([[0.3, 0.9]])
    one = net.gradients(x, y, "sum_squared_error")
    many = net.gradients(np.repeat(x, 64, 0), np.repeat(y, 64, 0), "sum_squared_error")
    for name, gradient in one.items():
        assert many[name] == pytest.approx(64 * gradient, rel=1e-12)


@pytest.mark.parametrize(
    ("bias", "first_bias"), [("neuron", [0.117722, 0.094683]), ("layer", [0.112405])]
)
def test_c08_one_step_of_back_propagation(bias: str, first_bias: list[float]) -> None:
    net = hand_net(bias)
    gradients = net.gradients([[1.0, 0.0]], [1.0], "half_squared_error")
    assert -gradients["dense_2/bias"] == pytest.approx([0.122954], abs=NEAR)
    if bias == "neuron":
        assert -gradients["dense_1/bias"] == pytest.approx([0.019691, -0.005908], abs=NEAR)
    trainer = Trainer(net, "half_squared_error", optimizers.SGD(0.9), batch_size=1)
    trainer.step([[1.0, 0.0]], [1.0])
    w = net.weights
    assert w["dense_2/weight"][:, 0] == pytest.approx([0.771448, -0.133750], abs=NEAR)
    assert (
        pytest.approx(np.array([[0.517722, -0.4], [0.294683, 0.8]]), abs=NEAR)
        == w["dense_1/weight"].T
    )
    assert w["dense_2/bias"] == pytest.approx([-0.189341], abs=NEAR)
    assert w["dense_1/bias"] == pytest.approx(first_bias, abs=NEAR)
    assert check(net, [[1.0, 0.0]], [1.0], "half_squared_error") < 1e-6


@pytest.mark.parametrize(
    ("rate", "end"), [(0.01, 1.907491), (0.1, 2.999957), (0.5, 3.0), (0.9, 2.999957)]
)
def test_c11_descent_into_a_bowl(rate: float, end: float) -> None:
    path = descend(LANDSCAPES["bowl"].gradient, (0.0,), optimizers.SGD(rate), 50)
    assert path[-1, 0] == pytest.approx(end, abs=NEAR)
    if rate == 0.5:
        assert path[1, 0] == 3.0
    if rate == 0.9:
        assert path[1, 0] > 3.0 > path[2, 0]


def test_c11_too_large_rates() -> None:
    gradient = LANDSCAPES["bowl"].gradient
    bounces = descend(gradient, (0.0,), optimizers.SGD(1.0), 50)[:, 0]
    assert set(bounces.tolist()) == {0.0, 6.0}
    flies = descend(gradient, (0.0,), optimizers.SGD(1.1), 50)[-1, 0]
    assert flies == pytest.approx(-27298, abs=0.5)


def test_c12_two_valleys() -> None:
    valleys = LANDSCAPES["two_valleys"]
    ends = [
        descend(valleys.gradient, (start,), optimizers.SGD(0.01), 2000)[-1] for start in (2.0, -2.0)
    ]
    assert [end[0] for end in ends] == pytest.approx([1.130901, -1.300840], abs=NEAR)
    assert [valleys.value(end) for end in ends] == pytest.approx([-1.070230, -3.513905], abs=NEAR)
    rolled = descend(valleys.gradient, (2.0,), optimizers.Momentum(0.01, momentum=0.9), 2000)
    assert rolled[-1, 0] == pytest.approx(-1.300840, abs=NEAR)
    thrown = descend(valleys.gradient, (2.0,), optimizers.SGD(0.2), 20)[:, 0]
    assert abs(thrown[4]) > 1e4
    assert not np.isfinite(thrown[-1])


@pytest.mark.parametrize(
    ("optimizer", "loss"),
    [
        (optimizers.SGD(0.03), 2.8266e-2),
        (optimizers.Momentum(0.03, momentum=0.9), 2.1938e-4),
        (optimizers.AdaGrad(0.5, epsilon=1e-8), 9.3755e-3),
        (optimizers.RMSProp(0.05, rho=0.9), 9.5892e-2),
        (optimizers.Adam(0.3), 2.3750e-4),
    ],
    ids=lambda value: getattr(value, "id", ""),
)
def test_c15_optimizers_in_a_long_valley(optimizer: optimizers.Optimizer, loss: float) -> None:
    valley = LANDSCAPES["long_valley"]
    path = descend(valley.gradient, (5.0, 2.0), optimizer, 100)
    assert valley.value(path[-1]) == pytest.approx(loss, rel=1e-4)


def test_c16_c17_squared_errors() -> None:
    y, d = [[1.0], [2.0]], [[0.0], [0.0]]
    assert LOSSES["sum_squared_error"](y, d) == 5.0
    assert LOSSES["half_squared_error"](y, d) * 2 == 2.5
    assert LOSSES["half_squared_error"]([[1.0, 2.0]], [[0.0, 0.0]]) == 2.5
    assert LOSSES["mean_squared_error"](y, d) == 2.5


def test_c18_absolute_error() -> None:
    assert LOSSES["mean_absolute_error"]([[5.0], [-5.0]], [[0.0], [0.0]]) == 5.0


def test_c19_binary_crossentropy() -> None:
    loss = LOSSES["binary_crossentropy"]
    assert loss([[0.9]], [[1.0]]) == pytest.approx(0.105361, abs=NEAR)
    assert loss([[0.1]], [[1.0]]) == pytest.approx(2.302585, abs=NEAR)
    net = Network.sequential((1,), [layers.Dense(1, "sigmoid")])
    for logit in (-800.0, -3.0, 0.4, 30.0):
        net.set_weights({"dense_1/weight": [[0.0]], "dense_1/bias": [logit]})
        y = float(net.predict([[1.0]])[0, 0])
        for d in (0.0, 1.0):
            gradient = net.gradients([[1.0]], [[d]], "binary_crossentropy")
            assert abs(gradient["dense_1/bias"][0] - (y - d)) <= 1e-12
            value = Trainer(net, "binary_crossentropy").evaluate([[1.0]], [[d]])["loss"]
            assert value == pytest.approx(np.logaddexp(0, logit) - d * logit, rel=1e-12)


def test_c20_categorical_crossentropy() -> None:
    p = np.array([0.3, 0.6, 0.1])
    assert LOSSES["categorical_crossentropy"]([p], [[1, 0, 0]]) == pytest.approx(1.203973, abs=NEAR)
    net = Network.sequential((1,), [layers.Dense(3, "softmax")])
    net.set_weights({"dense_1/weight": np.zeros((1, 3)), "dense_1/bias": np.log(p)})
    gradient = net.gradients([[0.0]], [0], "categorical_crossentropy")["dense_1/bias"]
    assert gradient == pytest.approx([-0.7, 0.6, 0.1], abs=1e-12)
    assert gradient[1] / gradient[2] == pytest.approx(300 / 50)


def test_c22_entropy() -> None:
    assert entropy([0.5, 0.5]) == pytest.approx(0.693147, abs=NEAR)
    assert entropy([0.5, 0.5]) / np.log(2) == pytest.approx(1.0)
    assert entropy([1.0, 0.0]) == 0.0


def test_c23_accuracy() -> None:
    accuracy = METRICS["accuracy"]
    assert accuracy([[0.9], [0.2], [0.7], [0.6]], [1, 0, 1, 0]) == 0.75
    assert accuracy([[0.1, 0.9], [0.8, 0.2], [0.6, 0.4], [0.3, 0.7]], [1, 0, 0, 0]) == 0.75


def test_c24_class_numbers_are_one_hot_rows() -> None:
    net = Network.sequential((2,), [layers.Dense(3, "softmax")], seed=5)
    x = np.random.default_rng(0).normal(size=(3, 2))
    by_number = net.gradients(x, [0, 1, 2])
    by_row = net.gradients(x, np.eye(3))
    for name, gradient in by_number.items():
        assert np.array_equal(gradient, by_row[name])


@pytest.mark.parametrize(
    ("count", "batch", "drop", "iterations"),
    [(100, 20, False, 5), (4, 1, False, 4), (10, 4, False, 3), (10, 4, True, 2)],
)
def test_c25_c26_c27_iterations(count: int, batch: int, drop: bool, iterations: int) -> None:
    net = Network.sequential((1,), [layers.Dense(1)])
    trainer = Trainer(net, batch_size=batch, drop_last=drop)
    trainer.begin(np.zeros((count, 1)), np.zeros(count))
    assert trainer.batches_per_epoch == iterations
    assert trainer.advance(1000) == iterations
    assert (trainer.epoch, trainer.iteration) == (1, iterations)


@pytest.mark.parametrize(
    ("size", "rate", "kept"), [(20, 0.2, 16), (100, 0.5, 50), (25, 0.25, 19), (10, 0.25, 8)]
)
def test_c30_exact_dropout(size: int, rate: float, kept: int) -> None:
    assert kept_count(size, rate) == kept
    net = Network.sequential(
        (size,), [layers.Dropout(rate, "exact"), layers.Dense(size, bias="none")]
    )
    net.set_weights({"dense_1/weight": np.zeros((size, size))})
    x = np.ones((7, size))
    trainer = Trainer(net, "half_squared_error", optimizers.SGD(1.0))
    trainer.step(x, np.eye(size)[:7])
    touched = net.weights["dense_1/weight"][:, :7] * 7  # column k is example k's mask
    assert ((touched > 0).sum(axis=0) == kept).all()
    assert touched[touched > 0] == pytest.approx(1 / (1 - rate))
    off = net.predict(x) - x @ net.weights["dense_1/weight"]
    assert np.abs(off).max() <= 1e-12


def test_c32_weight_decay() -> None:
    net = Network.sequential((3,), [layers.Dense(4, "tanh"), layers.Dense(1)], seed=2)
    gradients = net.gradients(PATTERNS, XOR)
    before = net.weights
    trainer = Trainer(net, optimizer=optimizers.SGD(0.5), l2=0.1, batch_size=0)
    squares = sum((before[f"dense_{i}/weight"] ** 2).sum() for i in (1, 2))
    assert trainer.penalty == pytest.approx(0.05 * squares)
    trainer.step(PATTERNS, XOR)
    for name, gradient in gradients.items():
        added = 0.1 * before[name] if name.endswith("weight") else 0.0
        expected = before[name] - 0.5 * (gradient + added)
        assert net.weights[name] == pytest.approx(expected, abs=1e-15)


def test_c32_decayed_weights_are_smaller() -> None:
    sizes = []
    for l2 in (0.0, 0.05):
        net = Network.sequential((3,), [layers.Dense(4, "tanh"), layers.Dense(1)], seed=2)
        Trainer(net, optimizer=optimizers.Adam(0.05), l2=l2, batch_size=0).fit(PATTERNS, XOR, 300)
        sizes.append(sum(np.linalg.norm(net.weights[f"dense_{i}/weight"]) for i in (1, 2)))
    assert sizes[1] < sizes[0]
