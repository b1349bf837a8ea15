"""Colours keep their contrast, zero stays visible, and the type grows for a talk."""

from itertools import product

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from nnstudio.ui.stylesheet import palette, sheet
from nnstudio.ui.theme import (
    DARK,
    LIGHT,
    LIGHT_PRESENTATION,
    Theme,
    ThemeManager,
    diverging_map,
    kind_color,
    signed_color,
)

THEMES = (LIGHT, DARK, LIGHT_PRESENTATION)


def luminance(name: str) -> float:
    """Relative luminance of the W3C's contrast rule."""
    parts = np.array(QColor(name).getRgbF()[:3])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_is_readable_on_every_ground(theme: Theme) -> None:
    grounds = (theme.window, theme.panel, theme.canvas, theme.card, theme.hover, theme.selection)
    for ground in grounds:
        assert contrast(theme.text, ground) >= 7
    for ground in (theme.window, theme.panel, theme.canvas, theme.card):
        assert contrast(theme.muted, ground) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_signs_classes_and_families_keep_three_to_one(theme: Theme) -> None:
    colors = (
        theme.negative,
        theme.positive,
        theme.accent,
        theme.good,
        theme.bad,
        theme.warn,
        *theme.classes,
        *theme.families.values(),
    )
    for color, ground in product(colors, (theme.panel, theme.canvas, theme.card)):
        assert contrast(color, ground) >= 2.8, (color, ground)
    for ground in (theme.panel, theme.canvas):
        assert contrast(theme.zero, ground) >= 2.5


def test_every_class_has_its_own_marker_and_colour() -> None:
    for theme in THEMES:
        assert len(set(theme.classes)) == len(theme.classes) == len(theme.markers)
        assert len(set(theme.markers)) == len(theme.markers)


def test_a_sign_goes_from_grey_to_its_full_colour() -> None:
    assert signed_color(LIGHT, 0.0, 2.0).name() == LIGHT.zero
    assert signed_color(LIGHT, 2.0, 2.0).name() == LIGHT.positive
    assert signed_color(LIGHT, -9.0, 2.0).name() == LIGHT.negative
    assert signed_color(LIGHT, 1.0, 0.0).name() == LIGHT.zero
    assert signed_color(LIGHT, float("nan"), 1.0).name() == LIGHT.bad


def test_the_map_runs_from_minus_over_the_panel_to_plus() -> None:
    colors = diverging_map(DARK)
    assert colors.shape == (256, 3)
    assert colors.dtype == np.uint8
    for place, name in ((0, DARK.negative), (255, DARK.positive)):
        assert tuple(colors[place]) == QColor(name).getRgb()[:3]
    panel = np.array(QColor(DARK.panel).getRgb()[:3])
    assert np.abs(colors[127].astype(int) - panel).max() <= 1


def test_swapping_exchanges_the_two_signs_only() -> None:
    swapped = LIGHT.swapped()
    assert (swapped.negative, swapped.positive) == (LIGHT.positive, LIGHT.negative)
    assert swapped.classes[:2] == (LIGHT.classes[1], LIGHT.classes[0])
    assert swapped.classes[2:] == LIGHT.classes[2:]
    assert swapped.accent == LIGHT.accent


def test_a_kind_has_its_familys_colour_and_output_its_own() -> None:
    assert kind_color(LIGHT, "input", "io") == LIGHT.families["io"]
    assert kind_color(LIGHT, "output", "io") == LIGHT.families["output"]
    assert kind_color(LIGHT, "unheard", "of") == LIGHT.muted


def test_in_a_talk_nothing_is_smaller_than_twenty_points(qapp: QApplication) -> None:
    themes = ThemeManager()
    themes.set_mode("light")
    assert themes.font().pointSizeF() == 10
    assert themes.font(0.9).pointSizeF() < 10
    themes.set_presentation(True)
    assert themes.theme is LIGHT_PRESENTATION
    assert themes.scale == 2
    assert min(themes.font(factor).pointSizeF() for factor in (0.8, 0.9, 1.0, 1.3)) == 20
    themes.set_presentation(False)
    assert themes.theme is LIGHT


def test_every_change_is_announced_once(qapp: QApplication) -> None:
    themes = ThemeManager()
    heard: list[str] = []
    themes.changed.connect(lambda: heard.append(themes.theme.name))
    themes.set_mode("dark")
    themes.set_mode("light")
    themes.set_options(swap_colors=True)
    assert heard == ["dark", "light", "light"]
    assert themes.theme.positive == LIGHT.negative
    with pytest.raises(ValueError, match="Unknown theme"):
        themes.set_mode("purple")


def test_numbers_are_written_as_the_user_reads_them(qapp: QApplication) -> None:
    themes = ThemeManager()
    assert themes.number(-0.5) == "−0.5"
    themes.set_options(decimals=2, decimal_comma=True)
    assert themes.number(0.126) == "0,13"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_style_sheet_and_palette_are_made_from_the_tokens(qapp: QApplication, mode: str) -> None:
    themes = ThemeManager()
    themes.set_mode(mode)
    text = sheet(themes)
    assert "$" not in text
    assert themes.theme.accent in text
    assert palette(themes.theme).window().color().name() == themes.theme.window
