"""Where the program keeps what is its own on this machine: settings, logs, unsaved work."""

from pathlib import Path

import platformdirs

NAME = "nnstudio"


def settings_folder() -> Path:
    """Return the folder of settings; it need not exist."""
    return Path(platformdirs.user_config_dir(NAME, appauthor=False, roaming=True))


def state_folder() -> Path:
    """Return the folder of logs and unsaved work; it need not exist."""
    return Path(platformdirs.user_state_dir(NAME, appauthor=False))
