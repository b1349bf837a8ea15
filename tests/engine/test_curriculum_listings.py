"""Reference numbers of the notes, part D: the code listings, run by this engine."""

from itertools import pairwise
from statistics import median

import numpy as np
import pytest

from nnstudio.engine import Network, Trainer, layers, optimizers
from tests.engine.examples_of_notes import LAST, PATTERNS, XOR, Matlab, digits, without_bias

START = np.array([[0.5], [-0.3], [0.1]])


def delta_net(start: np.ndarray = START) -> Network:
    net = Network.sequential((3,), [layers.Dense(1, "sigmoid", bias="none")])
    net.set_weights({"dense_1/weight": start})
    return net


def delta(net: Network, batch: int, targets: np.ndarray, epochs: int) -> list[float]:
    """Train by the delta rule in the order of the data; return the four answers."""
    trainer = Trainer(
        net, optimizer=optimizers.SGD(0.9), batch_size=batch, shuffle=False, rule="delta"
    )
    trainer.fit(PATTERNS, targets, epochs)
    return net.predict(PATTERNS)[:, 0].tolist()


def test_d01_delta_sgd() -> None:
    net = delta_net()
    y = delta(net, 1, LAST, 10_000)
    assert y == pytest.approx([0.010200, 0.008293, 0.993243, 0.991687], abs=1e-5)
    assert net.weights["dense_1/weight"][:, 0] == pytest.approx(
        [9.565512, -0.208833, -4.575137], abs=1e-5
    )


@pytest.mark.parametrize("seed", range(3))
def test_d01_from_any_start(seed: int) -> None:
    start = np.random.default_rng(seed).uniform(-1, 1, (3, 1))
    y = delta(delta_net(start), 1, LAST, 10_000)
    assert np.abs(np.subtract(y, LAST)).max() <= 0.02


@pytest.mark.parametrize(
    ("batch", "epochs", "answers", "weights"),
    [
        (0, 10_000, [0.020839, 0.016860, 0.986290, 0.983041], [8.125659, -0.215962, -3.849849]),
        (0, 40_000, [0.010203, 0.008295, 0.993240, 0.991682], None),
        (2, 10_000, [0.014548, 0.011803, 0.990392, 0.988151], None),
        (2, 20_000, [0.010201, 0.008293, 0.993243, 0.991685], None),
    ],
    ids=["D02", "D02 long", "D03", "D03 long"],
)
def test_d02_d03_batches(
    batch: int, epochs: int, answers: list[float], weights: list[float] | None
) -> None:
    net = delta_net()
    assert delta(net, batch, LAST, epochs) == pytest.approx(answers, abs=1.1e-6)
    if weights:
        assert net.weights["dense_1/weight"][:, 0] == pytest.approx(weights, abs=1.1e-6)


@pytest.mark.parametrize(("batch", "epoch"), [(1, 140), (2, 280), (0, 566)])
def test_d02_epochs_until_right(batch: int, epoch: int) -> None:
    net = delta_net()
    trainer = Trainer(
        net, optimizer=optimizers.SGD(0.9), batch_size=batch, shuffle=False, rule="delta"
    )
    assert epochs_until_right(trainer, LAST, 600) == epoch


def epochs_until_right(trainer: Trainer, targets: np.ndarray, most: int) -> int:
    """Return after how many epochs every error is below 0.1."""
    right: list[int] = []

    def look(epoch: int, values: object) -> bool:
        errors = np.abs(trainer.network.predict(PATTERNS)[:, 0] - targets)
        if errors.max() < 0.1:
            right.append(epoch)
        return bool(right)

    trainer.fit(PATTERNS, targets, most, on_epoch=look)
    return right[0] if right else most + 1


def test_d04_one_layer_cannot_do_xor() -> None:
    assert delta(delta_net(), 1, XOR, 10_000) == pytest.approx(
        [0.529653, 0.5, 0.470347, 0.440901], abs=1.1e-6
    )
    assert delta(delta_net(), 0, XOR, 10_000) == pytest.approx([0.5] * 4, abs=1e-6)


def xor_trainer(optimizer: optimizers.Optimizer, loss: str = "half_squared_error") -> Trainer:
    net = without_bias([3, 4, 1], "sigmoid", "sigmoid")
    return Trainer(net, loss, optimizer, batch_size=1, shuffle=False)


ROUTES = {
    "plain": (optimizers.SGD(0.9), [0.008335, 0.990995, 0.990395, 0.012911], 905),
    "reset": (
        optimizers.Momentum(0.9, momentum=0.9, reset_each_epoch=True),
        [0.003579, 0.993584, 0.992660, 0.011946],
        559,
    ),
    "kept": (
        optimizers.Momentum(0.9, momentum=0.9),
        [0.001958, 0.996567, 0.997169, 0.004199],
        97,
    ),
}


@pytest.mark.parametrize("route", ROUTES)
def test_d05_back_propagation_with_momentum(route: str) -> None:
    optimizer, answers, epochs = ROUTES[route]
    trainer = xor_trainer(optimizer)
    trainer.fit(PATTERNS, XOR, 10_000)
    y = trainer.network.predict(PATTERNS)[:, 0]
    assert y == pytest.approx(answers, abs=1.1e-6)
    assert epochs_until_right(xor_trainer(optimizer), XOR, 1000) == epochs


def test_d06_cross_entropy() -> None:
    trainer = xor_trainer(optimizers.SGD(0.9), "binary_crossentropy")
    trainer.fit(PATTERNS, XOR, 10_000)
    y = trainer.network.predict(PATTERNS)[:, 0]
    assert y == pytest.approx([0.000067, 0.999834, 0.999784, 0.000469], abs=1.1e-6)
    fresh = xor_trainer(optimizers.SGD(0.9), "binary_crossentropy")
    assert epochs_until_right(fresh, XOR, 500) == 398


def epochs_from_twenty_starts(optimizer: optimizers.Optimizer, loss: str) -> list[int]:
    """Return the epochs until right of the starts that get there within 4000."""
    found = []
    for seed in range(20):
        random = np.random.default_rng(seed)
        trainer = xor_trainer(optimizer, loss)
        first, last = random.uniform(-1, 1, (4, 3)), random.uniform(-1, 1, (1, 4))
        trainer.network.set_weights({"dense_1/weight": first.T, "dense_2/weight": last.T})
        found.append(epochs_until_right(trainer, XOR, 4000))
    return [epochs for epochs in found if epochs <= 4000]


@pytest.mark.parametrize(
    ("route", "solved", "middle"), [("plain", 19, 807), ("reset", 19, 607), ("kept", 20, 99)]
)
def test_d05_from_twenty_starts(route: str, solved: int, middle: int) -> None:
    found = epochs_from_twenty_starts(ROUTES[route][0], "half_squared_error")
    assert (len(found), median(found)) == (solved, middle)


@pytest.mark.parametrize(("rate", "solved"), [(0.9, 13), (0.5, 16), (0.2, 19)])
def test_d06_more_starts_get_stuck_at_high_rates(rate: float, solved: int) -> None:
    found = epochs_from_twenty_starts(optimizers.SGD(rate), "binary_crossentropy")
    assert len(found) == solved
    if rate == 0.9:
        assert median(found) == 301


def digit_trainer(sizes: list[int], hidden: str, rate: float) -> Trainer:
    net = without_bias(sizes, hidden, "softmax")
    return Trainer(
        net, "categorical_crossentropy", optimizers.SGD(rate), batch_size=1, shuffle=False
    )


def total_loss(trainer: Trainer, x: np.ndarray) -> float:
    return trainer.evaluate(x, np.arange(5))["loss"] * 5


def test_d08_digits() -> None:
    x, altered = digits()
    trainer = digit_trainer([25, 50, 5], "sigmoid", 0.9)
    found = {}
    for goal in (10, 100, 1000):
        trainer.fit(x, np.arange(5), goal - trainer.epoch)
        found[goal] = total_loss(trainer, x)
    assert found[10] == pytest.approx(0.09814, abs=5.1e-6)
    assert found[100] == pytest.approx(0.00863, abs=5.1e-6)
    assert found[1000] == pytest.approx(7.747e-4, abs=5.1e-8)
    flipped = np.repeat(x, 25, axis=0)
    flipped[np.arange(125), np.tile(np.arange(25), 5)] = (
        1 - flipped[np.arange(125), np.tile(np.arange(25), 5)]
    )
    predicted = trainer.network.predict(flipped).argmax(axis=1)
    assert (predicted == np.repeat(np.arange(5), 25)).all()
    trainer.fit(x, np.arange(5), 9000)
    p = trainer.network.predict(x)
    assert np.diag(p) == pytest.approx([0.999989, 0.999986, 0.999978, 0.999993, 0.999983], abs=1e-6)
    assert total_loss(trainer, x) == pytest.approx(7.015e-5, abs=5.1e-9)
    answers = trainer.network.predict(altered)
    assert (answers.argmax(axis=1) + 1).tolist() == [4, 2, 3, 5, 5]
    assert answers.max(axis=1) == pytest.approx([0.967, 0.994, 0.976, 0.471, 0.982], abs=5.1e-4)


def test_d09_deep_relu() -> None:
    x, altered = digits()
    trainer = digit_trainer([25, 20, 20, 20, 5], "relu", 0.01)
    trainer.fit(x, np.arange(5), 10_000)
    assert (trainer.network.predict(x).argmax(axis=1) == np.arange(5)).all()
    assert total_loss(trainer, x) <= 2e-4
    answers = trainer.network.predict(altered).argmax(axis=1) + 1
    assert answers.tolist() == [4, 2, 3, 5, 1]


def test_d09_deep_sigmoid_is_slower() -> None:
    x, _ = digits()
    trainer = digit_trainer([25, 20, 20, 20, 5], "sigmoid", 0.01)
    trainer.fit(x, np.arange(5), 10_000)
    assert total_loss(trainer, x) == pytest.approx(1.85e-2, abs=5.1e-5)
    trainer.fit(x, np.arange(5), 10_000)
    assert total_loss(trainer, x) == pytest.approx(8.2e-3, abs=5.1e-5)


def constant_net(seed: int = 0) -> Trainer:
    random = np.random.RandomState(seed)
    net = Network.sequential(
        (1000,),
        [layers.Dense(100, "relu", bias="none"), layers.Dense(10, bias="none")],
        dtype=np.float64,
    )
    net.set_weights(
        {"dense_1/weight": random.randn(1000, 100), "dense_2/weight": random.randn(100, 10)}
    )
    return Trainer(net, "sum_squared_error", optimizers.SGD(1e-6), batch_size=0)


def test_d12_constant_to_one() -> None:
    trainer = constant_net()
    assert trainer.network.parameter_count == 101_000
    losses = trainer.fit(np.full((64, 1000), 0.025), np.ones((64, 10)), 5001)["loss"]
    expected = {0: (23825.16, 5.1e-3), 1: (23426.2, 0.051), 100: (5030.2, 0.051)}
    expected |= {500: (31.36, 5.1e-3), 1000: (0.1249, 5.1e-5), 2000: (5.57e-6, 5.1e-9)}
    expected |= {5000: (1.9e-18, 5.1e-20)}
    for step, (loss, near) in expected.items():
        assert losses[step] == pytest.approx(loss, abs=near)
    assert all(after < before for before, after in pairwise(losses))


@pytest.mark.parametrize(("seed", "end", "near"), [(1, 5e-24, 5e-25), (2, 7e-15, 5e-16)])
def test_d12_other_starts(seed: int, end: float, near: float) -> None:
    trainer = constant_net(seed)
    losses = trainer.fit(np.full((64, 1000), 0.025), np.ones((64, 10)), 5001)["loss"]
    assert losses[5000] == pytest.approx(end, abs=near)


def test_matlab_start() -> None:
    """rng(3) is the Mersenne twister seeded with 3."""
    first = np.random.RandomState(3).random_sample(3) * 2 - 1
    assert Matlab().weight(4, 3)[0, :3].tolist() == first.tolist()
