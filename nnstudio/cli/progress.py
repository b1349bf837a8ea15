"""A progress bar on a terminal; silence in a pipe."""

import sys
from time import monotonic

WIDTH = 30
PAUSE = 0.1


class Progress:
    """Draws one line on stderr that is overwritten, at most ten times a second."""

    def __init__(self, goal: int) -> None:
        self._goal = max(goal, 1)
        self._shown = -PAUSE
        self._live = sys.stderr.isatty()

    def show(self, done: int, text: str) -> None:
        """Draw `done` of the goal with a short text behind the bar."""
        now = monotonic()
        if self._live and (now - self._shown >= PAUSE or done >= self._goal):
            self._shown = now
            full = WIDTH * min(done, self._goal) // self._goal
            bar = "█" * full + "░" * (WIDTH - full)
            print(f"\r{bar} {done}/{self._goal}  {text}\033[K", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """End the line."""
        if self._live:
            print(file=sys.stderr)
