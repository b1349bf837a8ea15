"""Facts about one column that roles and warnings are decided from."""

import re
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from nnstudio.data.table import Column, label_of, sort_categories

MAX_CLASSES = 20
MAX_CATEGORIES = 50

_ID_NAME = re.compile(
    r"(?i)(^|[\s_.\-#])(id|no|nr|num|number|index|idx|serial|key|code|uuid|번호|순번|연번|학번|일련번호|코드)"
    r"([\s_.\-#]|$)|^unnamed|번호$|학번$|_id$|Id$|ID$"
)


@dataclass(frozen=True)
class Profile:
    """`distinct` counts different present values (arrays count as 0); `rows` includes missing."""

    rows: int
    missing: int
    distinct: int
    whole: bool
    id_like: bool

    @property
    def constant(self) -> bool:
        """Whether a column of single values never changes."""
        return self.distinct == 1


# Columns never change, so their facts are remembered as long as they live.
_known: WeakKeyDictionary[Column, Profile] = WeakKeyDictionary()


def profile(column: Column) -> Profile:
    """Return the facts about `column`."""
    if column not in _known:
        _known[column] = _profile(column)
    return _known[column]


def _profile(column: Column) -> Profile:
    absent = column.missing()
    present = column.values[~absent]
    rows, missing = len(column.values), int(absent.sum())
    if column.kind == "tensor":
        return Profile(rows, missing, 0, False, False)
    if column.kind in ("category", "text"):
        distinct = len(set(present.tolist()))
        every = distinct == rows and rows >= 10
        return Profile(rows, missing, distinct, False, every)
    unique = np.unique(present)
    whole = column.kind == "number" and bool(np.all(unique == np.floor(unique)))
    every = whole and len(unique) == rows and rows >= 10
    counted = every and bool(unique[-1] - unique[0] == rows - 1)
    named = bool(_ID_NAME.search(column.name.strip()))
    return Profile(rows, missing, len(unique), whole, counted or (every and named))


def can_be_classes(column: Column) -> bool:
    """Whether `column` reads as a class: a category, or few whole numbers that repeat."""
    facts = profile(column)
    if column.kind == "category":
        return 2 <= facts.distinct <= MAX_CATEGORIES
    if column.kind != "number" or not 2 <= facts.distinct <= MAX_CLASSES:
        return False
    return facts.distinct == 2 or (
        facts.whole and facts.distinct <= 12 and facts.rows >= 5 * facts.distinct
    )


def classes_of(column: Column) -> tuple[str, ...]:
    """Return the class names of `column` when it is treated as a category, in their order."""
    if column.kind == "category":
        return column.categories
    if column.kind == "number":
        present = np.unique(column.values[~np.isnan(column.values)])
        return sort_categories(name for name in map(label_of, present) if name is not None)
    return sort_categories(name for name in map(label_of, column.to_list()) if name is not None)
