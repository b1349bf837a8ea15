"""JSON read without trust: no duplicate keys, no NaN, bounded size and depth."""

import json
import math
from typing import Any, NoReturn

MAXIMUM_BYTES = 32 * 2**20
MAXIMUM_DEPTH = 64


def dump(value: Any) -> bytes:
    """Return readable JSON, keys sorted; raise ValueError for NaN and infinity."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1)
    return text.encode("utf-8") + b"\n"


def load(content: bytes) -> Any:
    """Return the value in `content`; raise ValueError for anything doubtful."""
    if len(content) > MAXIMUM_BYTES:
        raise ValueError(f"{len(content)} bytes of JSON")
    try:
        value = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_refuse,
            parse_float=_finite,
        )
    except RecursionError:
        raise ValueError("JSON nested too deeply") from None
    _check_depth(value)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key twice")
    return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is no number")
    return number


def _check_depth(value: Any) -> None:
    """Walk level by level, so that no recursion is needed to find out."""
    level = [value]
    for _ in range(MAXIMUM_DEPTH + 1):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        if not below:
            return
        level = below
    raise ValueError("JSON nested too deeply")
