"""Rows for the settings of a project's data: the example's own, scaling, and the split."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nnstudio.data import datasets
from nnstudio.data.spec import SCALING_LABELS, DataSpec, Split
from nnstudio.errors import StudioError
from nnstudio.i18n import QT_TRANSLATE_NOOP, translate
from nnstudio.parameters import Choice, Flag, Int, Parameter

SPLIT: tuple[Parameter, ...] = (
    Choice(
        name="scaling",
        label=QT_TRANSLATE_NOOP("Parameter", "Scaling"),
        help=QT_TRANSLATE_NOOP("Parameter", "How the numbers are made comparable before training."),
        default="standard",
        options=SCALING_LABELS,
    ),
    Int(
        name="validation",
        label=QT_TRANSLATE_NOOP("Parameter", "Validation %"),
        help=QT_TRANSLATE_NOOP("Parameter", "Share of the rows that training is checked with."),
        maximum=90,
    ),
    Int(
        name="test",
        label=QT_TRANSLATE_NOOP("Parameter", "Test %"),
        help=QT_TRANSLATE_NOOP("Parameter", "Share of the rows kept for the last test."),
        maximum=90,
    ),
    Flag(
        name="stratify",
        label=QT_TRANSLATE_NOOP("Parameter", "Same share of classes"),
        help=QT_TRANSLATE_NOOP("Parameter", "Every part holds the classes in equal shares."),
        default=True,
    ),
    Flag(
        name="shuffle",
        label=QT_TRANSLATE_NOOP("Parameter", "Mix the rows"),
        help=QT_TRANSLATE_NOOP("Parameter", "Off: the first rows train, the last ones test."),
        default=True,
    ),
    Int(
        name="split_seed",
        label=QT_TRANSLATE_NOOP("Parameter", "Seed of the split"),
        help=QT_TRANSLATE_NOOP("Parameter", "Another number divides the rows differently."),
        default=0,
        maximum=2**31 - 1,
    ),
)
_OWN = frozenset(parameter.name for parameter in SPLIT)


def rows_of(spec: DataSpec) -> tuple[Parameter, ...]:
    """Return the example's own settings, then scaling and split."""
    known = spec.source.kind == "builtin" and spec.source.id in datasets
    return (*(datasets[spec.source.id].parameters if known else ()), *SPLIT)


def values_of(spec: DataSpec) -> dict[str, Any]:
    """Return what `rows_of` show."""
    split = spec.split
    numbers = [c for c in spec.columns if c.role == "feature" and c.kind != "category"]
    return {
        **dict(spec.source.settings),
        "scaling": numbers[0].scaling if numbers else "standard",
        "validation": round(100 * split.validation),
        "test": round(100 * split.test),
        "stratify": split.stratify,
        "shuffle": split.shuffle,
        "split_seed": spec.seed,
    }


def with_value(spec: DataSpec, name: str, value: Any) -> DataSpec:
    """Return the data with one row of `rows_of` changed; raise StudioError when it doesn't fit."""
    row = next(row for row in rows_of(spec) if row.name == name)
    value = row.check(value)
    if name not in _OWN:
        return _regenerated(spec, {**dict(spec.source.settings), name: value})
    if name == "scaling":
        columns = tuple(
            replace(c, scaling=value) if c.role == "feature" and c.kind != "category" else c
            for c in spec.columns
        )
        return replace(spec, columns=columns)
    if name == "split_seed":
        return replace(spec, seed=value)
    if name in ("validation", "test"):
        return replace(spec, split=_shared(spec.split, name, value))
    return replace(spec, split=replace(spec.split, **{name: value}))


def _shared(split: Split, name: str, percent: int) -> Split:
    """Return the split with another share held out; the rest trains."""
    shares = {"validation": round(100 * split.validation), "test": round(100 * split.test)}
    shares[name] = percent
    rest = 100 - sum(shares.values())
    if rest < 5:
        text = translate("Inspector", "Only {percent} % of the rows would be left for training.")
        hint = translate("Inspector", "Give validation and test less.")
        raise StudioError(text.format(percent=rest), hint)
    validation, test = shares["validation"] / 100, shares["test"] / 100
    return replace(split, train=1.0 - validation - test, validation=validation, test=test)


def _regenerated(spec: DataSpec, settings: Mapping[str, Any]) -> DataSpec:
    """Return the example made with other settings; roles and split stay where they fit."""
    dataset = datasets[spec.source.id]
    fresh = dataset.default_spec(**settings)
    same = [(c.name, c.kind) for c in fresh.columns] == [(c.name, c.kind) for c in spec.columns]
    if same:
        return replace(spec, source=fresh.source)
    return replace(fresh, split=spec.split, seed=spec.seed)
