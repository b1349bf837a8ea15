"""A table as bytes for the project file: lossless, without pickle, equal tables give equal bytes.

An uncompressed zip with fixed times: `table.json` describes the columns, `<place>.npy` holds
numbers, dates, arrays and the codes of categories, `<place>.json` the lines of text columns.
"""

import io
import json
import struct
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnstudio.data.npy import from_npy, to_npy
from nnstudio.data.packed import packed
from nnstudio.data.table import KINDS, Column, Table, object_array
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

FORMAT = 1
MAX_COLUMNS = 20_000


def table_to_bytes(table: Table) -> bytes:
    """Return `table` as bytes; every value, kind, unit and order of categories survives."""
    entries: dict[str, bytes] = {}
    described = []
    for place, column in enumerate(table.fields):
        stored: dict[str, Any] = {"name": column.name, "kind": column.kind}
        if column.unit:
            stored["unit"] = column.unit
        if column.kind == "text":
            entries[f"{place}.json"] = _json(list(column.values))
        else:
            array = _array(column, stored)
            entries[f"{place}.npy"] = to_npy(array)
        described.append(stored)
    head = {
        "format": FORMAT,
        "name": table.name,
        "rows": table.row_count,
        "columns": described,
        "repairs": list(table.repairs),
    }
    return packed({"table.json": _json(head), **entries})


def table_from_bytes(content: bytes) -> Table:
    """Return the table that `table_to_bytes` wrote; raise StudioError for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(_entries(archive, len(content)))
    except (
        zipfile.BadZipFile, KeyError, TypeError, ValueError, AttributeError, struct.error,
        NotImplementedError, RuntimeError, EOFError, OSError, RecursionError, SyntaxError,
        MemoryError, OverflowError, IndexError,
    ) as error:  # fmt: skip
        raise StudioError(
            translate("Data", "A table stored in the project is damaged."),
            translate("Data", "Bring the data in again."),
            details=repr(error),
        ) from None


def _array(column: Column, stored: dict[str, Any]) -> NDArray[Any]:
    if column.kind == "category":
        stored["categories"] = list(column.categories)
        codes: dict[Any, int] = {name: place for place, name in enumerate(column.categories)}
        extra = [v for v in column.values if v is not None and v not in codes]
        if extra:
            raise ValueError(f"{column.name}: {extra[0]!r} is not among the categories")
        return np.array([codes.get(value, -1) for value in column.values], "<i4")
    if column.kind == "date":
        stored["resolution"] = np.datetime_data(column.values.dtype)[0]
        return column.values.astype("<i8")
    return np.ascontiguousarray(column.values, "<f8")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _entries(archive: zipfile.ZipFile, limit: int) -> dict[str, bytes]:
    """Read every entry; only stored ones are allowed, so nothing can be larger than the file."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(infos) > MAX_COLUMNS + 1 or len(set(names)) != len(names):
        raise ValueError("too many or equal entries")
    if any(info.compress_type != zipfile.ZIP_STORED for info in infos):
        raise ValueError("a compressed entry")
    if sum(info.file_size for info in infos) > limit:
        raise ValueError("entries overlap")
    return {info.filename: archive.read(info) for info in infos}


def _read(entries: Mapping[str, bytes]) -> Table:
    head = json.loads(entries["table.json"])
    if head["format"] != FORMAT:
        raise ValueError(f"format {head['format']!r}")
    rows = head["rows"]
    columns = tuple(
        _column(stored, place, rows, entries) for place, stored in enumerate(head["columns"])
    )
    if not all(isinstance(text, str) for text in (head["name"], *head["repairs"])):
        raise TypeError("name and repairs must be texts")
    return Table(columns, head["name"], tuple(head["repairs"]))


def _column(
    stored: Mapping[str, Any], place: int, rows: int, entries: Mapping[str, bytes]
) -> Column:
    name, kind, unit = stored["name"], stored["kind"], stored.get("unit", "")
    if not isinstance(name, str) or not isinstance(unit, str) or kind not in KINDS:
        raise TypeError("name, unit or kind")
    if kind == "text":
        texts = json.loads(entries[f"{place}.json"])
        if len(texts) != rows or not all(isinstance(text, str | None) for text in texts):
            raise ValueError(f"{name}: not {rows} texts")
        return Column(name, kind, object_array(texts), unit=unit)
    array = from_npy(entries[f"{place}.npy"])
    if array.ndim < 1 or len(array) != rows or (kind != "tensor" and array.ndim != 1):
        raise ValueError(f"{name}: shape {array.shape}")
    if kind == "category":
        return _category(name, stored["categories"], array, unit)
    if kind == "date":
        if stored["resolution"] not in ("D", "s") or array.dtype != np.dtype("<i8"):
            raise ValueError(f"{name}: not a date")
        return Column(name, kind, array.astype(f"datetime64[{stored['resolution']}]"), unit=unit)
    if array.dtype != np.dtype("<f8"):
        raise ValueError(f"{name}: {array.dtype}")
    return Column(name, kind, array, shape=array.shape[1:], unit=unit)


def _category(name: str, categories: Any, codes: NDArray[Any], unit: str) -> Column:
    texts = list(categories)
    if not all(isinstance(text, str) for text in texts) or len(set(texts)) != len(texts):
        raise ValueError(f"{name}: categories")
    if codes.dtype != np.dtype("<i4") or ((codes < -1) | (codes >= len(texts))).any():
        raise ValueError(f"{name}: codes")
    names = object_array([*texts, None])
    return Column(name, "category", names[codes], categories=tuple(texts), unit=unit)
