"""Random generators as plain numbers, small enough for JSON, and back."""

from collections.abc import Sequence
from typing import Any

import numpy as np

_WORD = 1 << 32


def dump(state: Any) -> list[int]:
    """Return `bit_generator.state` of a PCG64 generator as whole numbers below 2³²."""
    words: list[int] = []
    for number in (state["state"]["state"], state["state"]["inc"]):
        words.extend((number >> shift) % _WORD for shift in (0, 32, 64, 96))
    return [*words, int(state["has_uint32"]), int(state["uinteger"])]


def load(generator: np.random.Generator, words: Sequence[int]) -> None:
    """Put a dumped state into a PCG64 generator."""
    first, second = (
        sum(int(word) << shift for word, shift in zip(part, (0, 32, 64, 96), strict=True))
        for part in (words[:4], words[4:8])
    )
    generator.bit_generator.state = {
        "bit_generator": "PCG64",
        "state": {"state": first, "inc": second},
        "has_uint32": int(words[8]),
        "uinteger": int(words[9]),
    }
