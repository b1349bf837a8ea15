"""The zip around a project: written the same way every time, read without trust."""

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from nnstudio.data.packed import zip_info
from nnstudio.errors import StudioError
from nnstudio.exchange.reasons import reason
from nnstudio.i18n import translate

MIMETYPE = b"application/x-nnstudio"

MAXIMUM_FILE = 4 * 2**30
MAXIMUM_ENTRIES = 20_000
MAXIMUM_DIRECTORY = 16 * 2**20
MAXIMUM_ENTRY = 2 * 2**30
MAXIMUM_RATIO = 200
SMALL = 64 * 2**10
"""Below this size a ratio says nothing: a few zeros compress well and harm nobody."""

NAME = re.compile(
    r"mimetype|project\.json|view\.json|thumbnail\.png"
    r"|(?:weights|masks|data|history)(?:/[A-Za-z0-9_][A-Za-z0-9_.\-]{0,127}){1,3}"
)


def damaged(details: str) -> StudioError:
    """Return the error for a file that isn't what it should be."""
    return StudioError(
        translate("File", "This file is damaged or is no NN Studio project."),
        translate("File", "Open another copy; an older version may lie beside it as .bak."),
        details=details,
    )


def write_entries(file: BinaryIO, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write the zip: `mimetype` first, times fixed, arrays stored, texts compressed."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, content in [("mimetype", MIMETYPE), *entries]:
            if not NAME.fullmatch(name):
                raise ValueError(f"{name!r} is no name for an entry")
            info = zip_info(name)
            if name.endswith(".json") and len(content) < MAXIMUM_RATIO * len(
                zlib.compress(content)
            ):
                info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=6)


class Archive:
    """An open zip whose directory was checked; `read` returns one entry's bytes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos = {info.filename: info for info in archive.infolist()}

    def __contains__(self, name: object) -> bool:
        return name in self._infos

    def __iter__(self) -> Iterator[str]:
        return iter(self._infos)

    def size(self, name: str) -> int:
        """Return the bytes an entry will have."""
        return self._infos[name].file_size if name in self._infos else 0

    def read(self, name: str, limit: int = MAXIMUM_ENTRY) -> bytes:
        """Return an entry; raise StudioError when it is missing, too long or damaged."""
        info = self._infos.get(name)
        if info is None:
            raise damaged(f"{name} is missing")
        if info.file_size > limit:
            raise damaged(f"{name} has {info.file_size} bytes")
        try:
            with self._archive.open(info) as entry:
                content = entry.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
                NotImplementedError, struct.error, UnicodeDecodeError) as error:  # fmt: skip
            raise damaged(f"{name}: {error!r}") from None
        if len(content) != info.file_size:
            raise damaged(f"{name} has another size than the directory says")
        return content


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open and check a project file; raise StudioError before anything is unpacked."""
    try:
        with path.open("rb") as file:
            _check_size(file)
            try:
                with zipfile.ZipFile(file) as archive:
                    _check_directory(archive)
                    yield Archive(archive)
            except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError,
                    struct.error, UnicodeDecodeError, RuntimeError) as error:  # fmt: skip
                raise damaged(repr(error)) from None
    except OSError as error:
        raise StudioError(
            translate("File", "“{name}” can't be opened: {reason}.").format(
                name=path.name, reason=reason(error)
            ),
            translate("File", "Check that the file is there and that you may read it."),
            details=repr(error),
        ) from None


def _check_size(file: BinaryIO) -> None:
    """Refuse files and directories too large to be believed, from the last bytes alone."""
    size = os.fstat(file.fileno()).st_size
    if size > MAXIMUM_FILE:
        raise damaged(f"the file has {size} bytes")
    start = max(0, size - 65_557 - 20)
    file.seek(start)
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        raise damaged("no end of a zip directory")
    count, directory = struct.unpack("<HL", tail[place + 10 : place + 16])
    if tail[max(0, place - 20) : place][:4] == b"PK\x06\x07":
        (offset,) = struct.unpack("<Q", tail[place - 12 : place - 4])
        file.seek(min(offset, size))
        record = file.read(56)
        if len(record) < 56 or record[:4] != b"PK\x06\x06":
            raise damaged("no zip64 directory")
        count, directory = struct.unpack("<QQ", record[32:48])
    if count > MAXIMUM_ENTRIES or directory > MAXIMUM_DIRECTORY:
        raise damaged(f"{count} entries, a directory of {directory} bytes")
    file.seek(0)


def _check_directory(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(infos) > MAXIMUM_ENTRIES:
        raise damaged(f"{len(infos)} entries")
    if len({name.casefold() for name in names}) != len(names):
        raise damaged("an entry twice")
    for info in infos:
        _check_entry(info)
    if sum(info.file_size for info in infos) > MAXIMUM_FILE:
        raise damaged("too much content")
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise damaged("entries overlap")
        end = info.header_offset + 30 + info.compress_size
    if not names or names[0] != "mimetype" or infos[0].file_size != len(MIMETYPE):
        raise damaged("another type of file")
    if archive.read("mimetype") != MIMETYPE:
        raise damaged("another type of file")


def _check_entry(info: zipfile.ZipInfo) -> None:
    if not NAME.fullmatch(info.filename) or ".." in info.filename:
        raise damaged(f"an entry called {info.filename!r}")
    if info.flag_bits & 0x1 or info.compress_type not in (
        zipfile.ZIP_STORED,
        zipfile.ZIP_DEFLATED,
    ):
        raise damaged(f"{info.filename}: packed in a foreign way")
    if (info.external_attr >> 16) & 0o170000 not in (0, 0o100000):
        raise damaged(f"{info.filename}: not a plain file")
    if info.file_size > MAXIMUM_ENTRY:
        raise damaged(f"{info.filename} has {info.file_size} bytes")
    if info.file_size > SMALL and info.file_size > MAXIMUM_RATIO * max(1, info.compress_size):
        raise damaged(f"{info.filename} is packed too tightly")
    if info.compress_type == zipfile.ZIP_STORED and info.file_size != info.compress_size:
        raise damaged(f"{info.filename} has two sizes")
