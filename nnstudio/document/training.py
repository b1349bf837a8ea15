"""TrainingPlan: how a network is to be trained, as one immutable value."""

from dataclasses import dataclass, field, fields, replace
from typing import Any

from nnstudio.configured import Configured
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.engine.schedules import SCHEDULES
from nnstudio.errors import StudioError
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.parameters import Choice, Flag, Float, Int, Parameter, Value

OBJECTIVES = (
    ("supervised", QT_TRANSLATE_NOOP("Choice", "Back-propagation")),
    ("perceptron", QT_TRANSLATE_NOOP("Choice", "Perceptron rule")),
    ("delta", QT_TRANSLATE_NOOP("Choice", "Delta rule")),
)
PRECISIONS = (
    ("auto", QT_TRANSLATE_NOOP("Choice", "Automatic")),
    ("float32", QT_TRANSLATE_NOOP("Choice", "32 bit")),
    ("float64", QT_TRANSLATE_NOOP("Choice", "64 bit")),
)


def _schedules() -> tuple[tuple[str, str], ...]:
    return tuple((kind.id, kind.label) for kind in SCHEDULES)


def _optimizers() -> tuple[tuple[str, str], ...]:
    return tuple((kind.id, kind.label) for kind in OPTIMIZERS)


def _has_steps(values: Any) -> bool:
    return values.get("schedule") in ("step", "exponential", "cosine")


def _has_factor(values: Any) -> bool:
    return values.get("schedule") in ("step", "exponential")


OPTIMIZER = Choice(
    name="optimizer",
    label=QT_TRANSLATE_NOOP("Parameter", "Optimizer"),
    help=QT_TRANSLATE_NOOP("Parameter", "The rule that turns gradients into new weights."),
    default="adam",
    options=_optimizers,
    context="Optimizer",
)

SETTINGS: tuple[Parameter, ...] = (
    Int(
        name="epochs",
        label=QT_TRANSLATE_NOOP("Parameter", "Epochs"),
        help=QT_TRANSLATE_NOOP("Parameter", "How often every training row is used."),
        default=200,
        minimum=1,
        maximum=10_000_000,
    ),
    Int(
        name="batch_size",
        label=QT_TRANSLATE_NOOP("Parameter", "Batch size"),
        help=QT_TRANSLATE_NOOP("Parameter", "Rows used for one update; 0 uses all of them."),
        default=10,
        maximum=1_000_000,
    ),
    Choice(
        name="objective",
        label=QT_TRANSLATE_NOOP("Parameter", "Way of learning"),
        help=QT_TRANSLATE_NOOP(
            "Parameter",
            "Back-propagation trains any network; the two old rules train one layer.",
        ),
        default="supervised",
        options=OBJECTIVES,
        advanced=True,
    ),
    Int(
        name="seed",
        label=QT_TRANSLATE_NOOP("Parameter", "Seed"),
        help=QT_TRANSLATE_NOOP("Parameter", "The same seed gives the same run."),
        default=0,
        maximum=2**31 - 1,
        advanced=True,
    ),
    Flag(
        name="shuffle",
        label=QT_TRANSLATE_NOOP("Parameter", "Shuffle"),
        help=QT_TRANSLATE_NOOP("Parameter", "Mix the rows anew in every epoch."),
        default=True,
        advanced=True,
    ),
    Flag(
        name="drop_last",
        label=QT_TRANSLATE_NOOP("Parameter", "Leave out the incomplete batch"),
        help=QT_TRANSLATE_NOOP("Parameter", "Skip the last batch when rows are left over."),
        advanced=True,
    ),
    Choice(
        name="schedule",
        label=QT_TRANSLATE_NOOP("Parameter", "Schedule"),
        help=QT_TRANSLATE_NOOP("Parameter", "How the learning rate changes with the epochs."),
        default="constant",
        options=_schedules,
        context="Schedule",
        advanced=True,
    ),
    Int(
        name="schedule_steps",
        label=QT_TRANSLATE_NOOP("Parameter", "Schedule epochs"),
        help=QT_TRANSLATE_NOOP("Parameter", "Epochs until the schedule takes its next step."),
        default=100,
        minimum=1,
        maximum=10_000_000,
        advanced=True,
        visible_if=_has_steps,
    ),
    Float(
        name="schedule_factor",
        label=QT_TRANSLATE_NOOP("Parameter", "Schedule factor"),
        help=QT_TRANSLATE_NOOP("Parameter", "What each step multiplies the learning rate with."),
        default=0.5,
        minimum=0.0,
        maximum=1.0,
        step=0.05,
        advanced=True,
        visible_if=_has_factor,
    ),
    Float(
        name="l1",
        label=QT_TRANSLATE_NOOP("Parameter", "L1 regularisation"),
        help=QT_TRANSLATE_NOOP("Parameter", "Pulls weights towards exactly 0."),
        minimum=0.0,
        maximum=100.0,
        step=0.001,
        advanced=True,
    ),
    Float(
        name="l2",
        label=QT_TRANSLATE_NOOP("Parameter", "L2 regularisation"),
        help=QT_TRANSLATE_NOOP("Parameter", "Keeps weights small."),
        minimum=0.0,
        maximum=100.0,
        step=0.001,
        advanced=True,
    ),
    Float(
        name="clip_norm",
        label=QT_TRANSLATE_NOOP("Parameter", "Largest gradient"),
        help=QT_TRANSLATE_NOOP(
            "Parameter", "Longer gradients are shortened to this length; 0 switches it off."
        ),
        minimum=0.0,
        maximum=1e6,
        step=0.5,
        advanced=True,
    ),
    Int(
        name="patience",
        label=QT_TRANSLATE_NOOP("Parameter", "Patience"),
        help=QT_TRANSLATE_NOOP(
            "Parameter",
            "Stop after this many epochs without a better validation loss; 0 never stops early.",
        ),
        default=0,
        advanced=True,
    ),
    Flag(
        name="restore_best",
        label=QT_TRANSLATE_NOOP("Parameter", "Keep the best weights"),
        help=QT_TRANSLATE_NOOP("Parameter", "Go back to the best epoch after stopping early."),
        default=True,
        advanced=True,
        visible_if=lambda values: bool(values.get("patience")),
    ),
    Flag(
        name="explosion_guard",
        label=QT_TRANSLATE_NOOP("Parameter", "Explosion guard"),
        help=QT_TRANSLATE_NOOP("Parameter", "Pause on the last good step when the loss explodes."),
        default=True,
        advanced=True,
    ),
    Choice(
        name="precision",
        label=QT_TRANSLATE_NOOP("Parameter", "Precision"),
        help=QT_TRANSLATE_NOOP(
            "Parameter", "Automatic: 64 bit up to 10 000 parameters, 32 bit above."
        ),
        default="auto",
        options=PRECISIONS,
        advanced=True,
    ),
)
_BY_NAME = {parameter.name: parameter for parameter in SETTINGS}


def _default_optimizer() -> Configured:
    return OPTIMIZERS["adam"](learning_rate=0.01)


@dataclass(frozen=True)
class TrainingPlan:
    """The optimiser and the settings of a run; every value is checked (StudioError)."""

    optimizer: Configured = field(default_factory=_default_optimizer)
    epochs: int = 200
    batch_size: int = 10
    objective: str = "supervised"
    seed: int = 0
    shuffle: bool = True
    drop_last: bool = False
    schedule: str = "constant"
    schedule_steps: int = 100
    schedule_factor: float = 0.5
    l1: float = 0.0
    l2: float = 0.0
    clip_norm: float = 0.0
    patience: int = 0
    restore_best: bool = True
    explosion_guard: bool = True
    precision: str = "auto"

    def __post_init__(self) -> None:
        for name, parameter in _BY_NAME.items():
            object.__setattr__(self, name, parameter.check(getattr(self, name)))

    @property
    def settings(self) -> dict[str, Value]:
        """Every setting but the optimiser's, by name."""
        return {item.name: getattr(self, item.name) for item in fields(self)[1:]}

    @property
    def learning_rate(self) -> float:
        """The learning rate the run starts with."""
        return float(self.optimizer.settings["learning_rate"])  # type: ignore[arg-type]

    def parameters(self) -> tuple[Parameter, ...]:
        """Return the rows of the inspector: the optimiser, its settings, the rest."""
        return (OPTIMIZER, *self.optimizer.parameters, *SETTINGS)

    def values(self) -> dict[str, Value]:
        """Return what `parameters` show, by name; `optimizer` is its id."""
        return {"optimizer": self.optimizer.id, **self.optimizer.settings, **self.settings}

    def with_setting(self, name: str, value: Any) -> "TrainingPlan":
        """Return a copy with one row of `parameters` changed.

        A new kind of optimiser keeps the settings both kinds have when the user had changed
        them. Raise StudioError for an unknown name or a value that doesn't fit.
        """
        if name == "optimizer":
            return replace(self, optimizer=self._other_optimizer(value))
        if name in _BY_NAME:
            return replace(self, **{name: value})
        if name in self.optimizer.settings:
            return replace(self, optimizer=self.optimizer.replace(**{name: value}))
        text = translate("Parameter", "There is no training setting {name}.").format(name=name)
        hint = translate("Parameter", "Use one of: {ids}.").format(ids=", ".join(self.values()))
        raise StudioError(text, hint)

    def _other_optimizer(self, value: Any) -> Configured:
        if isinstance(value, Configured):
            value = value.id
        kind = OPTIMIZERS[OPTIMIZER.check(value)]
        shared = {parameter.name for parameter in kind.parameters}
        kept = {
            parameter.name: self.optimizer.settings[parameter.name]
            for parameter in self.optimizer.parameters
            if parameter.name in shared
            and self.optimizer.settings[parameter.name] != parameter.default
        }
        return kind(**kept)
