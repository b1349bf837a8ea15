"""One harness over every registered kind of the engine: what one can do, all can do."""

import json
import re
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnstudio.configured import Configured, changed_settings
from nnstudio.document.project import Project
from nnstudio.engine import (
    ACTIVATIONS,
    INITIALIZERS,
    LAYERS,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    SCHEDULES,
    GraphBuilder,
    Network,
    Trainer,
    layers,
    optimizers,
)
from nnstudio.engine.gradcheck import check
from nnstudio.engine.interpret import run
from nnstudio.engine.layer import Layer
from nnstudio.engine.lowering import lower
from nnstudio.engine.playground import LANDSCAPES, descend
from nnstudio.exchange.exporters import EXPORTERS
from nnstudio.ops import ProgramBuilder
from nnstudio.parameters import Choice
from nnstudio.paths import resources
from tests.helpers.peers import peer

# A kind that needs other settings or another input than these is listed; all others start so.
USUAL_SHAPE = (3,)
CASES: dict[str, list[tuple[Layer, tuple[int, ...]]]] = {
    "dense": [
        (layers.Dense(3, entry.id, bias, threshold=0.1), (4,))
        for entry, bias in zip(ACTIVATIONS, ["neuron", "layer", "none"] * 4, strict=False)
    ],
    "activation": [
        (layers.Activation(entry.id), shape)
        for entry, shape in zip(ACTIVATIONS, [(3,), (2, 2, 3)] * 6, strict=False)
    ],
    "dropout": [(layers.Dropout(0.4, mode), (2, 2, 3)) for mode in ("independent", "exact")],
    "batch_normalization": [
        (layers.BatchNormalization(), (3,)),
        (layers.BatchNormalization(0.5, 0.1), (2, 3, 2)),
    ],
    "flatten": [(layers.Flatten(), (2, 3, 2))],
    "reshape": [(layers.Reshape((1, -1)), (2, 3, 2)), (layers.Reshape((-1, 1, 1)), (4,))],
    "permute": [(layers.Permute(), (2, 3, 2)), (layers.Permute((3, 1, 2)), (2, 3, 4))],
    "gaussian_noise": [(layers.GaussianNoise(0.3), (3,)), (layers.GaussianNoise(), (2, 2, 3))],
    "layer_normalization": [
        (layers.LayerNormalization(), (3,)),
        (layers.LayerNormalization(0.1), (2, 3, 2)),
    ],
    "add": [(layers.Add(), (3,)), (layers.Add(), (2, 2, 3))],
    "multiply": [(layers.Multiply(), (3,)), (layers.Multiply(), (2, 2, 3))],
    "subtract": [(layers.Subtract(), (3,)), (layers.Subtract(), (2, 2, 3))],
    "average": [(layers.Average(), (3,)), (layers.Average(), (2, 2, 3))],
    "concatenate": [(layers.Concatenate(), (3,)), (layers.Concatenate(), (2, 2, 3))],
}
HIDDEN = [kind for kind in LAYERS if kind.group != "io"]
ALL = [
    pytest.param(layer, shape, id=f"{kind.id}-{index}")
    for kind in HIDDEN
    for index, (layer, shape) in enumerate(CASES.get(kind.id, [(kind(), USUAL_SHAPE)]))
]
SMOOTH = [
    param
    for param in ALL
    if "step"
    not in (param.values[0].settings.get("activation"), param.values[0].settings.get("function"))
]


def put(build: GraphBuilder, layer: Layer, *sources: str) -> str:
    """Add a layer behind `sources`; one that joins gets three inputs, or one for each port."""
    if layer.ports[0].variadic:
        extra = build.add(layers.Activation("tanh"), sources[0])
        return build.add(layer, sources[0], extra, sources[0])
    if len(layer.ports) > 1:
        extra = build.add(layers.Activation("tanh"), sources[0])
        return build.add(layer, extra, *[sources[0]] * (len(layer.ports) - 1))
    return build.add(layer, sources[0])


def around(*kinds: Layer, shape: tuple[int, ...], seed: int = 1) -> Network:
    """Return a network: an input, a way in that has weights, the layers, and a Dense to the end."""
    build = GraphBuilder()
    last = build.add(layers.BatchNormalization(), build.add(layers.Input(shape)))
    for layer in kinds:
        if layer.id == "dense" and len(build.build().shapes[last]) > 1:
            last = build.add(layers.Flatten(), last)
        if len(layer.settings.get("order", ())) > len(build.build().shapes[last]):
            last = build.add(layers.Reshape((1, -1, 1)), last)
        last = put(build, layer, last)
    if len(build.build().shapes[last]) > 1:
        last = build.add(layers.Flatten(), last)
    build.add(layers.Output(), build.add(layers.Dense(2, "tanh"), last))
    net = Network(build.build(), seed=seed, dtype=np.float64)
    randomise(net)
    return net


def randomise(net: Network) -> None:
    """Give every array, states included, values it would not have by itself."""
    rng = np.random.default_rng(5)
    values = {name: rng.uniform(0.3, 0.9, array.shape) for name, array in net.weights.items()}
    signs = {name: rng.choice([-1.0, 1.0], v.shape) for name, v in values.items()}
    net.set_weights({n: v if n.endswith("variance") else v * signs[n] for n, v in values.items()})


def examples(net: Network, count: int = 5) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return read-only inputs and targets."""
    rng = np.random.default_rng(2)
    x = rng.normal(size=(count, *net.graph.shapes[net.sources[0]]))
    y = rng.normal(size=(count, 2))
    x.flags.writeable = y.flags.writeable = False
    return x, y


def masks_of(net: Network, count: int) -> dict[str, NDArray[Any]]:
    """Return a mask for every Dropout and noise for every GaussianNoise."""
    rng = np.random.default_rng(3)
    return {
        node.id: (rng.random((count, *net.graph.shapes[node.id])) < 0.6) / 0.6
        for kind in ("dropout", "gaussian_noise")
        for node in net.graph.of_kind(kind)
    }


def gradients_are_right(net: Network) -> None:
    x, y = examples(net)
    assert check(net, x, y, "half_squared_error", dropout=masks_of(net, len(x))) < 1e-6


@pytest.mark.parametrize(
    "kind", [*LAYERS, *OPTIMIZERS], ids=lambda kind: f"{kind.__module__}.{kind.id}"
)
def test_settings_survive_a_file(kind: type[Configured]) -> None:
    plain = kind()
    changed = {}
    for row in kind.parameters:
        assert row.check(row.default) == row.default
        if isinstance(row, Choice):
            changed[row.name] = row.choices()[-1][0]
        elif isinstance(row.default, float):
            changed[row.name] = row.default / 2 + 1e-3
    for item in (plain, plain.replace(**changed)):
        again = kind(**json.loads(json.dumps(dict(changed_settings(item)))))
        assert again == item
        assert hash(again) == hash(item)
        assert again.settings == item.settings


@pytest.mark.parametrize(("layer", "shape"), ALL)
def test_shapes_are_as_the_rule_says(layer: Layer, shape: tuple[int, ...]) -> None:
    net = around(layer, shape=shape)
    for count in (1, 4, 300):
        x, _ = examples(net, count)
        for id, value in net.signals(x).items():
            assert value.shape == (count, *net.graph.shapes[id])
    named = {name: weight.shape for name, weight in net.graph.weights.items()}
    assert {name: array.shape for name, array in net.weights.items()} == named


@pytest.mark.parametrize(("layer", "shape"), SMOOTH)
def test_gradients_equal_finite_differences(layer: Layer, shape: tuple[int, ...]) -> None:
    gradients_are_right(around(layer, shape=shape))


def pairs(every: bool) -> list[Any]:
    """Return one pair for every two kinds, or `every` pair of cases."""
    one_each = {param.values[0].id: param for param in reversed(SMOOTH)}
    chosen = SMOOTH if every else list(one_each.values())
    return [
        pytest.param(*a.values, b.values[0], id=f"{a.id}-{b.id}")
        for a, b in product(chosen, repeat=2)
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.function is test_gradients_of_pairs:
        every = metafunc.config.getoption("--all-pairs")
        metafunc.parametrize(("first", "shape", "second"), pairs(every))


def test_gradients_of_pairs(first: Layer, shape: tuple[int, ...], second: Layer) -> None:
    gradients_are_right(around(first, second, shape=shape))


@pytest.mark.parametrize(("layer", "shape"), ALL)
def test_same_seed_same_bits_and_inputs_untouched(layer: Layer, shape: tuple[int, ...]) -> None:
    weights = []
    for _ in range(2):
        net = around(layer, shape=shape)
        x, y = examples(net, 7)
        before = x.copy(), y.copy()
        trainer = Trainer(net, "mean_squared_error", optimizers.Adam(0.01), batch_size=3, seed=4)
        trainer.fit(x, y, 2, validation=(x, y))
        assert np.array_equal(x, before[0])
        assert np.array_equal(y, before[1])
        weights.append(net.weights)
    for name, array in weights[0].items():
        assert np.array_equal(array, weights[1][name]), name


@pytest.mark.parametrize(("layer", "shape"), ALL)
def test_primitive_operations_give_the_same_answers(layer: Layer, shape: tuple[int, ...]) -> None:
    net = around(layer, shape=shape)
    name = next(n for n in net.graph.weights if n.endswith("/weight"))
    cut = np.random.default_rng(0).random(net.graph.weights[name].shape) < 0.7
    net.set_masks({f"{name}.mask": cut})
    x, _ = examples(net)
    program = lower(net.graph, net.weights, net.masks)
    (answer,) = run(program, {"input_1": x}).values()
    assert np.abs(answer - net.predict(x)).max() <= 1e-12


@pytest.mark.peers
@pytest.mark.parametrize(("layer", "shape"), ALL)
def test_onnx_runtime_gives_the_same_answers(
    layer: Layer, shape: tuple[int, ...], tmp_path: Path
) -> None:
    runtime = peer("onnxruntime")
    net = around(layer, shape=shape)
    project = Project().but(graph=net.graph, weights=net.weights)
    EXPORTERS["onnx"]().export(project, tmp_path / "net.onnx")
    session = runtime.InferenceSession(
        (tmp_path / "net.onnx").read_bytes(), providers=["CPUExecutionProvider"]
    )
    x, _ = examples(net)
    fed = {session.get_inputs()[0].name: x.astype(np.float32)}
    answer = np.asarray(session.run(None, fed)[0])
    assert np.abs(answer.reshape(len(x), -1) - net.predict(x)).max() <= 1e-5


@pytest.mark.parametrize("entry", ACTIVATIONS, ids=lambda entry: entry.id)
def test_activations_lower_to_themselves(entry: Any) -> None:
    build = ProgramBuilder()
    numbers = {"slope": 0.3, "threshold": 0.4, "alpha": 0.7}
    x = np.linspace(-6, 6, 30).reshape(5, 6)
    build.output(entry.lower(build, "y", build.input("x", (6,)), numbers), (6,))
    (found,) = run(build.build(), {"x": x}).values()
    assert np.abs(found - entry.function(x, **numbers)).max() <= 1e-12


@pytest.mark.parametrize("entry", LOSSES, ids=lambda entry: entry.id)
def test_slopes_of_losses_equal_finite_differences(entry: Any) -> None:
    rng = np.random.default_rng(1)
    y, u = rng.uniform(0.1, 0.9, (4, 3)), rng.normal(size=(4, 3))
    t = np.eye(3)[[0, 2, 1, 1]] if entry.classes else rng.normal(size=(4, 3)) * 2
    exact = float((entry.slope(y, t) * u).sum())
    step = 1e-6
    estimate = (entry(y + step * u, t) - entry(y - step * u, t)) / (2 * step)
    assert estimate == pytest.approx(exact, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("kind", OPTIMIZERS, ids=lambda kind: kind.id)
def test_optimizers_go_down(kind: Any) -> None:
    valley = LANDSCAPES["long_valley"]
    path = descend(valley.gradient, valley.start, kind(0.03), 300)
    values = [valley.value(place) for place in path]
    assert values[-1] < 0.8 * values[0]
    assert np.isfinite(values).all()


@pytest.mark.parametrize("entry", INITIALIZERS, ids=lambda entry: entry.id)
def test_initializers_are_centred_and_seeded(entry: Any) -> None:
    draw = [entry.draw(np.random.default_rng(3), (60, 80), 60, 80) for _ in range(2)]
    assert np.array_equal(*draw)
    assert draw[0].shape == (60, 80)
    if entry.id not in ("zeros", "ones"):
        assert abs(draw[0].mean()) < 0.05
        assert 0.05 < draw[0].std() < 1.1


@pytest.mark.parametrize("entry", METRICS, ids=lambda entry: entry.id)
def test_metrics_know_a_perfect_answer(entry: Any) -> None:
    t = np.eye(3)[[0, 1, 2, 1]]
    best, worse = entry(t, t), entry(np.roll(t, 1, axis=1), t)
    assert best > worse if entry.larger_is_better else best < worse


@pytest.mark.parametrize("entry", SCHEDULES, ids=lambda entry: entry.id)
def test_schedules_start_at_one_and_never_rise(entry: Any) -> None:
    values = [entry.multiplier(epoch, 10, 0.5) for epoch in range(40)]
    assert values[0] == 1.0
    assert all(later <= earlier for earlier, later in pairwise(values))


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.id)
def test_every_layer_has_a_picture(kind: type[Layer]) -> None:
    assert (resources() / "icons" / f"{kind.id}.svg").is_file()


PAGES = [*LAYERS, *ACTIVATIONS, *LOSSES, *OPTIMIZERS]


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.id)
def test_every_kind_has_a_page_in_both_languages(kind: Any) -> None:
    folder = resources() / "reference" / kind.id
    texts = [(folder / f"{language}.md").read_text("utf-8") for language in ("en", "ko")]
    headings = [re.findall(r"^#+", text, re.MULTILINE) for text in texts]
    assert headings[0] == headings[1]
    assert len(texts[0].split()) >= 50


KOREAN = json.loads((resources() / "i18n" / "ko.json").read_text("utf-8"))
CONTEXTS = {
    "Layer": LAYERS,
    "Activation": ACTIVATIONS,
    "Loss": LOSSES,
    "Metric": METRICS,
    "Initializer": INITIALIZERS,
    "Schedule": SCHEDULES,
    "Optimizer": OPTIMIZERS,
    "Landscape": LANDSCAPES,
}


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_kind_speaks_korean(context: str) -> None:
    for kind in CONTEXTS[context]:
        for text in (kind.label, kind.help):
            assert KOREAN[context].get(text), text
        for row in getattr(kind, "parameters", ()):
            assert KOREAN["Parameter"].get(row.label), row.label
            assert not row.help or KOREAN["Parameter"].get(row.help), row.help
            if isinstance(row, Choice):
                for _, label in row.choices():
                    assert KOREAN[row.context].get(label), label
