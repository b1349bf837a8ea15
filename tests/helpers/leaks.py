"""Finds the threads that a test leaves running, by name."""

import threading
import time
from collections.abc import Callable, Iterable

# Threads that belong to the test tools or to a library's lifetime, by the start of their name.
LASTING = ("execnet", "pydevd", "tqdm_monitor")


def threads() -> set[threading.Thread]:
    """Return the threads that a test would answer for."""
    return {thread for thread in threading.enumerate() if not thread.name.startswith(LASTING)}


def still_running(
    before: Iterable[threading.Thread],
    patience: float = 1.0,
    alive: Callable[[], set[threading.Thread]] = threads,
) -> list[str]:
    """Return the names of new threads that don't end within `patience` seconds."""
    known = set(before)
    deadline = time.monotonic() + patience
    while left := alive() - known:
        if time.monotonic() > deadline:
            return sorted(thread.name for thread in left)
        next(iter(left)).join(0.02)
    return []
