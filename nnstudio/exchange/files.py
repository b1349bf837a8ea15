"""Writing exported files and folders whole or not at all, and .npz bytes that never vary."""

import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from os.path import isdir
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.data.npy import npy_bytes
from nnstudio.data.packed import packed
from nnstudio.errors import StudioError
from nnstudio.exchange import atomic
from nnstudio.exchange.reasons import reason
from nnstudio.i18n import translate

BYTECODE = "__pycache__"


def write_bytes(path: Path, content: bytes) -> Path:
    """Write `content` to `path`, whole or not at all, and return the path."""
    if isdir(path):
        raise StudioError(
            translate("Export", "{file} is a folder.").format(file=path.name),
            translate("Export", "Choose another name."),
        )
    atomic.write_bytes(path, content)
    return path


@contextmanager
def staged_folder(path: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Write a folder of files whole or not at all; the block may read it back and refuse it.

    The block gets the finished folder under a temporary name; when it succeeds the folder takes
    its place. A folder that is there is replaced when it holds nothing but an earlier export.
    Raise StudioError otherwise, or when the disk refuses.
    """
    path = path.resolve()
    stage = path.with_name(f".{path.name[:60]}.{secrets.token_hex(6)}.tmp")
    try:
        _check_place(path, files)
        stage.mkdir()
        for name, content in files.items():
            atomic.write_bytes(stage / name, content)
        yield stage
        _take_place(stage, path)
    except OSError as error:
        raise StudioError(
            translate("Export", "{file} can't be written: {reason}.").format(
                file=path.name, reason=reason(error)
            ),
            translate("Export", "Choose another folder."),
            str(error),
        ) from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _check_place(path: Path, files: Mapping[str, bytes]) -> None:
    if path.is_dir():
        others = sorted({found.name for found in path.iterdir()} - {*files, BYTECODE})
        if others:
            raise StudioError(
                translate("Export", "The folder {folder} holds something else: {name}.").format(
                    folder=path.name, name=others[0]
                ),
                translate("Export", "Choose a new folder."),
            )
    elif path.exists():
        raise StudioError(
            translate("Export", "{file} is a file, not a folder.").format(file=path.name),
            translate("Export", "Choose another name."),
        )


def _take_place(stage: Path, path: Path) -> None:
    if not path.is_dir():
        stage.rename(path)
        return
    former = path.with_name(f".{path.name[:60]}.{secrets.token_hex(6)}.old")
    path.rename(former)
    try:
        stage.rename(path)
    except OSError:
        former.rename(path)
        raise
    shutil.rmtree(former, ignore_errors=True)


def npz_bytes(arrays: Mapping[str, Any]) -> bytes:
    """Return a NumPy .npz of `arrays` in their order; the same arrays give the same bytes."""
    return packed(
        {f"{name}.npy": npy_bytes(np.asarray(array, order="C")) for name, array in arrays.items()}
    )
