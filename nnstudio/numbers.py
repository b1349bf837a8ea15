"""How a person writes a number and how the program shows one (shared by every field and label)."""

import math
import re
import unicodedata

from nnstudio.errors import StudioError
from nnstudio.i18n import translate

_SIGNS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "⁄": "/", "÷": "/", "∕": "/", "·": "."})
_FULL_WIDTH = str.maketrans({chr(0xFF01 + i): chr(0x21 + i) for i in range(94)})
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


_style: tuple[int | None, bool] = (None, False)


def parse_number(text: str) -> float:
    """Return the number a person wrote: `0.5`, `0,5`, `1/3`, `-2e-3`, `½`, `−4`.

    Full-width digits (Hangul input) and the true minus sign count. Raise StudioError in words
    when the text is no finite number.
    """
    plain = text.translate(_FULL_WIDTH).translate(_SIGNS).strip()
    if not plain:
        raise _refuse(text, translate("Number", "Write a number, such as 0.5."))
    pieces = plain.split("/")
    if len(pieces) > 2:
        raise _refuse(text, translate("Number", "Write one fraction, such as 1/3."))
    values = [_decimal(piece.strip(), text) for piece in pieces]
    if len(values) == 2 and values[1] == 0:
        raise _refuse(text, translate("Number", "Nothing can be divided by 0."))
    value = values[0] if len(values) == 1 else values[0] / values[1]
    if not math.isfinite(value):
        raise _refuse(text, translate("Number", "The number is too large."))
    return value


def _decimal(piece: str, text: str) -> float:
    if "," in piece and ("." in piece or piece.count(",") > 1):
        raise _refuse(text, translate("Number", "Leave out the separators between thousands."))
    plain = piece.replace(",", ".")
    if _DECIMAL.fullmatch(plain) and plain.isascii():
        return float(plain)
    sign, last = (-1.0, plain[1:]) if plain.startswith("-") else (1.0, plain)
    if len(last) == 1 and unicodedata.category(last) == "No":
        return sign * unicodedata.numeric(last)
    raise _refuse(text, translate("Number", "Write a number such as 0.5, 1/3 or -2e-3."))


def _refuse(text: str, hint: str) -> StudioError:
    shown = text.strip()
    if not shown:
        return StudioError(translate("Number", "The field is empty."), hint)
    return StudioError(translate("Number", "“{text}” is not a number.").format(text=shown), hint)


def format_number(
    value: float, digits: int = 4, decimals: int | None = None, comma: bool = False
) -> str:
    """Return `value` with `digits` significant digits, or with exactly `decimals` decimals.

    The minus is the true sign −; values from 1e6 up and below 1e-4 use e; `parse_number` reads
    every result back except NaN and ∞.
    """
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if decimals is not None:
        shown = f"{value:.{decimals}f}"
    elif value == 0 or 1e-4 <= abs(value) < 1e6:
        shown = _significant(value, digits)
    else:
        mantissa, exponent = f"{value:.{max(digits - 1, 0)}e}".split("e")
        if "." in mantissa:
            mantissa = mantissa.rstrip("0").rstrip(".")
        shown = f"{mantissa}e{int(exponent)}"
    if float(shown) == 0:
        shown = shown.lstrip("-")
    shown = shown.replace("-", "−")
    return shown.replace(".", ",") if comma else shown


def short(value: float) -> str:
    """Return `value` for a small place, in steady width: two decimals, fewer when it is large."""
    size = abs(value)
    if not math.isfinite(value) or size >= 1e5:
        return format_number(value, 2)
    return format_number(value, decimals=2 if size < 9.995 else 1 if size < 99.95 else 0)


def set_style(decimals: int | None, comma: bool) -> None:
    """Choose how numbers of the network are shown from now on, as `set_language` does for texts.

    `decimals` is how many are always shown; None shows as many as matter.
    """
    global _style
    _style = (decimals, comma)


def shown_number(value: float, digits: int = 4) -> str:
    """Return `value` as the reader wants numbers; fields to type in use `format_number`."""
    return format_number(value, digits, *_style)


def shown_short(value: float) -> str:
    """Return `value` for a small place with the reader's decimal sign."""
    return short(value).replace(".", ",") if _style[1] else short(value)


def _significant(value: float, digits: int) -> str:
    size = math.floor(math.log10(abs(value))) if value else 0
    shown = f"{value:.{max(digits - 1 - size, 0)}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
