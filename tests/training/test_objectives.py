"""The old learning rules, to the numbers the books give."""

import numpy as np
import pytest

from nnstudio.document import training
from nnstudio.errors import StudioError
from nnstudio.training.objective import OBJECTIVES
from nnstudio.training.outcome import Finished
from nnstudio.training.session import Session
from tests.helpers.projects import trainable

PERCEPTRON = {
    "objective": "perceptron",
    "optimizer": "sgd",
    "learning_rate": 1.0,
    "batch_size": 1,
    "shuffle": False,
    "epochs": 50,
}
# The book's step is 0 at 0; ours is 1 from its threshold on, so the threshold lies just above 0.
NEURON = {"activation": "step", "threshold": 1e-9, "initializer": "zeros"}


def perceptron(gate):
    return Session(trainable(gate, training=PERCEPTRON, last=NEURON))


@pytest.mark.parametrize(
    ("gate", "epoch", "weights", "bias"),
    [("and", 6, (2, 1), -2), ("or", 4, (1, 1), 0), ("nand", 6, (-2, -1), 3)],
)
def test_the_perceptron_learns_the_gates(gate, epoch, weights, bias):
    session = perceptron(gate)
    assert isinstance(session.train(), Finished)
    assert session.epoch == epoch
    assert session.network.weights["dense_1/weight"][:, 0].tolist() == list(weights)
    assert session.network.weights["dense_1/bias"].tolist() == [bias]
    assert session.evaluate()["training"]["accuracy"] == 1.0


def test_the_perceptron_never_learns_xor():
    session = perceptron("xor")
    session.train()
    assert session.epoch == 50
    assert session.evaluate()["training"]["accuracy"] == 0.5


def delta(weights, batch, epochs):
    project = trainable(
        "four_patterns",
        training={
            "objective": "delta",
            "optimizer": "sgd",
            "learning_rate": 0.9,
            "batch_size": batch,
            "shuffle": False,
        },
        last={"activation": "sigmoid", "bias": "none"},
    )
    start = {"dense_1/weight": np.array(weights)[:, None]}
    session = Session(project.but(weights=start))
    session.train(epochs)
    outputs = session.network.predict(session.prepared.train.inputs)
    return session.network.weights["dense_1/weight"][:, 0], outputs[:, 0]


@pytest.mark.parametrize(
    ("batch", "weights", "outputs"),
    [
        (1, (9.565512, -0.208833, -4.575137), (0.010200, 0.008293, 0.993243, 0.991687)),
        (2, None, (0.014548, 0.011803, 0.990392, 0.988151)),
        (0, (8.125659, -0.215962, -3.849849), (0.020839, 0.016860, 0.986290, 0.983041)),
    ],
)
def test_the_delta_rule_gives_the_book_s_numbers(batch, weights, outputs):
    found, answers = delta((0.5, -0.3, 0.1), batch, 10_000)
    assert answers == pytest.approx(outputs, abs=1e-5)
    if weights is not None:
        assert found == pytest.approx(weights, abs=1e-5)


@pytest.mark.parametrize("rule", ["perceptron", "delta"])
def test_the_old_rules_refuse_hidden_layers(rule):
    session = Session(trainable("xor", (4,), training={"objective": rule}))
    with pytest.raises(StudioError, match="one layer"):
        session.train()


def test_every_objective_of_the_plan_exists():
    assert set(OBJECTIVES.ids()) == {id for id, _ in training.OBJECTIVES}
    assert all(not kind.missing() for kind in OBJECTIVES)
