"""What layers that normalise share: the setting ε, and the last operations when lowered."""

from collections.abc import Mapping

from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.ops import ProgramBuilder
from nnstudio.parameters import Float

EPSILON = Float(
    name="epsilon",
    label=QT_TRANSLATE_NOOP("Parameter", "Epsilon"),
    help=QT_TRANSLATE_NOOP("Parameter", "Keeps divisions away from 0."),
    default=1e-5,
    minimum=1e-12,
    maximum=1.0,
    logarithmic=True,
    advanced=True,
)


def lower_rescaling(
    build: ProgramBuilder,
    node: str,
    centred: str,
    variance: str,
    epsilon: float,
    weights: Mapping[str, str],
) -> str:
    """Emit centred/√(variance + ε)·γ + β and return the result's name, `node`."""
    tiny = build.number(f"{node}/epsilon", epsilon)
    raised = build.emit("add", variance, tiny, name=f"{node}/raised")
    deviation = build.emit("sqrt", raised, name=f"{node}/deviation")
    divided = build.emit("divide", centred, deviation, name=f"{node}/normal")
    scaled = build.emit("multiply", divided, weights["scale"], name=f"{node}/scaled")
    return build.emit("add", scaled, weights["shift"], name=node)
