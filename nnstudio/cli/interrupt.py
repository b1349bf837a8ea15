"""Ctrl-C as a wish: a run ends after the update it is in, so that its state can be saved."""

import signal
from types import FrameType


class Interrupt:
    """Within a with block, `asked` tells that Ctrl-C was pressed; a second one ends at once."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> "Interrupt":
        self._former = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._former)

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
