"""The trainer: same numbers however it is called, exact resume, live settings, early stopping."""

import json
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnstudio.engine import OPTIMIZERS, Graph, GraphBuilder, Network, Trainer, layers, optimizers
from nnstudio.errors import StudioError

RNG = np.random.default_rng(12)
X = RNG.normal(size=(23, 3))
Y = RNG.integers(0, 3, 23)


def dropping(seed: int = 1) -> Network:
    """A network with everything that is random or remembers."""
    return Network.sequential(
        (3,),
        [
            layers.Dense(6, "relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.3),
            layers.Dense(3, "softmax"),
        ],
        seed=seed,
    )


def tiny(seed: int = 1) -> Network:
    """A network small enough for plain arithmetic."""
    return Network.sequential(
        (3,), [layers.Dense(4, "tanh"), layers.Dense(3, "sigmoid")], seed=seed
    )


def trainer_of(net: Network, **options: Any) -> Trainer:
    options = {"optimizer": optimizers.Adam(0.01), "batch_size": 5, **options}
    return Trainer(net, **options)


def same(first: Network, second: Network) -> bool:
    a, b = first.weights, second.weights
    return all(np.array_equal(a[name], b[name]) for name in a)


CASES: dict[str, tuple[Callable[..., Network], dict[str, Any]]] = {
    "dropout": (dropping, {}),
    "scalar": (tiny, {"batch_size": 1}),
    "even": (tiny, {"batch_size": 23, "optimizer": optimizers.Momentum(0.1)}),
    "last batch left out": (dropping, {"drop_last": True}),
    "in order": (tiny, {"shuffle": False, "optimizer": optimizers.Momentum(0.1)}),
    "schedule": (tiny, {"schedule": "cosine", "schedule_steps": 9}),
}


@pytest.mark.parametrize("case", CASES)
def test_results_do_not_depend_on_how_steps_are_called(case: str) -> None:
    make, options = CASES[case]
    whole, looked, chunked, timed = (make() for _ in range(4))
    losses = trainer_of(whole, **options).fit(X, Y, 6)["loss"]
    again = trainer_of(looked, **options).fit(X, Y, 6, on_epoch=lambda epoch, values: None)
    assert again["loss"] == losses
    trainer = trainer_of(chunked, **options)
    trainer.begin(X, Y)
    means, sizes = [], iter([1, 2, 1, 3, 1, 4, 2] * 100)
    while trainer.epoch < 6:
        trainer.advance(next(sizes))
        if not trainer.batch_in_epoch:
            means.append(trainer.epoch_loss)
    assert means == losses
    trainer = trainer_of(timed, **options)
    trainer.begin(X, Y)
    while trainer.epoch < 6:
        assert trainer.advance(seconds=1e-5) >= 1
        chunked.predict(X)
    assert same(whole, looked)
    assert same(whole, chunked)
    assert same(whole, timed)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("stop", [0, 3])
def test_resume_is_exact(case: str, stop: int) -> None:
    make, options = CASES[case]
    straight, first = make(), make()
    trainer_of(straight, **options).fit(X, Y, 8)
    trainer = trainer_of(first, **options)
    trainer.begin(X, Y)
    for _ in range(4):
        trainer.advance(sys.maxsize)
    if stop and trainer.batches_per_epoch > stop:
        trainer.advance(stop)
    slots, generator = trainer.state()
    generator = json.loads(json.dumps(generator))
    weights = first.weights
    second = make(seed=99)
    second.set_weights(weights)
    other = trainer_of(second, **{**options, "seed": 77})
    other.begin(X, Y)
    other.restore(slots, generator)
    while other.epoch < 8:
        other.advance(sys.maxsize)
    assert same(straight, second)


@pytest.mark.parametrize("kind", [kind.id for kind in OPTIMIZERS])
@pytest.mark.parametrize("penalty", [{}, {"l2": 0.01}, {"l1": 0.01}])
def test_plain_arithmetic_equals_arrays(kind: str, penalty: dict[str, float]) -> None:
    """The scalar plan against the plan on arrays, which clipping at a high limit forces."""
    masks = {"dense_1/weight.mask": np.ones((3, 4), dtype=bool)}
    masks["dense_1/weight.mask"][1, 2] = False
    masks["dense_2/weight.frozen"] = np.eye(4, 3, dtype=bool)
    for bias in ("neuron", "layer", "none"):
        nets = []
        for limit in (None, 1e9):
            net = Network.sequential(
                (3,),
                [layers.Dense(4, "leaky_relu", bias), layers.Dense(3, "sigmoid", bias)],
                seed=3,
            )
            net.set_masks(masks)
            trainer = Trainer(
                net, "mean_squared_error", kind, batch_size=1, clip_norm=limit, **penalty
            )
            trainer.fit(X, np.eye(3)[Y], 4)
            nets.append(net.weights)
        for name, array in nets[0].items():
            assert np.abs(array - nets[1][name]).max() <= 1e-12, name


def test_overflow_in_plain_arithmetic_goes_on_with_arrays() -> None:
    net = Network.sequential((1,), [layers.Dense(2, "sigmoid"), layers.Dense(1)], seed=1)
    start = net.weights
    x = np.array([[1.0], [-5000.0], [0.5], [4000.0]])
    y = np.array([[1.0], [0.0], [1.0], [0.5]])
    options: dict[str, Any] = {"batch_size": 1, "shuffle": False}
    history = Trainer(net, "mean_squared_error", **options).fit(x, y, 3)
    other = Network(net.graph, weights=start)
    expected = Trainer(other, "mean_squared_error", clip_norm=1e12, **options).fit(x, y, 3)
    assert history["loss"] == pytest.approx(expected["loss"], rel=1e-12)
    for name, array in net.weights.items():
        assert array == pytest.approx(other.weights[name], rel=1e-12)


def test_divergence_is_an_answer_not_an_accident() -> None:
    for batch in (1, 4):
        net = Network.sequential((3,), [layers.Dense(4), layers.Dense(1)], seed=1)
        trainer = Trainer(net, "mean_squared_error", optimizers.SGD(100.0), batch_size=batch)
        losses = trainer.fit(X, X[:, 0], 200)["loss"]
        assert not np.isfinite(losses[-1])


def test_live_settings() -> None:
    net = tiny()
    trainer = Trainer(net, optimizer=optimizers.Momentum(0.1), batch_size=5)
    trainer.begin(X, Y)
    trainer.advance(2)
    trainer.set("learning_rate", 0.05)
    trainer.set("momentum", 0.5)
    trainer.set("l2", 0.01)
    trainer.set("batch_size", 2)
    assert trainer.learning_rate == 0.05
    assert trainer.advance(sys.maxsize) == 3  # the epoch ends in batches of five
    assert trainer.advance(sys.maxsize) == 12
    with pytest.raises(StudioError, match="nothing called beta_1"):
        trainer.set("beta_1", 0.5)
    with pytest.raises(StudioError, match="can't be -1"):
        trainer.set("batch_size", -1)


def test_a_new_rate_acts_at_once_on_momentum() -> None:
    """As in PyTorch: the velocity stays, the rate multiplies it outside."""
    net = Network.sequential((1,), [layers.Dense(1, bias="none")])
    net.set_weights({"dense_1/weight": [[1.0]]})
    trainer = Trainer(net, "half_squared_error", optimizers.Momentum(0.1, momentum=0.5))
    one, none = np.ones((1, 1)), np.zeros((1, 1))
    w, v = 1.0, 0.0
    for rate in (0.1, 0.1, 0.3, 0.2):
        trainer.set("learning_rate", rate)
        trainer.step(one, none)
        v = 0.5 * v + w
        w -= rate * v
        assert net.weights["dense_1/weight"][0, 0] == pytest.approx(w, abs=1e-12)


def test_masks_and_weights_set_while_training() -> None:
    net = tiny()
    trainer = Trainer(net, optimizer=optimizers.Adam(0.1), batch_size=5)
    trainer.begin(X, Y)
    trainer.advance(2)
    cut = np.ones((3, 4), dtype=bool)
    cut[0, 0] = False
    net.set_masks({"dense_1/weight.mask": cut, "dense_1/bias.frozen": np.ones(4, bool)})
    net.set_weights({"dense_1/bias": np.full(4, 0.25)})
    trainer.advance(sys.maxsize)
    assert trainer.epoch == 1
    assert net.weights["dense_1/weight"][0, 0] == 0.0
    assert net.weights["dense_1/bias"].tolist() == [0.25] * 4


def test_early_stopping_brings_the_best_weights_back() -> None:
    net = tiny()
    trainer = Trainer(net, optimizer=optimizers.SGD(3.0), batch_size=0)
    history = trainer.fit(X[:12], Y[:12], 300, validation=(X[12:], Y[12:]), patience=4)
    losses = history["validation_loss"]
    best = int(np.argmin(losses))
    assert len(losses) == min(300, best + 5)
    assert trainer.evaluate(X[12:], Y[12:])["loss"] == losses[best]


def test_on_epoch_may_stop() -> None:
    seen: list[int] = []

    def look(epoch: int, values: Any) -> bool:
        seen.append(epoch)
        return values["loss"] > 0 and epoch == 3

    history = Trainer(tiny()).fit(X, Y, 10, on_epoch=look)
    assert seen == [1, 2, 3]
    assert len(history["loss"]) == 3


def test_metrics_and_validation_in_the_history() -> None:
    trainer = Trainer(dropping(), metrics=("accuracy",))
    history = trainer.fit(X, Y, 2, validation=(X, Y))
    assert list(history) == ["loss", "accuracy", "validation_loss", "validation_accuracy"]
    assert history["accuracy"] == history["validation_accuracy"]


def test_schedules() -> None:
    def rates(**options: Any) -> list[float]:
        found: list[float] = []
        trainer = Trainer(tiny(), optimizer=optimizers.SGD(1.0), **options)
        trainer.begin(X, Y)
        while trainer.epoch < 5:
            found.append(trainer.learning_rate)
            trainer.advance(sys.maxsize)
        return found

    assert rates() == [1.0] * 5
    step = {"schedule_steps": 2, "schedule_factor": 0.5}
    assert rates(schedule="step", **step) == [1.0, 1.0, 0.5, 0.5, 0.25]
    assert rates(schedule="exponential", **step) == pytest.approx(
        [1.0, 0.5**0.5, 0.5, 0.5**1.5, 0.25]
    )
    assert rates(schedule="cosine", schedule_steps=4) == pytest.approx(
        [1.0, 0.5 + 0.5**1.5, 0.5, 0.5 - 0.5**1.5, 0.0]
    )


def test_several_outputs_with_weighted_losses() -> None:
    x, targets = X, {"output_1": Y, "output_2": X[:, :1]}
    net = Network(two_outputs(), seed=1)
    trainer = Trainer(net, loss_weights={"output_1": 2.0}, metrics=("accuracy", "r2"))
    total = trainer.evaluate(x, targets)
    alone = [
        Trainer(net, loss_weights={"output_1": a, "output_2": b}).evaluate(x, targets)["loss"]
        for a, b in ((1.0, 0.0), (0.0, 1.0))
    ]
    assert total["loss"] == pytest.approx(2.0 * alone[0] + 0.5 * alone[1])
    assert list(total) == ["loss", "accuracy", "r2"]
    assert trainer.fit(x, targets, 30)["loss"][-1] < total["loss"]


def two_outputs() -> Graph:
    build = GraphBuilder()
    hidden = build.add(layers.Dense(5, "tanh"), build.add(layers.Input((3,))))
    build.add(layers.Output(), build.add(layers.Dense(3, "softmax"), hidden))
    build.add(layers.Output(loss_weight=0.5), build.add(layers.Dense(1), hidden))
    return build.build()
