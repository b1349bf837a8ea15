"""Reference numbers of the notes, part B: activation functions."""

import numpy as np
import pytest

from nnstudio.engine import ACTIVATIONS

NEAR = 5.1e-7  # six printed digits


def value(id: str, x: float, **settings: float) -> float:
    return float(ACTIVATIONS[id].function(x, **settings))


@pytest.mark.parametrize("id", [entry.id for entry in ACTIVATIONS if entry.id != "softmax"])
def test_b01_derivatives_are_slopes(id: str) -> None:
    entry = ACTIVATIONS[id]
    x = np.concatenate([np.linspace(-5, -0.01, 200), np.linspace(0.01, 5, 200)])
    slope = (entry.function(x + 1e-6) - entry.function(x - 1e-6)) / 2e-6
    assert np.abs(entry.derivative(x) - slope).max() <= 1e-5


def test_b02_step() -> None:
    assert [value("step", x) for x in (-0.1, 0.0, 0.1)] == [0.0, 1.0, 1.0]
    assert not ACTIVATIONS["step"].trainable


def test_b03_identity() -> None:
    assert value("identity", -2.0) == -2.0
    assert ACTIVATIONS["identity"].derivative([-2.0, 3.0]).tolist() == [1.0, 1.0]


def test_b04_sigmoid() -> None:
    expected = {2: 0.880797, 4: 0.982014, 6: 0.997527, -2: 0.119203, -4: 0.017986, -6: 0.002473}
    for x, y in expected.items():
        assert value("sigmoid", x) == pytest.approx(y, abs=NEAR)
    slopes = ACTIVATIONS["sigmoid"].derivative(np.linspace(-8, 8, 1001))
    assert slopes.max() == 0.25
    assert pytest.approx(9.5e-7, rel=5e-3) == 0.25**10


def test_b05_tanh() -> None:
    for x, y in {1: 0.761594, 2: 0.964028}.items():
        assert value("tanh", x) == pytest.approx(y, abs=NEAR)
        assert value("tanh", -x) == pytest.approx(-y, abs=NEAR)


def test_b06_relu() -> None:
    assert [value("relu", x) for x in (-2.0, 3.0)] == [0.0, 3.0]
    assert ACTIVATIONS["relu"].derivative([-1.0, 0.0, 2.0]).tolist() == [0.0, 0.0, 1.0]


def test_b07_leaky_relu() -> None:
    assert value("leaky_relu", -2.0) == -0.02
    assert value("leaky_relu", -2.0, slope=0.1) == -0.2
    assert ACTIVATIONS["leaky_relu"].derivative([-1.0]).tolist() == [0.01]


def test_b08_softmax() -> None:
    softmax = ACTIVATIONS["softmax"].function
    shares = softmax([2.0, 1.0, 0.1])
    assert shares == pytest.approx([0.659001, 0.242433, 0.098566], abs=NEAR)
    assert abs(shares.sum() - 1.0) <= 1e-12
    assert softmax([1002.0, 1001.0, 1000.1]) == pytest.approx(shares, abs=1e-12)


def test_b09_softmax_is_not_a_ratio() -> None:
    softmax = ACTIVATIONS["softmax"].function
    assert (np.array([60.0, 90.0]) / 150.0).tolist() == [0.4, 0.6]
    assert softmax([60.0, 90.0]) == pytest.approx([9.4e-14, 1.0], rel=5e-3)
    assert softmax([0.6, 0.9]) == pytest.approx([0.425557, 0.574443], abs=NEAR)


def test_b10_swish() -> None:
    for x, y in {-2: -0.238406, 1: 0.731059, 2: 1.761594}.items():
        assert value("swish", x) == pytest.approx(y, abs=NEAR)
