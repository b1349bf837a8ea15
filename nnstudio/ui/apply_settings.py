"""Makes the settings of the program take effect."""

from nnstudio.services.settings import Settings
from nnstudio.ui.language import Languages
from nnstudio.ui.theme import ThemeManager

FROM_NUMBERS = "auto"


def apply_settings(
    settings: Settings, themes: ThemeManager, languages: Languages, name: str = ""
) -> None:
    """Take over setting `name`, or all of them; what is in the middle of a run goes on."""
    if name in ("", "language"):
        languages.set(settings.get("language"))
    if name in ("", "theme"):
        themes.set_mode(settings.get("theme"))
    if name not in ("language", "theme"):
        decimals = settings.get("decimals")
        themes.set_options(
            swap_colors=settings.get("swap_colors"),
            reduced_motion=settings.get("reduced_motion"),
            decimals=None if decimals == FROM_NUMBERS else int(decimals),
            decimal_comma=settings.get("decimal_sign") == "comma",
        )
