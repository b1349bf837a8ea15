"""The `.nns` file: one project, saved whole or not at all, opened without trust."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from numpy.typing import NDArray

from nnstudio.data.npy import from_npy, to_npy
from nnstudio.data.stored import table_from_bytes, table_to_bytes
from nnstudio.data.table import Table
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange import atomic, strict_json
from nnstudio.exchange.archive import Archive, damaged, open_archive, write_entries
from nnstudio.exchange.migrations import FORMAT, migrate, version_of
from nnstudio.exchange.project_plain import build, curve_arrays, to_plain
from nnstudio.exchange.schema import ProjectFile
from nnstudio.i18n import translate

SUFFIX = ".nns"
PNG = b"\x89PNG\r\n\x1a\n"
MAXIMUM_THUMBNAIL = 4 * 2**20
MAXIMUM_VIEW = 2**20

Array = NDArray[Any]

_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}/[A-Za-z0-9_][A-Za-z0-9_.]{0,63}")
_FOLDERS = {
    "weights": "weights",
    "masks": "masks",
    "slots": "history/slots",
    "curves": "history/curves",
}
_WRONG = (
    ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError,
    MemoryError, msgspec.ValidationError,
)  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """What a file held: the project, the view state of the window, what had to be left out."""

    project: Project
    view: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    thumbnail: bytes = b""


def save(
    project: Project,
    path: Path | str,
    view: Mapping[str, Any] | None = None,
    thumbnail: bytes | None = None,
    backup: bool = True,
) -> None:
    """Write the project; the former file stays as `.bak`. Raise StudioError when that fails.

    A crash at any moment leaves the old file or the new one. Without `view` or `thumbnail` (a
    headless save) those of the former file are kept.
    """
    path = Path(path)
    if view is None or thumbnail is None:
        old_view, old_thumbnail = _former(path)
        view = old_view if view is None else view
        thumbnail = old_thumbnail if thumbnail is None else thumbnail

    def content(file: BinaryIO) -> None:
        write_entries(file, entries_of(project, view, thumbnail))

    atomic.write(path, content, check=_check, backup=backup)


def open_project(path: Path | str) -> Opened:
    """Read a project file; raise StudioError when it is damaged, hostile or too new."""
    with open_archive(Path(path)) as archive:
        try:
            return _read(archive)
        except StudioError:
            raise
        except _WRONG as error:
            raise damaged(repr(error)) from None


def read_plain(
    content: bytes,
    arrays: Mapping[str, Mapping[str, Array]] | None = None,
    tables: Mapping[str, Table] | None = None,
) -> tuple[Project, tuple[str, ...]]:
    """Return the project a `project.json` describes, and sentences about what was left out.

    Raise StudioError when it is damaged or too new.
    """
    try:
        return build(_parse(content), arrays or {}, tables or {})
    except StudioError:
        raise
    except _WRONG as error:
        raise damaged(repr(error)) from None


def entries_of(
    project: Project, view: Mapping[str, Any] | None = None, thumbnail: bytes | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield the entries of the file, (name, bytes), the same for equal projects."""
    plain = to_plain(project)
    entries: list[tuple[str, bytes]] = []
    plain["arrays"] = _put_arrays(project, entries)
    plain["tables"] = _put_tables(project, entries)
    yield "project.json", strict_json.dump(plain)
    if view:
        yield "view.json", strict_json.dump(dict(view))
    yield from entries
    if thumbnail:
        yield "thumbnail.png", thumbnail


def _put_arrays(project: Project, entries: list[tuple[str, bytes]]) -> list[dict[str, Any]]:
    """Append one entry per array and return the manifest."""
    parts: dict[str, Mapping[str, Array]] = {
        "weights": project.weights,
        "masks": project.masks,
        "slots": project.run.slots,
        "curves": curve_arrays(project.run),
    }
    manifest = []
    taken: set[str] = set()
    for part, arrays in parts.items():
        for number, name in enumerate(sorted(arrays)):
            array = arrays[name]
            file = f"{_FOLDERS[part]}/{name}.npy"
            if not _PLAIN_NAME.fullmatch(name) or file.casefold() in taken or len(file) > 100:
                file = f"{_FOLDERS[part]}/{number:04d}.npy"
            taken.add(file.casefold())
            content = to_npy(array)
            entries.append((file, content))
            manifest.append(
                {
                    "part": part,
                    "name": name,
                    "file": file,
                    "shape": list(array.shape),
                    "dtype": array.dtype.name,
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
            )
    return manifest


def _put_tables(project: Project, entries: list[tuple[str, bytes]]) -> list[dict[str, Any]]:
    """Append the table the data names, if the project holds it; return the manifest."""
    data = project.data
    if data is None or data.source.kind != "embedded" or data.source.id not in project.tables:
        return []
    content = table_to_bytes(project.tables[data.source.id])
    entries.append(("data/0000.table", content))
    digest = hashlib.sha256(content).hexdigest()
    return [{"name": data.source.id, "file": "data/0000.table", "sha256": digest}]


def _check(path: Path) -> None:
    """Read every entry of a file just written; its checksums are compared on the way."""
    with open_archive(path) as archive:
        for name in archive:
            archive.read(name)


def _former(path: Path) -> tuple[Mapping[str, Any], bytes]:
    """Return view and thumbnail of the file that is there, if it can be read."""
    try:
        with open_archive(path) as archive:
            return _view(archive), _thumbnail(archive)
    except StudioError:
        return {}, b""


def _read(archive: Archive) -> Opened:
    file = _parse(archive.read("project.json", strict_json.MAXIMUM_BYTES))
    arrays: dict[str, dict[str, Array]] = {part: {} for part in _FOLDERS}
    files: set[str] = set()
    for entry in file.arrays:
        if entry.part not in arrays or entry.name in arrays[entry.part] or entry.file in files:
            raise ValueError(f"the array {entry.name} is listed wrongly")
        files.add(entry.file)
        content = archive.read(entry.file)
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            raise ValueError(f"{entry.file} was changed")
        array = from_npy(content)
        if not array.size:
            raise ValueError(f"{entry.file} is empty")
        if list(array.shape) != entry.shape or array.dtype.name != entry.dtype:
            raise ValueError(f"{entry.file} has another shape than listed")
        arrays[entry.part][entry.name] = array
    tables: dict[str, Table] = {}
    for table in file.tables:
        content = archive.read(table.file)
        if hashlib.sha256(content).hexdigest() != table.sha256 or table.name in tables:
            raise ValueError(f"{table.file} was changed")
        tables[table.name] = table_from_bytes(content)
    project, warnings = build(file, arrays, tables)
    return Opened(project, _view(archive), warnings, _thumbnail(archive))


def _parse(content: bytes) -> ProjectFile:
    """Return the checked content of `project.json` in the present format."""
    plain = strict_json.load(content)
    if not isinstance(plain, dict):
        raise ValueError("no project")
    if version_of(plain, "min_reader") > FORMAT:
        raise StudioError(
            translate("File", "This project was made by a newer version of NN Studio."),
            translate("File", "Update NN Studio to open it."),
        )
    return msgspec.convert(migrate(plain), ProjectFile)


def _view(archive: Archive) -> Mapping[str, Any]:
    """Return the view state; a broken one is no reason not to open the project."""
    if "view.json" not in archive or archive.size("view.json") > MAXIMUM_VIEW:
        return {}
    try:
        view = strict_json.load(archive.read("view.json", MAXIMUM_VIEW))
    except ValueError:
        return {}
    return view if isinstance(view, dict) else {}


def _thumbnail(archive: Archive) -> bytes:
    if not 0 < archive.size("thumbnail.png") <= MAXIMUM_THUMBNAIL:
        return b""
    content = archive.read("thumbnail.png", MAXIMUM_THUMBNAIL)
    return content if content.startswith(PNG) else b""
