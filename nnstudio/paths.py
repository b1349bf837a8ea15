"""Where the shipped files are: in a checkout, in a wheel and in a frozen bundle."""

import sys
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """Return the folder of shipped files; raise FileNotFoundError when there is none."""
    package = Path(__file__).resolve().parent
    bundle = Path(getattr(sys, "_MEIPASS", package))
    for folder in (bundle / "resources", package / "resources", package.parent / "resources"):
        if (folder / "i18n").is_dir():
            return folder
    raise FileNotFoundError(f"The shipped files of NN Studio were not found beside {package}")
