"""Steps from older file formats to the present one, as functions on plain dictionaries."""

from collections.abc import Callable, Mapping
from typing import Any

FORMAT = 1
"""The format this version writes and the newest it reads in full."""

MIN_READER = 1
"""The oldest reader that understands what this version writes."""

Migration = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: Mapping[int, Migration] = {}
"""Format n -> the function that turns it into format n + 1."""


def version_of(plain: Mapping[str, Any], name: str) -> int:
    """Return a version number of a file; raise ValueError when it has none."""
    version = plain.get(name)
    if type(version) is not int or not 1 <= version < 1_000_000:
        raise ValueError(f"{name} is {version!r}")
    return version


def migrate(plain: dict[str, Any]) -> dict[str, Any]:
    """Return the dictionary in the present format."""
    version = version_of(plain, "format_version")
    while version < FORMAT:
        plain = MIGRATIONS[version](plain)
        version += 1
    return plain
