"""Sensible roles for the columns of a table that nobody has described yet."""

from collections.abc import Sequence

from nnstudio.data.profile import MAX_CATEGORIES, can_be_classes, profile
from nnstudio.data.spec import ColumnSpec, DataSpec, Source, Split
from nnstudio.data.table import Column, Table
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

_TARGET_WORDS = """
    target class label y output species type outcome result category diagnosis price medv
    정답 목표 결과 종 품종 분류 클래스 라벨 레이블 종류 등급 판정 합격 합격여부 가격
"""
_TARGET_NAMES = frozenset(_TARGET_WORDS.split())


def propose(table: Table, source: Source, target: str | Sequence[str] | None = None) -> DataSpec:
    """Return a DataSpec with a role for every column of `table`.

    Without `target`, the last column with a telling name, else the last category, else the
    last column of numbers is the target. Ids, dates, texts, constants and categories with
    more than 50 values are not used. Numbers are scaled to mean 0, deviation 1, arrays to
    0…1. Raise StudioError when a named target is missing or nothing can be learned from.
    """
    if target is None:
        chosen = _guess_target(table)
        targets: tuple[str, ...] = (chosen,) if chosen else ()
    else:
        targets = (target,) if isinstance(target, str) else tuple(target)
    for name in targets:
        table.column(name)
    several = len(targets) > 1
    # A series of one number in time has nothing but its date to be learned from.
    dates = sum(1 for column in table.fields if _usable(column)) < 2
    columns = tuple(_column_spec(column, targets, several, dates) for column in table.fields)
    if not any(column.role == "feature" for column in columns):
        raise StudioError(
            translate("Data", "The table has no column to learn from."),
            translate("Data", "Besides the target it needs a column of numbers or categories."),
        )
    stratify = any(c.role == "target" and c.kind == "category" for c in columns)
    return DataSpec(source, columns, _split_for(table.row_count, stratify))


def _split_for(rows: int, stratify: bool) -> Split:
    """Return the usual split; tables too small to hold rows out are used whole."""
    if rows < 20:
        return Split(1.0, 0.0, 0.0, stratify)
    return Split(stratify=stratify)


def _guess_target(table: Table) -> str | None:
    usable = [column for column in table.fields if _usable(column)]
    if len(usable) < 2 and not (usable and any(c.kind == "date" for c in table.fields)):
        return None
    telling = [c for c in usable if c.name.strip().casefold() in _TARGET_NAMES]
    classes = [c for c in usable if c.kind == "category" and can_be_classes(c)]
    numbers = [c for c in usable if c.kind == "number"]
    for group in (telling, classes, numbers):
        if group:
            return group[-1].name
    return None


def _usable(column: Column) -> bool:
    facts = profile(column)
    if column.kind == "tensor":
        return True
    if column.kind in ("date", "text") or facts.id_like or facts.distinct < 2:
        return False
    return column.kind != "category" or facts.distinct <= MAX_CATEGORIES


def _column_spec(
    column: Column, targets: tuple[str, ...], several: bool, dates: bool
) -> ColumnSpec:
    kind = column.kind
    missing = "most_frequent" if kind in ("category", "text") else "median"
    scaling = "minmax" if kind == "tensor" else "standard"
    if column.name in targets:
        if kind in ("number", "text") and not several and can_be_classes(column):
            kind = "category"
        if kind == "text":
            kind = "category"
        return ColumnSpec(column.name, kind, "target", scaling, "drop")
    used = _usable(column) or (dates and kind == "date" and profile(column).distinct > 1)
    role = "feature" if used else "ignore"
    return ColumnSpec(column.name, kind, role, scaling, missing)
