"""Descriptions of one setting: type, bounds, default, label, help; read by forms and files."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nnstudio.errors import StudioError
from nnstudio.i18n import translate

Value = bool | int | float | str | tuple[int, ...] | tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class Parameter(ABC):
    """One named setting. `label` and `help` are English sources in the context "Parameter"."""

    name: str
    label: str
    help: str = ""
    default: Value = None
    advanced: bool = False
    visible_if: Callable[[Mapping[str, Any]], bool] | None = None

    @abstractmethod
    def check(self, value: Any) -> Value:
        """Return `value` in its proper type; raise StudioError saying what fits."""

    def _refuse(self, value: Any, fits: str) -> StudioError:
        text = translate("Parameter", "{name} can't be {value}.").format(
            name=translate("Parameter", self.label), value=value
        )
        return StudioError(text, fits)


@dataclass(frozen=True, kw_only=True)
class Int(Parameter):
    """A whole number in [`minimum`, `maximum`]."""

    default: int = 1
    minimum: int = 0
    maximum: int = 1_000_000

    def check(self, value: Any) -> int:
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or value != value
            or value in (float("inf"), float("-inf"))
            or int(value) != value
            or not self.minimum <= value <= self.maximum
        ):
            raise self._refuse(
                value,
                translate("Parameter", "Use a whole number from {low} to {high}.").format(
                    low=self.minimum, high=self.maximum
                ),
            )
        return int(value)


@dataclass(frozen=True, kw_only=True)
class Float(Parameter):
    """A finite number in [`minimum`, `maximum`]; `logarithmic` asks forms for a log slider."""

    default: float = 0.0
    minimum: float = -1e12
    maximum: float = 1e12
    step: float = 0.1
    logarithmic: bool = False

    def check(self, value: Any) -> float:
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not self.minimum <= value <= self.maximum
        ):
            raise self._refuse(
                value,
                translate("Parameter", "Use a number from {low} to {high}.").format(
                    low=f"{self.minimum:g}", high=f"{self.maximum:g}"
                ),
            )
        return float(value)


@dataclass(frozen=True, kw_only=True)
class Flag(Parameter):
    """Yes or no."""

    default: bool = False

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self._refuse(value, translate("Parameter", "Use yes or no."))
        return value


@dataclass(frozen=True, kw_only=True)
class Choice(Parameter):
    """One of `options`: (id, English label) pairs; labels translate in the context `context`."""

    default: str = ""
    options: Sequence[tuple[str, str]] | Callable[[], Sequence[tuple[str, str]]] = ()
    context: str = "Choice"

    def choices(self) -> tuple[tuple[str, str], ...]:
        """Return the (id, English label) pairs."""
        return tuple(self.options() if callable(self.options) else self.options)

    def check(self, value: Any) -> str:
        ids = [id for id, _ in self.choices()]
        if value not in ids:
            raise self._refuse(
                value, translate("Parameter", "Use one of: {ids}.").format(ids=", ".join(ids))
            )
        return str(value)


@dataclass(frozen=True, kw_only=True)
class Text(Parameter):
    """A short line of text."""

    default: str = ""
    maximum_length: int = 200

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or len(value) > self.maximum_length:
            raise self._refuse(
                value,
                translate("Parameter", "Use a text of at most {count} characters.").format(
                    count=self.maximum_length
                ),
            )
        return value


@dataclass(frozen=True, kw_only=True)
class Texts(Parameter):
    """Several short texts, such as column names."""

    default: tuple[str, ...] = ()

    def check(self, value: Any) -> tuple[str, ...]:
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self._refuse(value, translate("Parameter", "Use a list of texts."))
        if not all(isinstance(item, str) for item in value):
            raise self._refuse(value, translate("Parameter", "Use a list of texts."))
        return tuple(value)


@dataclass(frozen=True, kw_only=True)
class Shape(Parameter):
    """Sizes of the axes of one example, such as (784,) or (28, 28, 1); every size at least 1.

    With `one_left_open` one of them may be -1: whatever size is left.
    """

    default: tuple[int, ...] = (1,)
    maximum_rank: int = 4
    one_left_open: bool = False

    def check(self, value: Any) -> tuple[int, ...]:
        fits = translate("Parameter", "Use one to {count} sizes of at least 1, such as 28, 28, 1.")
        if self.one_left_open:
            fits = translate("Parameter", "Use one to {count} sizes of at least 1; one may be -1.")
        if isinstance(value, int) and not isinstance(value, bool):
            value = (value,)
        if (
            isinstance(value, str)
            or not isinstance(value, Sequence)
            or not 1 <= len(value) <= self.maximum_rank
            or not all(isinstance(n, int) and not isinstance(n, bool) for n in value)
            or sum(n == -1 for n in value) > self.one_left_open
            or not all(n >= 1 or n == -1 for n in value)
        ):
            raise self._refuse(value, fits.format(count=self.maximum_rank))
        return tuple(value)


def check_all(
    parameters: Sequence[Parameter], values: Mapping[str, Any], owner: str
) -> dict[str, Value]:
    """Return every parameter's checked value, defaults filled in.

    Raise StudioError for an unknown name or a value that doesn't fit; `owner` is named in it.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in values:
        if name not in known:
            text = translate("Parameter", "{owner} has no setting {name}.")
            hint = translate("Parameter", "Use one of: {ids}.")
            raise StudioError(
                text.format(owner=owner, name=name), hint.format(ids=", ".join(known))
            )
    return {
        name: parameter.check(values[name]) if name in values else parameter.default
        for name, parameter in known.items()
    }
