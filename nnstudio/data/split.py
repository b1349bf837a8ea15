"""Which rows are for training, validation and test: seeded, stratified, every row once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.spec import Split

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Parts:
    """Row numbers of the three parts, each ascending."""

    train: Rows
    validation: Rows
    test: Rows


def split_rows(count: int, split: Split, seed: int, classes: NDArray[np.intp] | None) -> Parts:
    """Cut the rows 0…count−1 into three parts of round(count · share) rows.

    `classes` gives the class of each row; with `split.stratify` every part then holds each
    class in proportion (largest remainder), and a class always keeps a row for training.
    The same seed gives the same parts. Each part is ascending, so unshuffled training
    presents the rows in the order of the table.
    """
    test_total = round(count * split.test)
    validation_total = min(round(count * split.validation), count - test_total)
    if count and test_total + validation_total >= count and split.train > 0:
        test_total, validation_total = _leave_one(test_total, validation_total)
    if not split.shuffle:
        cuts = [count - test_total - validation_total, count - test_total]
        train, validation, test = np.split(np.arange(count, dtype=np.intp), cuts)
        return Parts(train, validation, test)
    random = np.random.default_rng(seed)
    groups = _groups(count, classes if split.stratify else None)
    sizes = np.array([len(group) for group in groups])
    tests = _shares(sizes, test_total, sizes - 1)
    validations = _shares(sizes, validation_total, sizes - tests - 1)
    parts: tuple[list[Rows], list[Rows], list[Rows]] = ([], [], [])
    for group, test_count, validation_count in zip(groups, tests, validations, strict=True):
        mixed = random.permutation(group)
        cuts = [int(test_count), int(test_count + validation_count)]
        pieces = np.split(mixed, cuts)
        for part, piece in zip(parts, (pieces[2], pieces[1], pieces[0]), strict=True):
            part.append(piece)
    return Parts(*(np.sort(np.concatenate([*part, _NONE])) for part in parts))


_NONE = np.zeros(0, np.intp)


def _leave_one(test: int, validation: int) -> tuple[int, int]:
    return (test, validation - 1) if validation else (test - 1, validation)


def _groups(count: int, classes: NDArray[np.intp] | None) -> list[Rows]:
    if classes is None:
        return [np.arange(count, dtype=np.intp)] if count else []
    return [np.flatnonzero(classes == each) for each in np.unique(classes)]


def _shares(sizes: NDArray[np.intp], total: int, room: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return how many of `total` rows each group gives: in proportion, at most `room`."""
    if not len(sizes) or not total:
        return np.zeros(len(sizes), np.intp)
    quota = total * sizes / sizes.sum()
    given: NDArray[np.intp] = np.minimum(np.floor(quota).astype(np.intp), np.maximum(room, 0))
    while given.sum() < total:
        open_groups = given < room
        if not open_groups.any():
            break
        lack = np.where(open_groups, quota - given, -np.inf)
        given[int(np.argmax(lack))] += 1
    return given
