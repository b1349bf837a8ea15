"""Aligns the columns of a small table on a terminal, where Hangul is two cells wide."""

import unicodedata
from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Return one line per row; the columns numbered in `right` stand at their right edge."""
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        parts = []
        for place, (text, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cells(text))
            parts.append(space + text if place in right else text + space)
        lines.append("  ".join(parts).rstrip())
    return lines


def cells(text: str) -> int:
    """Return how many cells of a terminal a text fills."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
