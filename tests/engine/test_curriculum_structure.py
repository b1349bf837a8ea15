"""Reference numbers of the notes, part A: counts, perceptron, threshold, linear networks."""

import numpy as np
import pytest

from nnstudio.engine import ACTIVATIONS, Network, Trainer, layers, optimizers
from tests.engine.examples_of_notes import GATES


@pytest.mark.parametrize(("bias", "count"), [("neuron", 17), ("layer", 14), ("none", 12)])
def test_a12_parameters_of_2_4_1(bias: str, count: int) -> None:
    net = Network.sequential(
        (2,), [layers.Dense(4, "sigmoid", bias=bias), layers.Dense(1, "sigmoid", bias=bias)]
    )
    assert net.parameter_count == count


def perceptron() -> tuple[Network, Trainer]:
    """A step that needs more than 0, as in the notes: with whole numbers from 1/2 on."""
    step = layers.Dense(1, "step", initializer="zeros", threshold=0.5)
    net = Network.sequential((2,), [step])
    trainer = Trainer(
        net, optimizer=optimizers.SGD(1.0), batch_size=1, shuffle=False, rule="perceptron"
    )
    return net, trainer


@pytest.mark.parametrize(
    ("targets", "epoch", "weights", "bias"),
    [
        ([0, 0, 0, 1], 6, [2, 1], -2),
        ([0, 1, 1, 1], 4, [1, 1], 0),
        ([1, 1, 1, 0], 6, [-2, -1], 3),
    ],
)
def test_a13_perceptron_stops(
    targets: list[int], epoch: int, weights: list[float], bias: float
) -> None:
    net, trainer = perceptron()
    losses = trainer.fit(GATES, np.array(targets, dtype=float), 10)["loss"]
    assert losses.index(0.0) + 1 == epoch
    assert not any(losses[epoch:])
    assert net.weights["dense_1/weight"].ravel().tolist() == weights
    assert net.weights["dense_1/bias"].tolist() == [bias]


def test_a13_xor_never_stops() -> None:
    net, trainer = perceptron()
    targets = np.array([0.0, 1.0, 1.0, 0.0])
    right = []
    losses = trainer.fit(
        GATES,
        targets,
        100,
        on_epoch=lambda epoch, values: right.append(
            int((net.predict(GATES)[:, 0] == targets).sum())
        ),
    )["loss"]
    assert min(losses) > 0.0
    assert set(right[1:]) == {2}


def test_a14_threshold_is_minus_the_bias() -> None:
    step = ACTIVATIONS["step"].function
    assert step([0.49, 0.51], threshold=0.5).tolist() == [0.0, 1.0]
    x = np.linspace(-2, 2, 401)[:, None]
    by_threshold = Network.sequential((1,), [layers.Dense(1, "step", threshold=0.7)])
    by_bias = Network.sequential((1,), [layers.Dense(1, "step")])
    by_threshold.set_weights({"dense_1/weight": [[1.0]], "dense_1/bias": [0.0]})
    by_bias.set_weights({"dense_1/weight": [[1.0]], "dense_1/bias": [-0.7]})
    assert np.array_equal(by_threshold.predict(x), by_bias.predict(x))


def test_a15_linear_layers_are_one_matrix() -> None:
    net = Network.sequential((2,), [layers.Dense(4), layers.Dense(4), layers.Dense(1)], seed=2)
    w = net.weights
    matrix, shift = np.eye(2), np.zeros(2)
    for name in ("dense_1", "dense_2", "dense_3"):
        matrix = matrix @ w[f"{name}/weight"]
        shift = shift @ w[f"{name}/weight"] + w[f"{name}/bias"]
    x = np.random.default_rng(0).normal(size=(50, 2))
    assert np.abs(net.predict(x) - (x @ matrix + shift)).max() <= 1e-10
