"""Writing exported files whole or not at all."""

import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.errors import StudioError
from nnstudio.i18n import translate

EPOCH = (1980, 1, 1, 0, 0, 0)


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path` that replaces it when the block succeeds.

    Raise StudioError when the folder can't be written.
    """
    handle = None
    try:
        handle, name = tempfile.mkstemp(prefix=".nnstudio-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _unwritable(path, error) from error
    temporary = Path(name)
    try:
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> Path:
    """Write `content` to `path`, whole or not at all, and return the path."""
    with staged(path) as temporary:
        temporary.write_bytes(content)
    return path


def npz_bytes(arrays: Mapping[str, Any]) -> bytes:
    """Return a NumPy .npz of `arrays` in their order; the same arrays give the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            entry = BytesIO()
            np.lib.format.write_array(entry, np.asarray(array, order="C"), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", EPOCH), entry.getvalue())
    return buffer.getvalue()


def _unwritable(path: Path, error: OSError) -> StudioError:
    text = translate("Export", "{file} can't be written: {reason}.").format(
        file=path.name, reason=error.strerror or error
    )
    return StudioError(text, translate("Export", "Choose another folder."), str(error))
