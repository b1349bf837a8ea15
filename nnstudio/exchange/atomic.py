"""Writing a file so that a crash at any moment leaves the old one or the new one, whole."""

import contextlib
import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from nnstudio.errors import StudioError
from nnstudio.exchange.reasons import reason
from nnstudio.i18n import translate

RETRIES = 20
STALE_SECONDS = 600.0


def write(
    path: Path,
    content: Callable[[BinaryIO], None],
    check: Callable[[Path], None] | None = None,
    backup: bool = False,
) -> None:
    """Let `content` write a temporary file beside `path`, then put it in the place of `path`.

    The file is flushed to disk and `check` reads it back before anything is replaced. With
    `backup` the former file stays as `<name>.bak`. Raise StudioError when the disk refuses.
    """
    path = Path(os.path.realpath(path))
    temporary = path.with_name(f".{path.name[:60]}.{secrets.token_hex(6)}.tmp")
    try:
        _sweep(path)
        try:
            with temporary.open("xb") as file:
                content(file)
                file.flush()
                os.fsync(file.fileno())
            if check is not None:
                check(temporary)
            _keep_mode(path, temporary)
            if backup and path.exists():
                _keep_backup(path)
            _replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise StudioError(
            translate("File", "“{name}” can't be saved: {reason}.").format(
                name=path.name, reason=reason(error)
            ),
            translate("File", "Choose another folder or make room; the file there is unchanged."),
            details=repr(error),
        ) from None


def backup_of(path: Path) -> Path:
    """Return where the former version of a file is kept."""
    return path.with_name(path.name + ".bak")


def write_bytes(path: Path, content: bytes) -> None:
    """Write a small file atomically."""

    def put(file: BinaryIO) -> None:
        file.write(content)

    write(path, put)


def _sweep(path: Path) -> None:
    """Remove temporary files a killed process left behind long ago."""
    for left in path.parent.glob(f".{_escaped(path.name[:60])}.*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                left.unlink()


def _escaped(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _keep_mode(old: Path, new: Path) -> None:
    with contextlib.suppress(OSError):
        os.chmod(new, os.stat(old).st_mode & 0o777)


def _keep_backup(path: Path) -> None:
    """Give the present file a second name; where links don't exist (USB sticks), copy it."""
    kept = backup_of(path)
    spare = kept.with_name(f".{kept.name[:60]}.{secrets.token_hex(6)}.tmp")
    try:
        try:
            os.link(path, spare)
        except OSError:
            shutil.copy2(path, spare)
        _replace(spare, kept)
    finally:
        spare.unlink(missing_ok=True)


def _replace(new: Path, old: Path) -> None:
    """Rename over `old`; a virus scanner or an indexer may hold it for a moment on Windows."""
    for attempt in _attempts():
        try:
            os.replace(new, old)
            return
        except PermissionError:
            if attempt == RETRIES - 1 or sys.platform != "win32":
                raise


def _attempts() -> Iterator[int]:
    for attempt in range(RETRIES):
        if attempt:
            time.sleep(0.01 * attempt)
        yield attempt


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # some network folders refuse; the file itself is safe
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
