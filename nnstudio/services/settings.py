"""The settings of the program: typed rows, window layout and recent files in one JSON file."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nnstudio.errors import StudioError
from nnstudio.exchange.atomic import write_bytes
from nnstudio.i18n import QT_TRANSLATE_NOOP
from nnstudio.parameters import Choice, Flag, Int, Parameter, Value
from nnstudio.services.folders import settings_folder

FILE = "settings.json"
LARGEST = 1_000_000  # bytes; a file of settings is a few thousand
_log = logging.getLogger("nnstudio")

ROWS: tuple[Parameter, ...] = (
    Choice(
        name="language",
        label=QT_TRANSLATE_NOOP("Parameter", "Language"),
        default="system",
        options=(
            ("system", QT_TRANSLATE_NOOP("Choice", "as the system")),
            ("ko", QT_TRANSLATE_NOOP("Choice", "한국어")),
            ("en", QT_TRANSLATE_NOOP("Choice", "English")),
        ),
    ),
    Choice(
        name="theme",
        label=QT_TRANSLATE_NOOP("Parameter", "Light or dark"),
        default="system",
        options=(
            ("system", QT_TRANSLATE_NOOP("Choice", "as the system")),
            ("light", QT_TRANSLATE_NOOP("Choice", "light")),
            ("dark", QT_TRANSLATE_NOOP("Choice", "dark")),
        ),
    ),
    Choice(
        name="decimals",
        label=QT_TRANSLATE_NOOP("Parameter", "Decimals"),
        help=QT_TRANSLATE_NOOP("Parameter", "How many decimals the numbers of the network show."),
        default="auto",
        options=(
            ("auto", QT_TRANSLATE_NOOP("Choice", "as many as matter")),
            ("2", QT_TRANSLATE_NOOP("Choice", "2 decimals")),
            ("3", QT_TRANSLATE_NOOP("Choice", "3 decimals")),
            ("4", QT_TRANSLATE_NOOP("Choice", "4 decimals")),
            ("6", QT_TRANSLATE_NOOP("Choice", "6 decimals")),
        ),
    ),
    Choice(
        name="decimal_sign",
        label=QT_TRANSLATE_NOOP("Parameter", "Decimal sign"),
        default="point",
        options=(
            ("point", QT_TRANSLATE_NOOP("Choice", "point: 0.5")),
            ("comma", QT_TRANSLATE_NOOP("Choice", "comma: 0,5")),
        ),
    ),
    Flag(
        name="swap_colors",
        label=QT_TRANSLATE_NOOP("Parameter", "Swap the colours of minus and plus"),
        help=QT_TRANSLATE_NOOP("Parameter", "Blue for minus and orange for plus."),
    ),
    Flag(
        name="reduced_motion",
        label=QT_TRANSLATE_NOOP("Parameter", "Less motion"),
        help=QT_TRANSLATE_NOOP("Parameter", "Nothing glides; views change at once."),
    ),
    Int(
        name="threads",
        label=QT_TRANSLATE_NOOP("Parameter", "Threads for matrices"),
        help=QT_TRANSLATE_NOOP(
            "Parameter",
            "1 is fastest for small networks; more help with thousands of neurons. "
            "From the next start.",
        ),
        default=1,
        minimum=1,
        maximum=64,
    ),
)


class Settings:
    """Reads the file once; every change is written at once. A damaged file counts as none."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file if file is not None else settings_folder() / FILE
        self._rows = {row.name: row for row in ROWS}
        stored = _read(self._file)
        self._values: dict[str, Value] = {row.name: row.default for row in ROWS}
        for name, value in _mapping(stored.get("values")).items():
            if name in self._rows:
                self._values[name] = _checked(self._rows[name], value)
        geometry = stored.get("geometry")
        self.geometry: str = geometry if isinstance(geometry, str) else ""
        self.layout: Mapping[str, Any] = _mapping(stored.get("layout"))
        recent = stored.get("recent")
        self.recent: tuple[str, ...] = (
            tuple(path for path in recent if isinstance(path, str))
            if isinstance(recent, list)
            else ()
        )

    def get(self, name: str) -> Any:
        """Return the value of a row; raise KeyError for an unknown name."""
        return self._values[name]

    def set(self, name: str, value: Any) -> None:
        """Keep a value; raise StudioError when it doesn't fit, KeyError for an unknown name."""
        checked = self._rows[name].check(value)
        if checked != self._values[name]:
            self._values[name] = checked
            self._write()

    def keep_window(self, geometry: str, layout: Mapping[str, Any]) -> None:
        """Remember the place of the window and the layout of its panels."""
        self.geometry, self.layout = geometry, layout
        self._write()

    def keep_recent(self, paths: tuple[str, ...]) -> None:
        """Remember the files opened last."""
        self.recent = paths
        self._write()

    def _write(self) -> None:
        """Write the file; a folder that can't be written costs the memory, not the work."""
        content = {
            "format": 1,
            "values": {
                name: value
                for name, value in self._values.items()
                if value != self._rows[name].default
            },
            "geometry": self.geometry,
            "layout": dict(self.layout),
            "recent": list(self.recent),
        }
        text = json.dumps(content, ensure_ascii=False, indent=1)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(self._file, text.encode())
        except (OSError, StudioError):
            _log.warning("The settings could not be written", exc_info=True)


def _read(file: Path) -> Mapping[str, Any]:
    try:
        with file.open("rb") as content:
            return _mapping(json.loads(content.read(LARGEST)))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        _log.warning("The settings could not be read", exc_info=True)
        return {}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _checked(row: Parameter, value: Any) -> Value:
    try:
        return row.check(value)
    except StudioError:
        return row.default
