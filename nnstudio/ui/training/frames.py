"""How evenly the window's frames come, so that the worker can leave it more time."""

from time import perf_counter

JERKY = 0.050
SMOOTH = 0.040
SHARE = 0.2


class Frames:
    """Averages the gaps between frames: jerky above 50 ms, until they are below 40 again."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._gap = 0.0
        self._jerky = False

    def jerky(self, running: bool) -> bool:
        """Note a frame; tell whether the worker should sleep a little now and then."""
        now = perf_counter()
        if not running:
            self._last = None
            return False
        if self._last is not None:
            self._gap += SHARE * (now - self._last - self._gap)
            self._jerky = self._gap > (SMOOTH if self._jerky else JERKY)
        self._last = now
        return self._jerky
