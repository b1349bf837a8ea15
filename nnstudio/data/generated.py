"""The settings that datasets made by a formula have in common."""

from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Flag, Float, Int

SEED = Int(
    name="seed",
    label=QT_TRANSLATE_NOOP("Parameter", "Seed"),
    help=QT_TRANSLATE_NOOP("Parameter", "The same seed gives the same data."),
    default=0,
    maximum=2**31 - 1,
)

NUMERIC_TARGET = Flag(
    name="numeric_target",
    label=QT_TRANSLATE_NOOP("Parameter", "Target as number"),
    help=QT_TRANSLATE_NOOP("Parameter", "Gives the target as a number, not as a class."),
)


def points(default: int, minimum: int) -> Int:
    """Return the setting of how many points are made."""
    return Int(
        name="count",
        label=QT_TRANSLATE_NOOP("Parameter", "Points"),
        default=default,
        minimum=minimum,
        maximum=100_000,
    )


def noise(default: float) -> Float:
    """Return the setting of the deviation of normal noise, in the unit of the values."""
    return Float(
        name="noise",
        label=QT_TRANSLATE_NOOP("Parameter", "Noise"),
        help=QT_TRANSLATE_NOOP("Parameter", "The standard deviation of every point."),
        default=default,
        minimum=0.0,
        maximum=5.0,
        step=0.05,
    )
