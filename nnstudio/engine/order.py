"""Order: the random order of examples, which can be found again in the middle of an epoch."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnstudio.engine import random_state


class Order:
    """A generator that is asked once per epoch; none where examples keep their order."""

    def __init__(self, seed: int, shuffle: bool) -> None:
        self._random = np.random.default_rng([seed, 0])
        self._before: Any = self._random.bit_generator.state
        self.generator = self._random if shuffle else None

    def begin(self) -> np.random.Generator | None:
        """Return the generator for a new epoch, after remembering its state."""
        if self.generator is not None:
            self._before = self._random.bit_generator.state
        return self.generator

    def dump(self, inside: bool) -> list[int]:
        """Return the state before the present epoch if `inside` one, else before the next."""
        return random_state.dump(self._before if inside else self._random.bit_generator.state)

    def load(self, words: Sequence[int]) -> None:
        """Go on from a dumped state."""
        random_state.load(self._random, words)
