"""From bytes to text: byte order marks, UTF-8, cp949, UTF-16, and files that are no text at all."""

import codecs
from dataclasses import dataclass

from nnstudio.errors import StudioError
from nnstudio.i18n import translate

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# PNG, JPEG, GIF, PDF, programs, archives, NumPy, SQLite, Parquet, HDF5, RIFF, pickle, Hangul.
_SIGNATURES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"MZ", b"\x7fELF", b"\x1f\x8b", b"BZh"),
    *(b"7z\xbc\xaf", b"Rar!", b"PK\x03\x04", b"\x93NUMPY", b"SQLite format", b"PAR1", b"\x89HDF"),
    *(b"RIFF", b"\x80\x04", b"HWP Document"),
)
_MAX_BAD = 0.05


@dataclass(frozen=True)
class Decoded:
    """The text, the name of its encoding, and what had to be mended."""

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


def decode(content: bytes, encoding: str = "") -> Decoded:
    """Return `content` as text: in `encoding`, or by mark, UTF-8, cp949, else with gaps.

    Raise StudioError for an empty file, an unknown encoding, or bytes that are no text.
    """
    if encoding:
        return _as_chosen(content, encoding)
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _checked(content, name, "utf-8" if name == "utf-8-sig" else name)
    if content.startswith(_SIGNATURES):
        raise _no_text()
    wide = _wide(content)
    if wide:
        return _checked(content, wide, wide)
    if b"\0" in content:
        raise _no_text()
    try:
        return Decoded(_plain(content.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = _plain(content.decode("cp949"))
    except UnicodeDecodeError:
        return _with_gaps(content)
    return Decoded(text, "cp949", (translate("Data", "The text was read as Korean (cp949)."),))


def _as_chosen(content: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        text = content.decode("utf-8-sig" if name == "utf-8" else encoding, "replace")
    except (LookupError, ValueError) as error:
        raise StudioError(
            translate("Data", "“{name}” is not an encoding of text.").format(name=encoding),
            translate("Data", "Use one of: {ids}.").format(ids="utf-8, cp949, utf-16, latin-1"),
            details=str(error),
        ) from None
    return Decoded(text, encoding, _gap_repairs(text.count("\ufffd")))


def _checked(content: bytes, codec: str, name: str) -> Decoded:
    text = _plain(content.decode(codec, "replace"))
    return Decoded(text, name, _gap_repairs(text.count("\ufffd")))


def _with_gaps(content: bytes) -> Decoded:
    """Decode with the encoding that loses least; more than a few lost characters are no text."""
    tries = [(content.decode(name, "replace"), name) for name in ("utf-8", "cp949")]
    text, name = min(tries, key=lambda each: each[0].count("\ufffd"))
    lost = text.count("\ufffd")
    if lost > max(20, _MAX_BAD * len(text)):
        raise _no_text()
    return Decoded(_plain(text), name, _gap_repairs(lost))


def _gap_repairs(lost: int) -> tuple[str, ...]:
    if not lost:
        return ()
    text = translate("Data", "Characters that could not be read and show as �: {count}.")
    return (text.format(count=lost),)


def _wide(content: bytes) -> str:
    """Return the byte order of UTF-16 without a mark, "" for anything else."""
    sample = content[:4096]
    half = len(sample) // 2
    if half < 2:
        return ""
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    return ""


def _plain(text: str) -> str:
    """Return `text` when it holds hardly any control characters; raise StudioError else."""
    sample = text[:20_000]
    controls = sum(1 for char in sample if char < " " and char not in "\t\n\r\f\v\x1a")
    if controls > max(4, 0.02 * len(sample)):
        raise _no_text()
    return text


def _no_text() -> StudioError:
    return StudioError(
        translate("Data", "This file is not a table."),
        translate("Data", "Use a CSV, TSV or Excel file."),
    )
