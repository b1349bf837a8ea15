"""Dates as people write them: ISO, Korean, dotted, slashed, with month names, with a time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

_TIME = (
    r"(?:(?:\s*T\s*|\s+)(?P<half>오전|오후|AM|PM|am|pm)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<after>AM|PM|am|pm)?\s*(?:Z|[+\-]\d{2}:?\d{2})?)?"
)
_DAY_NAME = r"(?:\s*\(?(?:[월화수목금토일](?:요일)?|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\)?)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>[A-Za-z]{3,9})\.?"

_FORMS = {
    "ymd": re.compile(
        r"(?P<y>\d{4})\s*[-/.년]\s*(?P<m>\d{1,2})\s*[-/.월]\s*(?P<d>\d{1,2})\s*[.일]?"
        + _DAY_NAME + _TIME
    ),
    "ym": re.compile(r"(?P<y>\d{4})(?:\s*년\s*(?P<m>\d{1,2})\s*월|[-/](?P<m2>\d{1,2}))"),
    "first": re.compile(r"(?P<a>\d{1,2})\s*[-/.]\s*(?P<b>\d{1,2})\s*[-/.]\s*(?P<y>\d{4})" + _TIME),
    "short": re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{2})" + _TIME),
    "yy": re.compile(r"'?(?P<y>\d{2})(?P<s>[-.])\s?(?P<m>\d{2})(?P=s)\s?(?P<d>\d{2})\.?" + _TIME),
    "spaced": re.compile(r"'?(?P<y>\d{2})\.\s(?P<m>\d{1,2})\.\s(?P<d>\d{1,2})\.?" + _TIME),
    "dmonth": re.compile(
        r"(?P<d>\d{1,2})[\s\-.]+" + _MONTH + r"[\s\-,]+(?P<y>\d{4}|\d{2})" + _TIME
    ),
    "monthd": re.compile(_MONTH + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})" + _TIME),
    "compact": re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
}  # fmt: skip


@dataclass(frozen=True)
class Dates:
    """Moments by cell text, whether any has a time of day, and whether the order was a guess."""

    moments: dict[str, datetime]
    timed: bool
    guessed: bool


def parse_dates(cells: Iterable[str], compact: bool = False, lenient: bool = False) -> Dates | None:
    """Return the moment of every cleaned cell, or None when one of them is no date.

    05/01/2024 is read month first unless one cell proves the opposite; with dots, day first.
    `compact` also accepts 20240105. `lenient` leaves out cells that are no date.
    """
    texts = list(cells)
    matches = {text: _match(text, compact) for text in texts}
    if not lenient and not all(matches.values()):
        return None
    found = {text: match for text, match in matches.items() if match}
    ordered = [match for form, match in found.values() if form in ("first", "short")]
    day_first = _day_first(ordered)
    moments: dict[str, datetime] = {}
    for text, (form, match) in found.items():
        moment = _moment(form, match, day_first)
        if moment is not None:
            moments[text] = moment
        elif not lenient:
            return None
    if not moments:
        return None
    timed = any(match.groupdict().get("hour") for _, match in found.values())
    guessed = bool(ordered) and all(int(m["a"]) <= 12 and int(m["b"]) <= 12 for m in ordered)
    return Dates(moments, timed, guessed)


def to_days(moments: Iterable[datetime | None], timed: bool) -> NDArray[np.datetime64]:
    """Return datetime64[D], or [s] when there are times; NaT for None."""
    # None is NaT for NumPy; a NaT without a unit is on its way out
    return np.array(list(moments), "datetime64[s]" if timed else "datetime64[D]")


def _match(text: str, compact: bool) -> tuple[str, re.Match[str]] | None:
    if not any(char.isdigit() for char in text) or len(text) > 40:
        return None
    for form, pattern in _FORMS.items():
        if form == "compact" and not compact:
            continue
        match = pattern.fullmatch(text)
        if match:
            return form, match
    return None


def _day_first(matches: list[re.Match[str]]) -> bool:
    if any(int(match["a"]) > 12 for match in matches):
        return True
    if any(int(match["b"]) > 12 for match in matches):
        return False
    return any("." in match[0].split(" ")[0] for match in matches)


def _moment(form: str, match: re.Match[str], day_first: bool) -> datetime | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if form in ("first", "short"):
        first, second = int(parts["a"]), int(parts["b"])
        month, day = (second, first) if day_first else (first, second)
    elif form in ("dmonth", "monthd"):
        name = parts["name"][:3].casefold()
        if name not in _MONTHS:
            return None
        month, day = _MONTHS.index(name) + 1, int(parts["d"])
    elif form == "ym":
        month, day = int(parts["m"] or parts["m2"]), 1
    else:
        month, day = int(parts["m"]), int(parts["d"])
    try:
        return datetime(year, month, day, *_clock(parts))
    except ValueError:
        return None


def _clock(parts: dict[str, str | None]) -> tuple[int, int, int]:
    if not parts.get("hour"):
        return (0, 0, 0)
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or parts.get("after") or "").casefold()
    if half in ("오후", "pm") and hour < 12:
        hour += 12
    elif half in ("오전", "am") and hour == 12:
        hour = 0
    return (hour, int(parts["minute"] or 0), int(parts["second"] or 0))
