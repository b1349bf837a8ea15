"""Immutable objects that are a kind and its checked settings (layers, optimisers)."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from nnstudio.parameters import Parameter, Value, check_all


class Configured:
    """A kind with settings declared as `parameters`; positional arguments follow their order.

    Equal and hashable by kind and settings; `replace` returns a changed copy. Raise StudioError
    when a setting is unknown or out of its bounds.
    """

    id: ClassVar[str]
    label: ClassVar[str]
    help: ClassVar[str]
    parameters: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        names = [parameter.name for parameter in self.parameters]
        if len(arguments) > len(names):
            raise TypeError(f"{type(self).__name__} takes at most {len(names)} arguments")
        for name, value in zip(names, arguments, strict=False):
            if name in settings:
                raise TypeError(f"{type(self).__name__} got {name!r} twice")
            settings[name] = value
        checked = check_all(self.parameters, settings, type(self).__name__)
        self.__dict__.update(checked)

    @property
    def settings(self) -> dict[str, Value]:
        """Every setting by name, in the order of `parameters`."""
        return {parameter.name: self.__dict__[parameter.name] for parameter in self.parameters}

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some settings changed."""
        return type(self)(**{**self.settings, **changes})

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable; use replace({name}=...)")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.settings == getattr(other, "settings", None)

    def __hash__(self) -> int:
        return hash((type(self), tuple(self.settings.values())))

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{parameter.name}={self.__dict__[parameter.name]!r}"
            for parameter in self.parameters
            if self.__dict__[parameter.name] != parameter.default
        )
        return f"{type(self).__name__}({shown})"


def changed_settings(item: Configured) -> Mapping[str, Value]:
    """Return only the settings that differ from their defaults (what a file stores)."""
    return {
        parameter.name: item.settings[parameter.name]
        for parameter in item.parameters
        if item.settings[parameter.name] != parameter.default
    }
