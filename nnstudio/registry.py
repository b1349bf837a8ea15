"""Registries of kinds: one module is one entry, found by its id, duplicates refused."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar


class Kind(Protocol):
    """What every registered kind tells about itself (label and help are English sources)."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def help(self) -> str: ...


T = TypeVar("T", bound=Kind)


class Registry(Generic[T]):
    """An ordered id -> kind table, filled by importing every module of `package` on first use."""

    def __init__(self, name: str, package: str) -> None:
        self.name = name
        self._package = package
        self._entries: dict[str, T] = {}
        self._discovered = False

    def add(self, kind: T) -> T:
        """Register `kind`; usable as a decorator. Raise ValueError on a second same id."""
        if kind.id in self._entries:
            raise ValueError(f"{self.name}: the id {kind.id!r} is already taken")
        self._entries[kind.id] = kind
        return kind

    def __getitem__(self, id: str) -> T:
        self._discover()
        try:
            return self._entries[id]
        except KeyError:
            known = ", ".join(self._entries)
            raise KeyError(f"No {self.name} with the id {id!r}; known: {known}") from None

    def get(self, id: str) -> T | None:
        """Return the kind with this id, or None."""
        self._discover()
        return self._entries.get(id)

    def __contains__(self, id: object) -> bool:
        self._discover()
        return id in self._entries

    def __iter__(self) -> Iterator[T]:
        self._discover()
        return iter(self._entries.values())

    def __len__(self) -> int:
        self._discover()
        return len(self._entries)

    def ids(self) -> tuple[str, ...]:
        """Return every id in the order of registration."""
        self._discover()
        return tuple(self._entries)

    def _discover(self) -> None:
        if not self._discovered:
            self._discovered = True
            discover(self._package)

    def sort(self, key: Callable[[T], tuple[object, ...]]) -> None:
        """Order the entries for display by `key`."""
        self._discover()
        self._entries = dict(sorted(self._entries.items(), key=lambda item: key(item[1])))


def discover(package: str) -> None:
    """Import every module of `package`, so that each registers its kind (names sorted)."""
    home = importlib.import_module(package)
    for module in sorted(pkgutil.iter_modules(home.__path__), key=lambda found: found.name):
        importlib.import_module(f"{package}.{module.name}")
