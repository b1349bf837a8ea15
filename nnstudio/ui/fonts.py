"""The shipped typeface, good in Korean, Latin and digits alike."""

from PySide6.QtGui import QFontDatabase

from nnstudio.paths import resources

FAMILY = "Pretendard"


def load_fonts() -> None:
    """Register the shipped fonts with Qt; raise FileNotFoundError when one is missing or broken."""
    for name in ("Regular", "SemiBold", "Bold"):
        file = resources() / "fonts" / f"Pretendard-{name}.otf"
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FileNotFoundError(f"The font {file.name} is missing or broken")
