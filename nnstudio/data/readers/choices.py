"""What can be chosen about the reading of a table, and how a project remembers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from nnstudio.data.spec import Scalar
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

KIND_PREFIX = "kind:"


@dataclass(frozen=True)
class Choices:
    """Choices of a reader; what is left at its default is guessed from the file.

    encoding: "utf-8", "cp949", ...; separator: one character; header_row: the line of the
    column names counted from 0, -1 for none; decimal: "." or ","; sheet: a name, or a number
    from 0; missing: further words that mean "nothing here"; kinds: {column name: kind}.
    """

    encoding: str = ""
    separator: str = ""
    header_row: int | None = None
    decimal: str = ""
    sheet: str | int = ""
    missing: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)


def make_choices(**given: Any) -> Choices:
    """Return checked Choices; `header_row=None` given explicitly means that there is no header.

    Raise StudioError for a name or value that isn't known.
    """
    known = {each.name for each in fields(Choices)}
    for name in given:
        if name not in known:
            text = translate("Data", "Reading has no choice called “{name}”.").format(name=name)
            hint = translate("Data", "Use one of: {ids}.").format(ids=", ".join(sorted(known)))
            raise StudioError(text, hint)
    if "header_row" in given and given["header_row"] is None:
        given["header_row"] = -1
    if isinstance(given.get("missing"), str):
        given["missing"] = (given["missing"],)
    given = {name: value for name, value in given.items() if value is not None}
    choices = Choices(**given)
    _check(choices)
    return choices


def _check(choices: Choices) -> None:
    row = choices.header_row
    good = (
        isinstance(choices.encoding, str)
        and isinstance(choices.separator, str)
        and len(choices.separator) <= 1
        and choices.decimal in ("", ".", ",")
        and (row is None or (type(row) is int and row >= -1))
        and isinstance(choices.sheet, str | int)
        and isinstance(choices.missing, tuple | list)
        and all(isinstance(word, str) for word in choices.missing)
        and isinstance(choices.kinds, Mapping)
        and all(kind in ("number", "category", "date", "text") for kind in choices.kinds.values())
    )
    if not good:
        text = translate("Data", "A choice of reading doesn't fit: {choices}.")
        raise StudioError(
            text.format(choices=choices), translate("Data", "Leave it out to have it guessed.")
        )


def to_pairs(**given: Any) -> tuple[tuple[str, Scalar], ...]:
    """Return choices as (name, scalar) pairs, as `Source.choices` stores them."""
    pairs: dict[str, Scalar] = {}
    for name, value in given.items():
        if name == "kinds":
            pairs.update({f"{KIND_PREFIX}{column}": kind for column, kind in value.items()})
        elif name == "missing":
            pairs[name] = value if isinstance(value, str) else "\n".join(value)
        elif name == "header_row":
            pairs[name] = -1 if value is None else value
        elif value is not None:
            pairs[name] = value
    return tuple(pairs.items())


def from_pairs(pairs: tuple[tuple[str, Scalar], ...]) -> dict[str, Any]:
    """Return the keyword arguments of `read_table` that `to_pairs` stored."""
    given: dict[str, Any] = {}
    kinds: dict[str, Any] = {}
    for name, value in pairs:
        if name.startswith(KIND_PREFIX):
            kinds[name.removeprefix(KIND_PREFIX)] = value
        elif name == "missing":
            given[name] = tuple(str(value).split("\n"))
        else:
            given[name] = value
    return {**given, "kinds": kinds} if kinds else given
