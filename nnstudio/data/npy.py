"""One array as the bytes of an `.npy` file and back; nothing is believed that isn't there."""

import ast
import io
import math
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

DTYPES = ("<f4", "<f8", "|b1", "<i4", "<i8", "|u1", "<u4", "<u8")
HIGHEST_RANK = 8
LONGEST_HEADER = 4096


def to_npy(array: NDArray[Any]) -> bytes:
    """Return the array in C order, little endian, `.npy` version 1.

    Raise ValueError for a type that isn't in DTYPES.
    """
    plain = np.ascontiguousarray(array)
    plain = plain.astype(plain.dtype.newbyteorder("<"), copy=False).reshape(array.shape)
    if plain.dtype.str not in DTYPES:
        raise ValueError(f"Arrays of {array.dtype} are not stored")
    return npy_bytes(plain)


def npy_bytes(array: NDArray[Any]) -> bytes:
    """Return any array that needs no pickle as `.npy` version 1, for NumPy to read."""
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=(1, 0), allow_pickle=False)
    return file.getvalue()


def from_npy(content: bytes) -> NDArray[Any]:
    """Return a read-only array; raise ValueError unless it is exactly what `to_npy` writes.

    The header is a literal; shape × item size must equal the bytes that follow, so a header
    can't make anything be allocated.
    """
    if content[:8] != b"\x93NUMPY\x01\x00" or len(content) < 10:
        raise ValueError("not an .npy file of version 1")
    (length,) = struct.unpack("<H", content[8:10])
    if length > LONGEST_HEADER or len(content) < 10 + length:
        raise ValueError("a header of a wrong length")
    shape, dtype = _header(content[10 : 10 + length])
    if math.prod(shape) * dtype.itemsize != len(content) - 10 - length:
        raise ValueError("shape and size differ")
    array = np.frombuffer(content, dtype, offset=10 + length).reshape(shape)
    if dtype == np.bool_ and (array.view(np.uint8) > 1).any():
        raise ValueError("booleans that are neither 0 nor 1")
    return array


def _header(text: bytes) -> tuple[tuple[int, ...], np.dtype[Any]]:
    try:
        header = ast.literal_eval(text.decode("ascii"))
    except (SyntaxError, MemoryError, RecursionError, TypeError) as error:
        raise ValueError("an unreadable header") from error
    if not isinstance(header, dict) or set(header) != {"descr", "fortran_order", "shape"}:
        raise ValueError("a header with other fields")
    shape, kind = header["shape"], header["descr"]
    if (
        not isinstance(kind, str)
        or kind not in DTYPES
        or header["fortran_order"] is not False
        or not isinstance(shape, tuple)
        or len(shape) > HIGHEST_RANK
        or not all(type(size) is int and 0 <= size < 2**40 for size in shape)
    ):
        raise ValueError("a header with other values")
    return shape, np.dtype(kind)
