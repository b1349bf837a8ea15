"""Activation functions: each is a formula that plots, plans, exports and tests read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from nnstudio.engine.formula import function
from nnstudio.engine.table import Table
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ops import ProgramBuilder
from nnstudio.parameters import Float, Parameter

Array = NDArray[Any]


def _shown_with(id: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda values: id in (values.get("activation"), values.get("function"))


SETTINGS: tuple[Parameter, ...] = (
    Float(
        name="slope",
        label=QT_TRANSLATE_NOOP("Parameter", "Slope below 0"),
        help=QT_TRANSLATE_NOOP("Parameter", "How steep leaky ReLU is for negative inputs."),
        default=0.01,
        minimum=0.0,
        maximum=1.0,
        step=0.01,
        visible_if=lambda values: (
            "leaky_relu" in (values.get("activation"), values.get("function"))
        ),
    ),
    Float(
        name="threshold",
        label=QT_TRANSLATE_NOOP("Parameter", "Threshold"),
        help=QT_TRANSLATE_NOOP("Parameter", "The step gives 1 from this input on."),
        default=0.0,
        visible_if=_shown_with("step"),
    ),
    Float(
        name="alpha",
        label=QT_TRANSLATE_NOOP("Parameter", "Alpha"),
        help=QT_TRANSLATE_NOOP("Parameter", "ELU falls to minus this number."),
        default=1.0,
        minimum=0.0,
        maximum=100.0,
        visible_if=_shown_with("elu"),
    ),
)
DEFAULTS: dict[str, float] = {row.name: cast(float, row.default) for row in SETTINGS}


@dataclass(frozen=True)
class Activation:
    """One activation function y = φ(x).

    `forward` computes `y` from `x`; `backward` computes the derivative `d` from `y`, or from `x`
    where `reads_input`. `settings` are the names of the numbers the formulas use. `lower` emits
    the function as primitive operations.
    """

    id: str
    label: str
    help: str
    forward: tuple[str, ...]
    backward: tuple[str, ...]
    lower: Callable[[ProgramBuilder, str, str, Mapping[str, float]], str] = field(compare=False)
    reads_input: bool = False
    settings: tuple[str, ...] = ()
    trainable: bool = True

    def function(self, x: Any, **settings: float) -> Array:
        """Return φ(x), element by element (softmax: along the last axis)."""
        values = np.asarray(x, dtype=np.float64)
        return function(self.forward, "y")(x=values, **{**DEFAULTS, **settings})

    def derivative(self, x: Any, **settings: float) -> Array:
        """Return φ′(x), element by element, as training uses it."""
        values = np.asarray(x, dtype=np.float64)
        numbers = {**DEFAULTS, **settings}
        y = function(self.forward, "y")(x=values, **numbers)
        found = function(self.backward, "d")(x=values, y=y, **numbers)
        return np.broadcast_to(found, values.shape).copy()


class Softmax(Activation):
    """Softmax works on a whole layer; its derivative here is the diagonal p(1 − p)."""

    def function(self, x: Any, **settings: float) -> Array:
        """Return eˣ / Σ eˣ along the last axis."""
        values = np.asarray(x, dtype=np.float64)
        powers = np.exp(values - values.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True))

    def derivative(self, x: Any, **settings: float) -> Array:
        """Return ∂yᵢ/∂xᵢ = yᵢ(1 − yᵢ) along the last axis."""
        y = self.function(x)
        return y * (1.0 - y)


Numbers = Mapping[str, float]


def _number(build: ProgramBuilder, name: str, value: float) -> str:
    return build.number(name, value)


def _same(kind: str) -> Callable[[ProgramBuilder, str, str, Numbers], str]:
    def lower(build: ProgramBuilder, name: str, x: str, numbers: Numbers) -> str:
        return build.emit(kind, x, name=name)

    return lower


def _lower_step(build: ProgramBuilder, name: str, x: str, numbers: Numbers) -> str:
    threshold = _number(build, f"{name}/threshold", numbers["threshold"])
    return build.emit("greater_equal", x, threshold, name=name)


def _lower_relu(build: ProgramBuilder, name: str, x: str, numbers: Numbers) -> str:
    return build.emit("maximum", x, _number(build, f"{name}/zero", 0.0), name=name)


def _lower_leaky(build: ProgramBuilder, name: str, x: str, numbers: Numbers) -> str:
    slope = _number(build, f"{name}/slope", numbers["slope"])
    low = build.emit("multiply", x, slope, name=f"{name}/low")
    return build.emit("maximum", x, low, name=name)


def _lower_elu(build: ProgramBuilder, name: str, x: str, numbers: Numbers) -> str:
    zero = _number(build, f"{name}/zero", 0.0)
    one = _number(build, f"{name}/one", 1.0)
    alpha = _number(build, f"{name}/alpha", numbers["alpha"])
    low = build.emit("minimum", x, zero, name=f"{name}/low")
    power = build.emit("exp", low, name=f"{name}/exp")
    less = build.emit("subtract", power, one, name=f"{name}/less")
    tail = build.emit("multiply", less, alpha, name=f"{name}/tail")
    high = build.emit("maximum", x, zero, name=f"{name}/high")
    return build.emit("add", high, tail, name=name)


def _lower_gelu(build: ProgramBuilder, name: str, x: str, numbers: Numbers) -> str:
    root = _number(build, f"{name}/root_half", 0.5**0.5)
    half = _number(build, f"{name}/half", 0.5)
    one = _number(build, f"{name}/one", 1.0)
    inner = build.emit("multiply", x, root, name=f"{name}/scaled")
    error = build.emit("erf", inner, name=f"{name}/erf")
    gate = build.emit("add", error, one, name=f"{name}/gate")
    halved = build.emit("multiply", x, half, name=f"{name}/halved")
    return build.emit("multiply", halved, gate, name=name)


def _lower_swish(build: ProgramBuilder, name: str, x: str, numbers: Numbers) -> str:
    gate = build.emit("sigmoid", x, name=f"{name}/gate")
    return build.emit("multiply", x, gate, name=name)


def _lower_softmax(build: ProgramBuilder, name: str, x: str, numbers: Numbers) -> str:
    top = build.emit("max", x, name=f"{name}/max", axes=(-1,), keep=True)
    less = build.emit("subtract", x, top, name=f"{name}/shifted")
    power = build.emit("exp", less, name=f"{name}/exp")
    total = build.emit("sum", power, name=f"{name}/sum", axes=(-1,), keep=True)
    return build.emit("divide", power, total, name=name)


ACTIVATIONS: Table[Activation] = Table(
    "activation",
    Activation(
        "identity",
        QT_TRANSLATE_NOOP("Activation", "Identity"),
        QT_TRANSLATE_NOOP("Activation", "Passes the sum on unchanged; for regression outputs."),
        ("y = x",),
        ("d = x * 0 + 1",),
        _same("identity"),
        reads_input=True,
    ),
    Activation(
        "step",
        QT_TRANSLATE_NOOP("Activation", "Step"),
        QT_TRANSLATE_NOOP(
            "Activation", "1 from the threshold on, else 0; learns by the perceptron rule only."
        ),
        ("y = greater_equal(x, threshold)",),
        ("d = y * 0",),
        _lower_step,
        settings=("threshold",),
        trainable=False,
    ),
    Activation(
        "sigmoid",
        QT_TRANSLATE_NOOP("Activation", "Sigmoid"),
        QT_TRANSLATE_NOOP("Activation", "Squeezes any number between 0 and 1."),
        ("y = 1 / (1 + exp(-x))",),
        ("d = y * (1 - y)",),
        _same("sigmoid"),
    ),
    Activation(
        "tanh",
        QT_TRANSLATE_NOOP("Activation", "Tanh"),
        QT_TRANSLATE_NOOP("Activation", "Squeezes any number between −1 and 1."),
        ("y = tanh(x)",),
        ("d = 1 - y * y",),
        _same("tanh"),
    ),
    Activation(
        "relu",
        QT_TRANSLATE_NOOP("Activation", "ReLU"),
        QT_TRANSLATE_NOOP("Activation", "Keeps positive numbers, turns negative ones to 0."),
        ("y = maximum(x, 0)",),
        ("d = sign(y)",),
        _lower_relu,
    ),
    Activation(
        "leaky_relu",
        QT_TRANSLATE_NOOP("Activation", "Leaky ReLU"),
        QT_TRANSLATE_NOOP("Activation", "Like ReLU, with a small slope for negative numbers."),
        ("y = maximum(x, slope * x)",),
        ("d = slope + (1 - slope) * sign(maximum(x, 0))",),
        _lower_leaky,
        reads_input=True,
        settings=("slope",),
    ),
    Activation(
        "elu",
        QT_TRANSLATE_NOOP("Activation", "ELU"),
        QT_TRANSLATE_NOOP("Activation", "Like ReLU, bending smoothly to −alpha."),
        ("y = maximum(x, 0) + alpha * expm1(minimum(x, 0))",),
        ("d = sign(maximum(x, 0)) * (1 - alpha) + alpha * exp(minimum(x, 0))",),
        _lower_elu,
        reads_input=True,
        settings=("alpha",),
    ),
    Activation(
        "softplus",
        QT_TRANSLATE_NOOP("Activation", "Softplus"),
        QT_TRANSLATE_NOOP("Activation", "A smooth ReLU that is always positive."),
        ("y = logaddexp(x, 0)",),
        ("d = 1 / (1 + exp(-x))",),
        _same("softplus"),
        reads_input=True,
    ),
    Activation(
        "gelu",
        QT_TRANSLATE_NOOP("Activation", "GELU"),
        QT_TRANSLATE_NOOP("Activation", "Weighs the input by how large it is; in transformers."),
        ("y = 0.5 * x * (1 + erf(x * 0.7071067811865476))",),
        (
            "d = 0.5 * (1 + erf(x * 0.7071067811865476))",
            "d = d + 0.3989422804014327 * x * exp(-0.5 * x * x)",
        ),
        _lower_gelu,
        reads_input=True,
    ),
    Activation(
        "swish",
        QT_TRANSLATE_NOOP("Activation", "Swish"),
        QT_TRANSLATE_NOOP("Activation", "The input times its sigmoid (SiLU); recent, smooth."),
        ("y = x / (1 + exp(-x))",),
        ("d = 1 / (1 + exp(-x))", "d = d * (1 + x * (1 - d))"),
        _lower_swish,
        reads_input=True,
    ),
    Softmax(
        "softmax",
        QT_TRANSLATE_NOOP("Activation", "Softmax"),
        QT_TRANSLATE_NOOP("Activation", "Turns a layer's numbers into shares that sum to 1."),
        (),
        (),
        _lower_softmax,
    ),
)
