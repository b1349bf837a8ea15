"""Forward, gradients and training steps equal PyTorch's for every layer, option and optimiser."""

from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from nnstudio.engine import (  # noqa: E402
    ACTIVATIONS,
    LOSSES,
    OPTIMIZERS,
    GraphBuilder,
    Network,
    Trainer,
    layers,
    optimizers,
)
from tests.engine import twins  # noqa: E402

pytestmark = pytest.mark.peers
torch.set_num_threads(1)
BOUND = 1e-9


def last_activation(loss: str) -> str:
    return {"binary_crossentropy": "sigmoid", "categorical_crossentropy": "softmax"}.get(
        loss, "identity"
    )


def examples(loss: str, count: int = 12, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(count, 3))
    if loss == "categorical_crossentropy":
        return x, np.eye(4)[rng.integers(0, 4, count)]
    if loss == "binary_crossentropy":
        return x, rng.integers(0, 2, (count, 4)).astype(float)
    if loss == "hinge":
        return x, np.where(rng.random((count, 4)) < 0.5, -1.0, 1.0)
    return x, rng.normal(size=(count, 4))


def small(activation: str, loss: str, bias: str = "neuron") -> Network:
    return Network.sequential(
        (3,),
        [
            layers.Dense(5, activation=activation, bias=bias),
            layers.Dense(6, activation=activation, bias=bias),
            layers.Dense(4, activation=last_activation(loss), bias=bias),
        ],
        seed=4,
        dtype=np.float64,
    )


def compare(net: Network, inputs: Any, y: np.ndarray, loss: str, bound: float = BOUND) -> None:
    twin = twins.Twin(net)
    given = inputs if isinstance(inputs, dict) else {net.sources[0]: inputs}
    values = twin.forward(given, training=True)
    value = twins.LOSSES[loss](values[net.sinks[0]], torch.tensor(y))
    value.backward()
    found = net.gradients(inputs, y, loss)
    for name, tensor in twin.weights.items():
        expected = tensor.grad.numpy()
        assert np.abs(found[name] - expected).max() <= bound, name


@pytest.mark.parametrize("bias", ["neuron", "layer", "none"])
@pytest.mark.parametrize("activation", [e.id for e in ACTIVATIONS if e.trainable])
def test_activation_and_bias(activation: str, bias: str) -> None:
    net = small(activation, "mean_squared_error", bias)
    x, y = examples("mean_squared_error")
    twin = twins.Twin(net).forward({"input_1": x})
    signals = net.signals(x)
    for id, value in twin.items():
        assert np.abs(signals[id] - value.detach().numpy()).max() <= BOUND
    compare(net, x, y, "mean_squared_error")


@pytest.mark.parametrize("loss", [entry.id for entry in LOSSES])
@pytest.mark.parametrize("last", ["usual", "softmax", "sigmoid"])
def test_loss(loss: str, last: str) -> None:
    net = small("tanh", loss)
    if last != "usual":
        dense = net.graph["dense_3"].layer.replace(activation=last)
        net = Network(net.graph.with_layer("dense_3", dense), seed=4)
    x, y = examples(loss)
    compare(net, x, y, loss)
    twin = twins.Twin(net).forward({"input_1": x})["dense_3"].detach()
    expected = float(twins.LOSSES[loss](twin, torch.tensor(y)))
    assert LOSSES[loss](net.predict(x), y) == pytest.approx(expected, abs=1e-9)
    assert Trainer(net, loss).evaluate(x, y)["loss"] == pytest.approx(expected, abs=1e-9)


def branching() -> Network:
    """Two inputs, a skip, a join, normalisation of a picture, every way to read an input."""
    build = GraphBuilder()
    row = build.add(layers.Input((4,)))
    picture = build.add(layers.Input((2, 3, 4)))
    normal = build.add(layers.BatchNormalization(), picture)
    flat = build.add(layers.Flatten(), build.add(layers.Activation("swish"), normal))
    raw = build.add(layers.Flatten(), picture)
    both = build.add(layers.Concatenate(), row, flat, raw)
    first = build.add(layers.Dense(4, "tanh"), both)
    skip = build.add(layers.Add(), first, row, first)
    again = build.add(layers.Dense(4, "elu", bias="none"), row)
    thick = build.add(layers.BatchNormalization(momentum=0.7, epsilon=1e-3), skip)
    last = build.add(layers.Dense(4, "identity", bias="layer"), thick)
    build.add(layers.Output(), build.add(layers.Add(), last, again))
    return Network(build.build(), seed=5)


def branching_examples(count: int = 9) -> tuple[dict[str, np.ndarray], np.ndarray]:
    rng = np.random.default_rng(6)
    inputs = {
        "input_1": rng.normal(size=(count, 4)),
        "input_2": rng.normal(size=(count, 2, 3, 4)),
    }
    return inputs, rng.normal(size=(count, 4))


def test_branching_graph() -> None:
    net = branching()
    inputs, y = branching_examples()
    compare(net, inputs, y, "mean_squared_error")
    twin = twins.Twin(net).forward(inputs, training=False)[net.sinks[0]]
    assert np.abs(net.predict(inputs) - twin.detach().numpy()).max() <= BOUND


def joining() -> Network:
    """Every layer that joins place by place, with branches, inputs and one signal twice."""
    build = GraphBuilder()
    row = build.add(layers.Input((4,)))
    first, second = build.add(layers.Dense(4, "tanh"), row), build.add(layers.Dense(4), row)
    product = build.add(layers.Multiply(), first, row, second, first)
    difference = build.add(layers.Subtract(), row, product)
    mean = build.add(layers.Average(), difference, second, row, first, difference)
    again = build.add(layers.Subtract(), build.add(layers.Dense(4, "sigmoid"), mean), difference)
    build.add(layers.Output(), build.add(layers.Dense(4), again))
    return Network(build.build(), seed=5, dtype=np.float64)


def test_joins() -> None:
    net = joining()
    inputs, y = {"input_1": branching_examples(20)[0]["input_1"]}, branching_examples(20)[1]
    twin = twins.Twin(net).forward(inputs)
    for id, value in net.signals(inputs).items():
        assert np.abs(value - twin[id].detach().numpy()).max() <= BOUND
    compare(net, inputs, y, "mean_squared_error")
    ours, theirs, trained, _ = hundred_steps(net, "momentum", inputs, y, torch.float64)
    assert np.abs(np.subtract(ours, theirs)).max() <= BOUND
    assert largest_difference(net, trained) <= BOUND


def rearranging() -> Network:
    """Every layer that moves numbers, shifts them by noise or normalises each example."""
    build = GraphBuilder()
    picture = build.add(layers.Input((2, 3, 4)))
    turned = build.add(layers.Permute((3, 1, 2)), picture)
    normal = build.add(layers.LayerNormalization(1e-3), turned)
    noisy = build.add(layers.GaussianNoise(0.3), normal)
    again = build.add(layers.Permute(), build.add(layers.Reshape((2, -1, 3)), noisy))
    last = build.add(layers.Add(), again, build.add(layers.Activation("tanh"), again))
    hidden = build.add(layers.Dense(6, "tanh"), build.add(layers.Flatten(), last))
    rows = build.add(layers.LayerNormalization(), hidden)
    build.add(layers.Output(), build.add(layers.Dense(4), rows))
    return Network(build.build(), seed=5, dtype=np.float64)


def test_rearranging_with_injected_noise() -> None:
    net = rearranging()
    inputs, y = {"input_1": branching_examples(6)[0]["input_2"]}, branching_examples(6)[1]
    quiet = twins.Twin(net).forward(inputs)
    for id, value in net.signals(inputs).items():
        assert np.abs(value - quiet[id].detach().numpy()).max() <= BOUND
    noise = {"gaussian_noise_1": np.random.default_rng(0).normal(size=(6, 4, 2, 3))}
    twin = twins.Twin(net)
    out = twin.forward(inputs, dropout=noise)[net.sinks[0]]
    twins.LOSSES["mean_squared_error"](out, torch.tensor(y)).backward()
    found = net.gradients(inputs, y, "mean_squared_error", dropout=noise)
    for name, tensor in twin.weights.items():
        assert np.abs(found[name] - tensor.grad.numpy()).max() <= BOUND


def test_hundred_noisy_steps() -> None:
    net = rearranging()
    inputs, y = {"input_1": branching_examples(20)[0]["input_2"]}, branching_examples(20)[1]
    rows = np.random.default_rng([0, 1])  # the trainer's own noise: its seed 0, stream 1

    def draw() -> dict[str, np.ndarray]:
        return {"gaussian_noise_1": 0.3 * rows.standard_normal((24, 6)).T.reshape(6, 4, 2, 3)}

    ours, theirs, twin, _ = hundred_steps(net, "momentum", inputs, y, torch.float64, draw=draw)
    assert np.abs(np.subtract(ours, theirs)).max() <= BOUND
    assert largest_difference(net, twin) <= BOUND


def test_injected_dropout() -> None:
    net = Network.sequential(
        (3,), [layers.Dense(8, "tanh"), layers.Dropout(0.4), layers.Dense(4)], seed=1
    )
    x, y = examples("mean_squared_error")
    mask = (np.random.default_rng(0).random((12, 8)) < 0.6) / 0.6
    twin = twins.Twin(net)
    out = twin.forward({"input_1": x}, dropout={"dropout_1": mask})["dense_2"]
    twins.LOSSES["mean_squared_error"](out, torch.tensor(y)).backward()
    found = net.gradients(x, y, dropout={"dropout_1": mask})
    for name, tensor in twin.weights.items():
        assert np.abs(found[name] - tensor.grad.numpy()).max() <= BOUND


PEERS: dict[str, Any] = {
    "sgd": torch.optim.SGD,
    "momentum": lambda p, rate: torch.optim.SGD(p, rate, momentum=0.9),
    "nesterov": lambda p, rate: torch.optim.SGD(p, rate, momentum=0.9, nesterov=True),
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
}
# RMSProp starts with steps of ten times the rate; large ones turn rounding into chaos.
RATES = {"rmsprop": 0.002}


def hundred_steps(
    net: Network,
    kind: str,
    inputs: Any,
    y: np.ndarray,
    dtype: Any,
    rate: float = 0.0,
    draw: Any = dict,
    **options: Any,
) -> tuple[list[float], list[float], twins.Twin, Trainer]:
    """Train both for 100 steps on the same batches; return both lists of losses.

    `draw` returns the noise of the next step by node, as the trainer draws it.
    """
    twin = twins.Twin(net, dtype)
    rate = rate or RATES.get(kind, 0.05)
    peer = PEERS[kind](list(twin.weights.values()), rate)
    trainer = Trainer(net, "mean_squared_error", OPTIMIZERS[kind](rate), **options)
    ours, theirs = [], []
    for step in range(100):
        rows = np.arange(step, step + 6) % len(y)
        batch = {id: array[rows] for id, array in inputs.items()}
        ours.append(trainer.step(batch, y[rows]))
        out = twin.forward(batch, dropout=draw())[net.sinks[0]]
        loss = twins.LOSSES["mean_squared_error"](out, torch.tensor(y[rows], dtype=dtype))
        theirs.append(float(loss.detach()))
        peer.zero_grad()
        loss.backward()
        if options.get("clip_norm"):
            torch.nn.utils.clip_grad_norm_(list(twin.weights.values()), options["clip_norm"])
        for name, tensor in twin.weights.items():
            assert tensor.grad is not None
            if options.get("l2") and name.endswith("/weight"):
                tensor.grad += options["l2"] * tensor.detach()
            if options.get("l1") and name.endswith("/weight"):
                tensor.grad += options["l1"] * tensor.detach().sign()
        peer.step()
    return ours, theirs, twin, trainer


def largest_difference(net: Network, twin: twins.Twin) -> float:
    tensors = {**twin.weights, **twin.states}
    return max(
        float(np.abs(array - tensors[name].detach().numpy()).max())
        for name, array in net.weights.items()
    )


@pytest.mark.parametrize("kind", list(PEERS))
def test_hundred_steps(kind: str) -> None:
    net = branching()
    inputs, y = branching_examples(20)
    ours, theirs, twin, _ = hundred_steps(net, kind, inputs, y, torch.float64)
    assert np.abs(np.subtract(ours, theirs)).max() <= BOUND
    assert largest_difference(net, twin) <= BOUND


@pytest.mark.parametrize("options", [{"l2": 0.01}, {"l1": 0.003}, {"clip_norm": 0.5}])
def test_hundred_regularised_steps(options: dict[str, float]) -> None:
    net = branching()
    inputs, y = branching_examples(20)
    ours, theirs, twin, _ = hundred_steps(net, "momentum", inputs, y, torch.float64, **options)
    assert np.abs(np.subtract(ours, theirs)).max() <= BOUND
    assert largest_difference(net, twin) <= BOUND


@pytest.mark.parametrize("kind", list(PEERS))
def test_hundred_masked_steps(kind: str) -> None:
    rng = np.random.default_rng(8)
    graph = small("tanh", "mean_squared_error", bias="layer").graph
    masks = {f"dense_{n}/weight.mask": rng.random(s) < 0.6 for n, s in ((1, (3, 5)), (2, (5, 6)))}
    masks["dense_3/bias.mask"] = np.array([False])
    net = Network(graph, seed=4, masks=masks)
    x, y = examples("mean_squared_error", 20)
    ours, theirs, twin, _ = hundred_steps(net, kind, {"input_1": x}, y, torch.float64)
    assert np.abs(np.subtract(ours, theirs)).max() <= BOUND
    if kind != "adamw":
        assert largest_difference(net, twin) <= BOUND
    for name, flags in masks.items():
        assert not net.weights[name.removesuffix(".mask")][~flags].any()


@pytest.mark.parametrize("kind", list(PEERS))
@pytest.mark.parametrize("options", [{}, {"l2": 0.01, "clip_norm": 2.0}], ids=["plain", "limits"])
def test_large_networks(kind: str, options: dict[str, float]) -> None:
    """Where updates go piece by piece and rates into the errors."""
    net = Network.sequential(
        (4,),
        [
            layers.Dense(180, "tanh"),
            layers.BatchNormalization(),
            layers.Dense(200, "tanh", bias="layer"),
            layers.Dense(4, bias="none"),
        ],
        seed=4,
        dtype=np.float64,
    )
    assert net.parameter_count > 36_000
    rng = np.random.default_rng(6)
    x, y = rng.normal(size=(20, 4)), rng.normal(size=(20, 4))
    rate = {"rmsprop": 2e-5, "adam": 1e-3, "adamw": 1e-3, "adagrad": 1e-3}.get(kind, 0.01)
    ours, theirs, twin, _ = hundred_steps(
        net, kind, {"input_1": x}, y, torch.float64, rate=rate, **options
    )
    assert np.abs(np.subtract(ours, theirs)).max() <= BOUND
    assert largest_difference(net, twin) <= BOUND


def test_float32() -> None:
    """One step to 1e-4, the loss after a hundred to 1e-3."""
    graph = small("relu", "mean_squared_error").graph
    net = Network(graph, seed=4, dtype=np.float32)
    x, y = examples("mean_squared_error", 20)
    ours, theirs, _, _ = hundred_steps(net, "adam", {"input_1": x}, y, torch.float32)
    assert abs(ours[1] - theirs[1]) <= 1e-4
    assert abs(ours[-1] - theirs[-1]) <= 1e-3


def test_frozen_entries_stay() -> None:
    frozen = np.zeros((3, 5), dtype=bool)
    frozen[1] = True
    net = Network(small("tanh", "hinge").graph, seed=2, masks={"dense_1/weight.frozen": frozen})
    before = net.weights["dense_1/weight"]
    x, y = examples("mean_squared_error")
    Trainer(net, "mean_squared_error", optimizers.Adam(0.1), l2=0.1).fit(x, y, 5)
    after = net.weights["dense_1/weight"]
    assert np.array_equal(after[frozen], before[frozen])
    assert not np.any(after[~frozen] == before[~frozen])
