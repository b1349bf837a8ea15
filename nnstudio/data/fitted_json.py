"""The parts of `Fitted` as plain JSON values and back, checked field by field."""

import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from nnstudio.data.codes import CategoryCode, Code, NumberCode, TensorCode
from nnstudio.data.spec import OPERATIONS, SCALINGS, FeatureStep
from nnstudio.errors import StudioError
from nnstudio.i18n import translate

_TYPES: dict[str, type[Code]] = {
    "number": NumberCode,
    "category": CategoryCode,
    "tensor": TensorCode,
}


Parts = tuple[tuple[Code, ...], tuple[FeatureStep, ...], tuple[str, ...], tuple[str, ...]]


def to_plain(parts: Parts) -> dict[str, Any]:
    """Return plain values; `json.dumps` writes floats so that they read back exactly."""
    codes, steps, features, targets = parts
    names = {kind: name for name, kind in _TYPES.items()}
    return {
        "codes": [{"type": names[type(code)], **_plain(asdict(code))} for code in codes],
        "steps": [_plain(asdict(step)) for step in steps],
        "features": list(features),
        "targets": list(targets),
    }


def from_plain(values: Mapping[str, Any]) -> Parts:
    """Return the parts written by `to_plain`; raise StudioError when anything doesn't fit."""
    try:
        codes = tuple(_code(each) for each in _list(values["codes"]))
        steps = tuple(_build(FeatureStep, each) for each in _list(values["steps"]))
        if any(s.operation not in OPERATIONS or s.scaling not in SCALINGS for s in steps):
            raise ValueError("unknown operation")
        features, targets = (_texts(values[name]) for name in ("features", "targets"))
        names = {code.name for code in codes}
        needed = {*features, *targets, *(name for step in steps for name in step.columns)}
        if len(names) != len(codes) or not needed <= names:
            raise ValueError("columns without a code")
        return codes, steps, features, targets
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise StudioError(
            translate("Data", "The preparation of the data in this file can't be read."),
            translate("Data", "Train again to prepare the data anew."),
            details=repr(error),
        ) from None


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }


def _code(values: Any) -> Code:
    given = dict(values)
    code: Code = _build(_TYPES[given.pop("type")], given)
    if not isinstance(code, CategoryCode) and code.scale == 0:
        raise ValueError("scale is 0")
    if isinstance(code, TensorCode) and not all(size >= 1 for size in code.shape):
        raise ValueError("empty shape")
    return code


def _build(kind: type[Any], given: Mapping[str, Any]) -> Any:
    """Return `kind(**given)` after comparing every value with the type of the field's default."""
    known = {field.name: field for field in fields(kind)}
    if set(given) - set(known):
        raise ValueError(f"unknown fields {sorted(set(given) - set(known))}")
    return kind(**{name: _value(str(known[name].type), value) for name, value in given.items()})


def _value(type_name: str, value: Any) -> Any:
    if value is None and "None" in type_name:
        return None
    if "float" in type_name:
        if isinstance(value, bool) or not math.isfinite(float(value)):
            raise ValueError(f"{value!r} is not a finite number")
        return float(value)
    if "tuple[int" in type_name:
        return tuple(_whole(each) for each in _list(value))
    if "tuple[str" in type_name:
        return _texts(value)
    wanted = bool if "bool" in type_name else str
    if not isinstance(value, wanted):
        raise TypeError(f"{value!r} is not {wanted.__name__}")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} is not a whole number")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{value!r} is not a list")
    return list(value)


def _texts(value: Any) -> tuple[str, ...]:
    if not all(isinstance(each, str) for each in _list(value)):
        raise TypeError(f"{value!r} is not a list of texts")
    return tuple(value)
