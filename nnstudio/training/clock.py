"""Time spent training, the present speed, and when the worker should let others in."""

from time import perf_counter

MEASURED = 0.25
BREATH_EVERY = 0.005


class Clock:
    """Counts from `start` to `stop`; `speed` is updates a second, measured four times a second."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.speed = 0.0
        self._last: float | None = None
        self._steps = 0
        self._since = 0.0
        self._breathed = 0.0

    def start(self) -> None:
        """Begin to count."""
        self._last = self._since = perf_counter()
        self._steps = 0

    def stop(self) -> None:
        """Count no further."""
        self.ran(0)
        self._last = None

    def ran(self, steps: int) -> None:
        """Note that `steps` updates were done since the last call."""
        if self._last is None:
            return
        now = perf_counter()
        self.seconds += now - self._last
        self._last = now
        self._steps += steps
        if now - self._since >= MEASURED:
            self.speed = self._steps / (now - self._since)
            self._steps, self._since = 0, now

    def due_to_breathe(self) -> bool:
        """Tell whether the worker has held the interpreter for long enough."""
        now = perf_counter()
        if now - self._breathed < BREATH_EVERY:
            return False
        self._breathed = now
        return True
