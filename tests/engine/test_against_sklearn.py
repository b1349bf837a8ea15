"""Metrics, losses and training equal scikit-learn's where it has the same thing."""

import numpy as np
import pytest

from nnstudio.engine import LOSSES, METRICS, Network, Trainer, layers, metrics, optimizers
from tests.helpers.peers import peer

pytestmark = pytest.mark.peers
RNG = np.random.default_rng(4)
X, CLASSES = RNG.normal(size=(30, 3)), RNG.integers(0, 3, 30)
SHARES = RNG.dirichlet([1.0, 1.0, 1.0], 30)
VALUES, GUESSES = RNG.normal(size=(30, 2)), RNG.normal(size=(30, 2))


@pytest.mark.parametrize("alpha", [0.0, 0.3])
@pytest.mark.parametrize("hidden", [("tanh", "tanh"), ("logistic", "sigmoid"), ("relu", "relu")])
def test_epochs_of_gradient_descent(hidden: tuple[str, str], alpha: float) -> None:
    theirs, ours = hidden
    model = peer("sklearn.neural_network").MLPClassifier(
        (5, 4),
        activation=theirs,
        solver="sgd",
        momentum=0.0,
        batch_size=30,
        learning_rate_init=0.05,
        alpha=alpha,
        shuffle=False,
        random_state=1,
    )
    model.partial_fit(X, CLASSES, classes=[0, 1, 2])
    net = Network.sequential(
        (3,), [layers.Dense(5, ours), layers.Dense(4, ours), layers.Dense(3, "softmax")]
    )
    for index, (weight, bias) in enumerate(zip(model.coefs_, model.intercepts_, strict=True), 1):
        net.set_weights({f"dense_{index}/weight": weight, f"dense_{index}/bias": bias})
    trainer = Trainer(
        net, optimizer=optimizers.SGD(0.05), batch_size=0, shuffle=False, l2=alpha / 30
    )
    trainer.fit(X, CLASSES, 20)
    for _ in range(20):
        model.partial_fit(X, CLASSES)
    assert np.abs(net.predict(X) - model.predict_proba(X)).max() <= 1e-9


def test_metrics() -> None:
    sklearn = peer("sklearn.metrics")
    predicted = SHARES.argmax(axis=1)
    confusion = metrics.confusion_matrix(SHARES, CLASSES)
    assert np.array_equal(confusion, sklearn.confusion_matrix(CLASSES, predicted))
    precision, recall = metrics.precision_recall(confusion)
    assert precision == pytest.approx(
        sklearn.precision_score(CLASSES, predicted, average=None), abs=1e-12
    )
    assert recall == pytest.approx(
        sklearn.recall_score(CLASSES, predicted, average=None), abs=1e-12
    )
    accuracy = sklearn.accuracy_score(CLASSES, predicted)
    assert METRICS["accuracy"](SHARES, CLASSES) == pytest.approx(accuracy, abs=1e-12)
    one = VALUES[:, :1], GUESSES[:, :1]
    for id, expected in (
        ("r2", sklearn.r2_score(*one)),
        ("mean_absolute_error", sklearn.mean_absolute_error(*one)),
        ("root_mean_squared_error", sklearn.root_mean_squared_error(*one)),
    ):
        assert METRICS[id](one[1], one[0]) == pytest.approx(expected, abs=1e-12)


def test_losses() -> None:
    sklearn = peer("sklearn.metrics")
    rows = np.eye(3)[CLASSES]
    for id, given, target, expected in (
        ("mean_squared_error", GUESSES, VALUES, sklearn.mean_squared_error(VALUES, GUESSES)),
        ("mean_absolute_error", GUESSES, VALUES, sklearn.mean_absolute_error(VALUES, GUESSES)),
        ("categorical_crossentropy", SHARES, rows, sklearn.log_loss(CLASSES, SHARES)),
        (
            "binary_crossentropy",
            SHARES[:, :1],
            rows[:, :1],
            sklearn.log_loss(rows[:, 0], SHARES[:, 0]),
        ),
        (
            "hinge",
            GUESSES[:, :1],
            np.sign(VALUES[:, :1]),
            sklearn.hinge_loss(np.sign(VALUES[:, 0]), GUESSES[:, 0]),
        ),
    ):
        assert LOSSES[id](given, target) == pytest.approx(expected, abs=1e-12), id
