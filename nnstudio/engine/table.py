"""Table: a small registry of frozen entries that are written down in one module."""

from nnstudio.registry import Registry, T


class Table(Registry[T]):
    """A Registry whose entries are given at once; nothing is discovered."""

    def __init__(self, name: str, *entries: T) -> None:
        super().__init__(name, "")
        self._discovered = True
        for entry in entries:
            self.add(entry)

    def choices(self) -> tuple[tuple[str, str], ...]:
        """Return (id, English label) pairs, as a Choice parameter wants them."""
        return tuple((entry.id, entry.label) for entry in self)
