"""Reads the data files that are shipped with the program, listed in resources/data/SOURCES.md."""

import csv
import gzip

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.table import Column, Table, category_column, number_column
from nnstudio.paths import resources


def shipped_lines(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of resources/data/`name`.csv or .csv.gz, the header first."""
    folder = resources() / "data"
    packed = folder / f"{name}.csv.gz"
    content = (
        gzip.decompress(packed.read_bytes())
        if packed.exists()
        else (folder / f"{name}.csv").read_bytes()
    )
    return tuple(tuple(row) for row in csv.reader(content.decode().splitlines()))


def shipped_table(name: str, categories: tuple[str, ...], unit: str = "") -> Table:
    """Return the shipped table; columns in `categories` are categories, all others numbers."""
    header, *rows = shipped_lines(name)
    columns: list[Column] = []
    for title, *cells in zip(header, *rows, strict=True):
        if title in categories:
            columns.append(category_column(title, cells))
        else:
            columns.append(number_column(title, map(float, cells), unit))
    return Table(tuple(columns))


def shipped_numbers(name: str) -> NDArray[np.float64]:
    """Return all values of a shipped table of numbers, shape (rows, columns)."""
    return np.array(shipped_lines(name)[1:], np.float64)
