"""Finds the system libraries that Qt needs and Linux lacks, and installs them when allowed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

# The Debian and Ubuntu package of every shared library that Qt's window asks for.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}


def say(text: str) -> None:
    """Print one line about what happens now."""
    print(f"NN Studio: {text}", file=sys.stderr, flush=True)


def fail(text: str) -> NoReturn:
    """Say in one sentence why it can't go on, and stop."""
    say(text)
    sys.exit(1)


def missing_libraries(home: Path, window: bool) -> list[str]:
    """Return the libraries that the Qt of environment `home` asks for and this machine lacks."""
    if sys.platform != "linux" or not shutil.which("ldd"):
        return []
    qt = next(home.glob("lib/python*/site-packages/PySide6/Qt"), None)
    if qt is None:
        return []
    asked = [qt / "lib/libQt6Widgets.so.6", qt / "plugins/platforms/libqoffscreen.so"]
    if window:
        asked.append(qt / "plugins/platforms/libqxcb.so")
    told = subprocess.run(["ldd", *map(str, asked)], capture_output=True, text=True).stdout
    return sorted(set(re.findall(r"^\s*(\S+) => not found", told, re.MULTILINE)))


def administrator() -> list[str]:
    """Return the command that may install system packages, or [] when we may not."""
    if not shutil.which("apt-get"):
        return []
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n", "apt-get"]
    return []


def install_system(apt: list[str], packages: list[str]) -> bool:
    """Install Debian packages, refreshing the list of packages when the first try fails."""
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}

    def works(command: list[str]) -> bool:
        return subprocess.run(command, capture_output=True, env=quiet).returncode == 0

    return works(install) or (works([*apt, "update"]) and works(install))


def mend_libraries(home: Path, window: bool) -> None:
    """Install the system libraries that are missing, or print the exact command and stop."""
    missing = missing_libraries(home, window)
    if not missing:
        return
    packages = sorted({PACKAGES[name] for name in missing if name in PACKAGES})
    apt = administrator()
    if apt and packages:
        say(f"installing system libraries: {' '.join(packages)}")
        install_system(apt, packages)
        missing = missing_libraries(home, window)
    if missing:
        told = f"Qt needs system libraries that are missing here: {', '.join(missing)}."
        command = f"sudo apt-get install -y {' '.join(packages)}"
        fail(f"{told} On Debian or Ubuntu install them with:\n  {command}" if packages else told)
