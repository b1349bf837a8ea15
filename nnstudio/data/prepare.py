"""From a table and its description to arrays a network can learn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.codes import CategoryCode, Code, NumberCode
from nnstudio.data.fit import fit, fit_numbers
from nnstudio.data.fitted import Fitted, Range
from nnstudio.data.spec import DataSpec, FeatureStep, check_spec
from nnstudio.data.split import Parts, split_rows
from nnstudio.data.steps import apply_step
from nnstudio.data.table import Table
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

__all__ = ["Examples", "Fitted", "Prepared", "Range", "prepare"]


@dataclass(frozen=True, eq=False)
class Examples:
    """Rows ready for a network: float64 arrays by node id, first axis = examples, read-only.

    `rows` are the row numbers in the table.
    """

    inputs: dict[str, NDArray[np.float64]]
    targets: dict[str, NDArray[np.float64]]
    rows: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, eq=False)
class Prepared:
    """The three parts and everything fitted on the first; `warnings` are sentences."""

    fitted: Fitted
    train: Examples
    validation: Examples
    test: Examples
    warnings: tuple[str, ...] = ()


def prepare(
    spec: DataSpec,
    table: Table,
    inputs: Mapping[str, Sequence[str]],
    outputs: Mapping[str, Sequence[str]],
    fitted: Fitted | None = None,
) -> Prepared:
    """Split, fit on the training rows and encode.

    `inputs` and `outputs` map node ids to columns; () means all features, or all targets. With
    `fitted` nothing is fitted anew: a network that was trained keeps its preparation. The same
    spec and table give the same arrays. Raise StudioError for a missing column, a kind that
    doesn't fit, no rows, or a single class.
    """
    check_spec(spec)
    used = _used_columns(spec, inputs, outputs)
    target_names = _target_columns(spec, outputs)
    rows, warnings = _usable_rows(spec, table, used, target_names)
    parts = _split(spec, table, rows, target_names)
    if fitted is None:
        fitted = _fit_all(spec, table, used, parts.train)
    for columns in outputs.values():
        _check_classes(fitted, columns)
    examples = [
        _examples(fitted, table, inputs, outputs, part)
        for part in (parts.train, parts.validation, parts.test)
    ]
    warnings += _filled_warnings(spec, table, used, target_names, rows)
    train, validation, test = examples
    return Prepared(fitted, train, validation, test, tuple(warnings))


def _used_columns(
    spec: DataSpec, inputs: Mapping[str, Sequence[str]], outputs: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """Return every raw column needed, in the order of the spec: bound or not, roles decide too."""
    steps = {step.name: step for step in spec.features}
    wanted = {column.name for column in spec.columns if column.role != "ignore"}
    for columns in (*inputs.values(), *outputs.values()):
        for name in columns:
            wanted.update(steps[name].columns if name in steps else (name,))
    for step in spec.features:
        wanted.update(step.columns)
    for name in wanted:
        spec.column(name)
    return tuple(column.name for column in spec.columns if column.name in wanted)


def _target_columns(spec: DataSpec, outputs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for columns in outputs.values():
        names.update(dict.fromkeys(tuple(columns) or spec.target_columns()))
    return tuple(names)


def _usable_rows(
    spec: DataSpec, table: Table, used: Sequence[str], targets: Sequence[str]
) -> tuple[NDArray[np.intp], list[str]]:
    """Return the rows that stay: those with every target and every column that drops its gaps."""
    keep = np.ones(table.row_count, bool)
    warnings = []
    for name in used:
        column_spec = spec.column(name)
        gaps = table.column(name).missing()
        if not gaps.any():
            continue
        if column_spec.missing == "error":
            text = translate("Data", "A value of “{name}” is missing in row {row}.")
            raise StudioError(
                text.format(name=name, row=int(np.flatnonzero(gaps)[0]) + 1),
                translate("Data", "Fill it in, or choose how missing values are treated."),
            )
        if name in targets or column_spec.missing == "drop":
            dropped = int((gaps & keep).sum())
            keep &= ~gaps
            if dropped:
                text = translate("Data", "Rows without “{name}” left out: {count}.")
                warnings.append(text.format(count=dropped, name=name))
    rows = np.flatnonzero(keep)
    if not len(rows):
        raise StudioError(
            translate("Data", "The table has no complete row to learn from."),
            translate("Data", "Choose to fill missing values, or don't use the empty columns."),
        )
    return rows, warnings


def _split(spec: DataSpec, table: Table, rows: NDArray[np.intp], targets: Sequence[str]) -> Parts:
    """Split the usable rows; classes are those of the first category target."""
    classes = None
    for name in targets:
        if spec.column(name).kind == "category":
            code = fit(spec.column(name), table.column(name), rows)
            assert isinstance(code, CategoryCode)
            classes = code.codes(table.column(name).values[rows])
            break
    parts = split_rows(len(rows), spec.split, spec.seed, classes)
    return Parts(rows[parts.train], rows[parts.validation], rows[parts.test])


def _fit_all(spec: DataSpec, table: Table, used: Sequence[str], rows: NDArray[np.intp]) -> Fitted:
    codes: dict[str, Code] = {
        name: fit(spec.column(name), table.column(name), rows) for name in used
    }
    for step in spec.features:
        codes[step.name] = _fit_step(step, table, codes, rows)
    return Fitted(
        tuple(codes.values()), spec.features, spec.feature_columns(), spec.target_columns()
    )


def _fit_step(
    step: FeatureStep, table: Table, codes: Mapping[str, Code], rows: NDArray[np.intp]
) -> NumberCode:
    values = []
    for name in step.columns:
        code = codes[name]
        assert isinstance(code, NumberCode)
        values.append(code.filled(table.column(name).values[rows]))
    return fit_numbers(step.name, apply_step(step, values), step.scaling)


def _check_classes(fitted: Fitted, columns: Sequence[str]) -> None:
    names = tuple(columns) or fitted.targets
    code = fitted.code(names[0]) if names else None
    if isinstance(code, CategoryCode) and code.width < 2:
        text = translate("Data", "The target “{name}” has only one class.").format(name=code.name)
        raise StudioError(
            text, translate("Data", "Choose a target with at least two different values.")
        )


def _examples(
    fitted: Fitted,
    table: Table,
    inputs: Mapping[str, Sequence[str]],
    outputs: Mapping[str, Sequence[str]],
    rows: NDArray[np.intp],
) -> Examples:
    raw: dict[str, Any] = {
        code.name: table.column(code.name).values[rows]
        for code in fitted.codes
        if code.name in table
    }
    encoded = {node: fitted.encode(columns, raw) for node, columns in inputs.items()}
    targets = {node: fitted.encode_target(columns, raw) for node, columns in outputs.items()}
    for array in (*encoded.values(), *targets.values(), rows):
        array.setflags(write=False)
    return Examples(encoded, targets, rows)


def _filled_warnings(
    spec: DataSpec,
    table: Table,
    used: Sequence[str],
    targets: Sequence[str],
    rows: NDArray[np.intp],
) -> list[str]:
    warnings = []
    for name in used:
        count = int(table.column(name).missing()[rows].sum())
        if count and name not in targets:
            text = translate("Data", "Missing values of “{name}” filled in: {count}.")
            warnings.append(text.format(count=count, name=name))
    return warnings
