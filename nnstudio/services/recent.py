"""The project files opened last, newest first."""

from pathlib import Path

from nnstudio.services.settings import Settings

MOST = 10


class Recent:
    """Kept in the settings; a file that is gone is passed over, and comes back when it does."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def files(self) -> list[Path]:
        """Return the files that are there."""
        return [path for path in map(Path, self._settings.recent) if path.is_file()]

    def add(self, path: Path) -> None:
        """Put a file first."""
        new = str(path.resolve())
        others = [known for known in self._settings.recent if known != new]
        self._settings.keep_recent((new, *others)[:MOST])
