"""Brings the table of a DataSpec: generated, taken from the project, or read from its file."""

import hashlib
from collections.abc import Mapping
from os.path import isfile
from pathlib import Path, PurePosixPath

from nnstudio.data.dataset import datasets
from nnstudio.data.readers import read_table
from nnstudio.data.readers.choices import from_pairs, to_pairs
from nnstudio.data.readers.readable import readable
from nnstudio.data.spec import DataSpec, Source
from nnstudio.data.table import Column, Table
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

EMBED_LIMIT = 20 * 1024 * 1024


def load(
    spec: DataSpec, *, embedded: Mapping[str, Table] | None = None, folder: Path | None = None
) -> Table:
    """Return the table `spec.source` names.

    `embedded` holds the project's own tables by id; `folder` is where relative paths start.
    Raise StudioError when a dataset is unknown, an embedded table is absent, or a file is
    missing or has changed since the project was made.
    """
    source = spec.source
    if source.kind == "builtin":
        dataset = datasets.get(source.id)
        if dataset is None:
            text = translate("Data", "This version has no dataset called “{name}”.")
            raise StudioError(
                text.format(name=source.id),
                translate("Data", "Choose other data, or open the project in a newer version."),
            )
        return dataset.load(**dict(source.settings))
    if source.kind == "embedded":
        table = (embedded or {}).get(source.id)
        if table is None:
            text = translate("Data", "The table “{name}” is not in the project file.")
            raise StudioError(
                text.format(name=source.id), translate("Data", "Bring the data in again.")
            )
        return table
    return _read_file(source, folder)


def _read_file(source: Source, folder: Path | None) -> Table:
    path = locate(source, folder)
    if not isfile(path):
        text = translate("Data", "The data file “{name}” was not found beside the project.")
        raise StudioError(
            text.format(name=path.name),
            translate("Data", "Put it back, or show where it is now."),
            details=source.path,
        )
    if source.sha256 and file_hash(path) != source.sha256:
        text = translate("Data", "The data file “{name}” has changed since the project was made.")
        raise StudioError(
            text.format(name=path.name),
            translate("Data", "Bring the file in again to use its new content."),
        )
    return read_table(path, **from_pairs(source.choices))


def fits_in_project(table: Table) -> bool:
    """Whether a table is small enough to be embedded; a larger one is referenced by its file."""
    return sum(_size(column) for column in table.fields) <= EMBED_LIMIT


def _size(column: Column) -> int:
    if column.kind == "text":
        return sum(3 + len(text) for text in column.values if text is not None)
    return 4 * len(column.values) if column.kind == "category" else column.values.nbytes


def locate(source: Source, folder: Path | None) -> Path:
    """Return where the file of `source` should be; its path is relative, with forward slashes."""
    return (folder or Path()) / PurePosixPath(source.path)


def file_source(path: Path, folder: Path | None, **choices: object) -> Source:
    """Return the Source of a file that is too large to be embedded.

    The path is stored relative to `folder` when the file is inside it, else only its name.
    """
    path = path.resolve()
    inside = folder is not None and path.is_relative_to(folder.resolve())
    stored = path.relative_to(folder.resolve()).as_posix() if inside and folder else path.name
    return Source("file", path=stored, sha256=file_hash(path), choices=to_pairs(**choices))


def file_hash(path: Path) -> str:
    """Return the SHA-256 of the file's bytes in hexadecimal; raise StudioError if unreadable."""
    with readable(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
