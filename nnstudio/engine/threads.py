"""Threads of the matrix library: one is fastest for the networks trained here."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


@contextmanager
def blas_threads(count: int = 1) -> Iterator[None]:
    """Let matrix products use at most `count` threads inside the block.

    Two spinning threads on a busy machine cost ten to a hundred times one thread.
    """
    before = [(library, library.num_threads) for library in _libraries()]
    for library, threads in before:
        if threads > count:
            library.set_num_threads(count)
    try:
        yield
    finally:
        for library, threads in before:
            if threads > count:
                library.set_num_threads(threads)


@cache
def _libraries() -> list[Any]:
    """Return the loaded matrix libraries; looking for them takes longer than many a run."""
    found: list[Any] = ThreadpoolController().select(user_api="blas").lib_controllers
    return found
