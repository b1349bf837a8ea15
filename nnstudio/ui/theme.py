"""How everything looks: colours for light and dark, type, numbers; and who switches them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication

from nnstudio.numbers import set_style, shown_number
from nnstudio.ui.fonts import FAMILY

BASE_POINTS = 10.0
PRESENTATION_POINTS = 20.0  # the smallest text of a talk (journey 12)
MODES = ("system", "light", "dark")


@dataclass(frozen=True, eq=False)
class Theme:
    """Named colours as hex strings; `families` by layer group, `classes` and `markers` by index."""

    name: str
    window: str
    panel: str
    canvas: str
    grid: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    hover: str
    selection: str
    card: str
    good: str
    bad: str
    warn: str
    negative: str
    positive: str
    zero: str
    families: Mapping[str, str]
    classes: tuple[str, ...]
    markers: tuple[str, ...] = field(
        default=("o", "t", "s", "d", "star", "p", "+", "x", "h", "t1"),
    )

    @property
    def dark(self) -> bool:
        """Whether light text stands on dark ground."""
        return self.name == "dark"

    def swapped(self) -> "Theme":
        """Return the theme with the colours of minus and plus exchanged."""
        first, second, *others = self.classes
        return replace(
            self,
            negative=self.positive,
            positive=self.negative,
            classes=(second, first, *others),
        )


def _families(**colors: str) -> Mapping[str, str]:
    return MappingProxyType(colors)


LIGHT = Theme(
    name="light",
    window="#f4f6fa",
    panel="#ffffff",
    canvas="#eef1f6",
    grid="#d5dbe5",
    border="#dde3ec",
    text="#1b2430",
    muted="#5c6878",
    accent="#2563eb",
    on_accent="#ffffff",
    hover="#e8eefc",
    selection="#dbe7ff",
    card="#ffffff",
    good="#15803d",
    bad="#c81e1e",
    warn="#a15c07",
    negative="#d9730d",
    positive="#2563eb",
    zero="#8b95a3",
    families=_families(
        io="#0b8a7b",
        output="#be185d",
        basic="#2563eb",
        activation="#c2620a",
        image="#7c3aed",
        sequence="#9333a8",
        attention="#a21caf",
        graph="#0369a1",
        regularise="#64748b",
        join="#475569",
    ),
    classes=(
        "#d9730d",
        "#2563eb",
        "#15803d",
        "#9333a8",
        "#0284c7",
        "#c0392b",
        "#8a6d00",
        "#0f766e",
        "#be185d",
        "#64748b",
    ),
)

DARK = Theme(
    name="dark",
    window="#14181f",
    panel="#1c222b",
    canvas="#171c24",
    grid="#2b3441",
    border="#303a48",
    text="#e8edf4",
    muted="#9aa7b8",
    accent="#5b9dff",
    on_accent="#0b1220",
    hover="#28344a",
    selection="#2a3b5c",
    card="#232b37",
    good="#4ade80",
    bad="#ff7b72",
    warn="#f5c451",
    negative="#ff9d4d",
    positive="#6aa9ff",
    zero="#7d8897",
    families=_families(
        io="#2dd4bf",
        output="#f472b6",
        basic="#6aa9ff",
        activation="#ff9d4d",
        image="#a78bfa",
        sequence="#d08bf0",
        attention="#e879f9",
        graph="#38bdf8",
        regularise="#a3b1c6",
        join="#b6c2d4",
    ),
    classes=(
        "#ff9d4d",
        "#6aa9ff",
        "#4ade80",
        "#d08bf0",
        "#5fd4f4",
        "#ff7b72",
        "#e2c541",
        "#2dd4bf",
        "#f472b6",
        "#a3b1c6",
    ),
)

# A projector washes light colours out: darker signs for the talk (product.md, "Colour").
LIGHT_PRESENTATION = replace(
    LIGHT,
    negative="#b85c00",
    positive="#0b5fa5",
    accent="#0b5fa5",
    muted="#465160",
    border="#b9c3d1",
    classes=("#b85c00", "#0b5fa5", *LIGHT.classes[2:]),
)


def kind_color(theme: Theme, kind: str, group: str) -> str:
    """Return the family colour of a layer kind; Output has its own within its group."""
    return theme.families.get(kind, theme.families.get(group, theme.muted))


def signed_color(theme: Theme, value: float, limit: float) -> QColor:
    """Return the colour of `value` on a scale held at ±`limit`: grey at 0, never invisible."""
    if not np.isfinite(value):
        return QColor(theme.bad)
    share = min(1.0, abs(value) / limit) if limit > 0 else 0.0
    zero = QColor(theme.zero)
    end = QColor(theme.positive if value > 0 else theme.negative)
    return QColor.fromRgbF(
        zero.redF() + share * (end.redF() - zero.redF()),
        zero.greenF() + share * (end.greenF() - zero.greenF()),
        zero.blueF() + share * (end.blueF() - zero.blueF()),
    )


@cache
def diverging_map(theme: Theme) -> NDArray[np.uint8]:
    """Return the (256, 3) colours from minus over the panel colour (at 0) to plus."""
    low, middle, high = (rgb(name) for name in (theme.negative, theme.panel, theme.positive))
    place = np.linspace(-1.0, 1.0, 256)[:, None]
    minus, plus = np.clip(-place, 0, 1), np.clip(place, 0, 1)
    colors = middle + plus * (high - middle) + minus * (low - middle)
    return np.asarray(colors.round(), dtype=np.uint8)


def rgb(name: str) -> NDArray[np.float64]:
    """Return a colour as three numbers from 0 to 255."""
    color = QColor(name)
    return np.array([color.red(), color.green(), color.blue()], dtype=np.float64)


_WEIGHTS = {
    "regular": QFont.Weight.Normal,
    "semibold": QFont.Weight.DemiBold,
    "bold": QFont.Weight.Bold,
}


class ThemeManager(QObject):
    """Holds the current theme and type scale; views repaint on `changed`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode = "system"
        self.presentation = False
        self.swap_colors = False
        self.reduced_motion = False
        self.theme = LIGHT
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)
        self._refresh()

    def set_mode(self, mode: str) -> None:
        """Follow the system, or stay light or dark; raise ValueError for another word."""
        if mode not in MODES:
            raise ValueError(f"Unknown theme {mode!r}; known: {', '.join(MODES)}")
        self.mode = mode
        self._refresh()

    def set_presentation(self, on: bool) -> None:
        """Switch the type and colours for a projector on or off."""
        self.presentation = on
        self._refresh()

    def set_options(
        self,
        *,
        swap_colors: bool = False,
        reduced_motion: bool = False,
        decimals: int | None = None,
        decimal_comma: bool = False,
    ) -> None:
        """Take over the settings that concern colour, movement and numbers.

        `decimals` is how many are always shown; None shows as many as matter.
        """
        self.swap_colors = swap_colors
        self.reduced_motion = reduced_motion
        set_style(decimals, decimal_comma)
        self._refresh()

    def number(self, value: float, digits: int = 4) -> str:
        """Return a number of the network as the user wants to read numbers."""
        return shown_number(value, digits)

    @property
    def scale(self) -> float:
        """How much larger than usual everything is drawn (2.0 in a talk)."""
        return PRESENTATION_POINTS / BASE_POINTS if self.presentation else 1.0

    def font(self, size_factor: float = 1.0, weight: str = "regular") -> QFont:
        """Return the interface font; in a talk nothing is smaller than 20 points."""
        points = BASE_POINTS * size_factor * self.scale
        if self.presentation:
            points = max(points, PRESENTATION_POINTS)
        font = QFont(FAMILY)
        font.setPointSizeF(points)
        font.setWeight(_WEIGHTS[weight])
        return font

    def pixels(self, length: float) -> int:
        """Return a length in widget pixels at the current scale."""
        return round(length * self.scale)

    def _refresh(self) -> None:
        dark = self.mode == "dark"
        if self.mode == "system":
            scheme = QGuiApplication.styleHints().colorScheme()
            dark = scheme == Qt.ColorScheme.Dark
        theme = DARK if dark else (LIGHT_PRESENTATION if self.presentation else LIGHT)
        self.theme = theme.swapped() if self.swap_colors else theme
        self.changed.emit()
