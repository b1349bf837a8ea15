"""Says in words that a file of data can't be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nnstudio.errors import StudioError
from nnstudio.i18n import translate


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what the system says while the block reads `path` into a StudioError."""
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise StudioError(
            translate("Data", "The file “{name}” can't be read.").format(name=path.name),
            translate("Data", "Check that it exists and that you may open it."),
            details=str(error),
        ) from None
