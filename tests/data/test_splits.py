"""Splits: every row once, the asked sizes, the shares of classes, the same for the same seed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnstudio.data.spec import Split
from nnstudio.data.split import split_rows

thirds = st.tuples(st.integers(1, 10), st.integers(0, 10), st.integers(0, 10))


def make(weights: tuple[int, int, int], stratify: bool = True, shuffle: bool = True) -> Split:
    total = sum(weights)
    train, validation, test = (weight / total for weight in weights)
    return Split(train, validation, test, stratify, shuffle)


@given(
    st.integers(1, 300), thirds, st.integers(0, 9), st.integers(1, 6), st.booleans(), st.booleans()
)
def test_every_row_is_in_exactly_one_part(
    count: int,
    weights: tuple[int, int, int],
    seed: int,
    classes: int,
    stratify: bool,
    shuffle: bool,
) -> None:
    split = make(weights, stratify, shuffle)
    labels = np.random.default_rng(seed).integers(0, classes, count)
    parts = split_rows(count, split, seed, labels)
    together = np.concatenate([parts.train, parts.validation, parts.test])
    assert sorted(together.tolist()) == list(range(count))
    for part in (parts.train, parts.validation, parts.test):
        assert (np.diff(part) > 0).all()
    assert len(parts.train) >= 1
    again = split_rows(count, split, seed, labels)
    assert all(
        np.array_equal(getattr(parts, name), getattr(again, name)) for name in ("train", "test")
    )


@given(st.integers(2, 300), thirds, st.integers(0, 9), st.integers(1, 5))
def test_classes_keep_their_shares(
    count: int, weights: tuple[int, int, int], seed: int, classes: int
) -> None:
    split = make(weights)
    labels = np.random.default_rng(seed).integers(0, classes, count)
    parts = split_rows(count, split, seed, labels)
    for each in np.unique(labels):
        size = int((labels == each).sum())
        trained = int((labels[parts.train] == each).sum())
        tested = int((labels[parts.test] == each).sum())
        assert trained >= 1
        if size * split.train >= 2:
            assert abs(tested - size * split.test) < 2


def test_150_rows_are_cut_as_in_the_lecture() -> None:
    labels = np.repeat([0, 1, 2], 50)
    parts = split_rows(150, Split(0.8, 0.0, 0.2), 0, labels)
    assert (len(parts.train), len(parts.validation), len(parts.test)) == (120, 0, 30)
    assert np.bincount(labels[parts.train]).tolist() == [40, 40, 40]
    assert np.bincount(labels[parts.test]).tolist() == [10, 10, 10]
    parts = split_rows(150, Split(), 0, labels)
    assert (len(parts.train), len(parts.validation), len(parts.test)) == (96, 24, 30)
    assert np.bincount(labels[parts.validation]).tolist() == [8, 8, 8]


def test_seeds_differ_and_order_can_be_kept() -> None:
    first = split_rows(100, Split(), 0, None)
    second = split_rows(100, Split(), 1, None)
    assert not np.array_equal(first.test, second.test)
    ordered = split_rows(100, Split(shuffle=False), 0, None)
    assert ordered.train.tolist() == list(range(64))
    assert ordered.test.tolist() == list(range(80, 100))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_tables(count: int) -> None:
    parts = split_rows(count, Split(), 0, None)
    assert len(parts.train) + len(parts.validation) + len(parts.test) == count
