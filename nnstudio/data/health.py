"""What looks wrong with the data before training: warnings in words, one per column and reason."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.profile import classes_of, profile
from nnstudio.data.spec import DataSpec
from nnstudio.data.table import Column, Table, label_of
from nnstudio.i18n import translate

MANY_MISSING = 0.3
TINY_CLASS = 5
IMBALANCE = 10.0
COPY_CORRELATION = 0.999


@dataclass(frozen=True)
class Finding:
    """One warning: `code` for tests and fixes, `column`, the sentence and what to do."""

    code: str
    column: str
    text: str
    hint: str

    def __str__(self) -> str:
        return f"{self.text} {self.hint}".strip()


def health(spec: DataSpec, table: Table) -> list[Finding]:
    """Return the warnings for the columns `spec` uses.

    Codes: constant, empty, id_like, many_missing, target_copy, one_class, tiny_class,
    imbalance, few_rows.
    """
    findings: list[Finding] = []
    present = [c for c in spec.columns if c.role != "ignore" and c.name in table]
    for column_spec in present:
        column = table.column(column_spec.name)
        findings += _column(column, column_spec.role == "feature")
    targets = [c for c in present if c.role == "target"]
    for target in targets:
        if target.kind == "category":
            findings += _classes(table.column(target.name))
        for feature in present:
            if feature.role == "feature":
                findings += _copy(table.column(feature.name), table.column(target.name))
    if 0 < table.row_count < 20 and spec.split.train < 1 and spec.split.shuffle:
        text = translate("Data", "There are only {count} rows.").format(count=table.row_count)
        hint = translate("Data", "Results on so few rows depend on chance.")
        findings.append(Finding("few_rows", "", text, hint))
    return findings


def _column(column: Column, feature: bool) -> list[Finding]:
    facts = profile(column)
    name = column.name
    if facts.rows and facts.missing == facts.rows:
        return [
            Finding(
                "empty",
                name,
                translate("Data", "“{name}” is empty.").format(name=name),
                translate("Data", "Don't use this column."),
            )
        ]
    found = []
    if feature and facts.constant and facts.rows > 4:
        text = translate("Data", "“{name}” is the same in every row.").format(name=name)
        hint = translate("Data", "Nothing can be learned from it; don't use this column.")
        found.append(Finding("constant", name, text, hint))
    if feature and facts.id_like:
        text = translate("Data", "“{name}” looks like a serial number.").format(name=name)
        hint = translate("Data", "The network would learn rows by heart; don't use this column.")
        found.append(Finding("id_like", name, text, hint))
    if facts.rows and facts.missing / facts.rows > MANY_MISSING:
        text = translate("Data", "{percent} % of “{name}” is missing.")
        percent = round(100 * facts.missing / facts.rows)
        hint = translate("Data", "Filled-in values tell little; think about leaving it out.")
        found.append(Finding("many_missing", name, text.format(name=name, percent=percent), hint))
    return found


def _classes(column: Column) -> list[Finding]:
    names = classes_of(column)
    labels = [label for label in map(label_of, column.to_list()) if label is not None]
    counts = {name: labels.count(name) for name in names}
    name = column.name
    if len(counts) < 2:
        text = translate("Data", "The target “{name}” has only one class.").format(name=name)
        hint = translate("Data", "Choose a target with at least two different values.")
        return [Finding("one_class", name, text, hint)]
    if len(labels) < 20:
        return []
    tiny = [each for each in names if counts[each] < TINY_CLASS]
    if tiny:
        text = translate("Data", "Some classes of “{name}” have fewer than {count} rows: {names}.")
        shown = ", ".join(tiny[:5])
        hint = translate("Data", "They can hardly be learned; collect more rows or join classes.")
        text = text.format(name=name, count=TINY_CLASS, names=shown)
        return [Finding("tiny_class", name, text, hint)]
    most, least = max(names, key=counts.__getitem__), min(names, key=counts.__getitem__)
    if counts[most] >= IMBALANCE * counts[least]:
        text = translate("Data", "“{most}” is {times} times as frequent as “{least}”.")
        times = round(counts[most] / counts[least])
        hint = translate("Data", "Look at the result of each class, not only at the accuracy.")
        text = text.format(most=most, least=least, times=times)
        return [Finding("imbalance", name, text, hint)]
    return []


def _copy(feature: Column, target: Column) -> list[Finding]:
    """Warn when the feature alone gives the target away: the same values or a straight line."""
    if feature.kind == "tensor" or target.kind == "tensor" or len(target.values) < 10:
        return []
    if not _gives_away(feature, target):
        return []
    text = translate("Data", "“{name}” alone tells “{target}”.")
    hint = translate("Data", "If it is only known together with the answer, don't use this column.")
    text = text.format(name=feature.name, target=target.name)
    return [Finding("target_copy", feature.name, text, hint)]


def _gives_away(feature: Column, target: Column) -> bool:
    both = ~feature.missing() & ~target.missing()
    if both.sum() < 10:
        return False
    first, second = feature.values[both], target.values[both]
    if feature.kind == "number" and target.kind == "number" and len(np.unique(second)) > 2:
        return _correlation(first, second) > COPY_CORRELATION
    labels, answers = ([label_of(each) for each in values] for values in (first, second))
    pairs = len(set(zip(labels, answers, strict=True)))
    ones, twos = len(set(labels)), len(set(answers))
    return pairs == ones == twos and ones < both.sum() / 2 and ones >= 2


def _correlation(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    a, b = first - first.mean(), second - second.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return abs(float(a @ b)) / size if size > 0 else 0.0
