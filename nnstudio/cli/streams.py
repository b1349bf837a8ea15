"""Standard output and error that take every text: Hangul in a C locale, odd bytes of file names."""

import codecs
import contextlib
import sys

HANDLER = "nnstudio"


def prepare() -> None:
    """Let stdout and stderr write UTF-8 whatever the locale says."""
    codecs.register_error(HANDLER, _odd)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # replaced by something simpler
            stream.reconfigure(encoding="utf-8", errors=HANDLER)  # type: ignore[union-attr]


def _odd(error: UnicodeError) -> tuple[str | bytes, int]:
    """Return the bytes a file name had where the locale couldn't read it; else \\ud800 and such."""
    assert isinstance(error, UnicodeEncodeError)
    letter = error.object[error.start]
    if 0xDC80 <= ord(letter) <= 0xDCFF:
        return bytes([ord(letter) - 0xDC00]), error.start + 1
    return f"\\u{ord(letter):04x}", error.start + 1
