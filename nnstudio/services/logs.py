"""The program's log: one small file with one predecessor, and the stacks of a hard crash."""

import faulthandler
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from nnstudio.services.folders import state_folder

LOGGER = "nnstudio"
LARGEST = 500_000  # bytes of one file

_crashes: list[TextIO] = []  # kept open: a crash has no time to open a file


def start(folder: Path | None = None) -> Path | None:
    """Write the log and hard crashes to files in `folder`; return it, None if it can't be."""
    folder = folder if folder is not None else state_folder() / "logs"
    logger = logging.getLogger(LOGGER)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "nnstudio.log", maxBytes=LARGEST, backupCount=1, encoding="utf-8"
        )
        crashes = (folder / "crash.log").open("w", encoding="utf-8")
    except OSError:
        return None
    stop()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    faulthandler.enable(crashes)
    _crashes.append(crashes)
    return folder


def stop() -> None:
    """Close the files."""
    logger = logging.getLogger(LOGGER)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.propagate = True
    while _crashes:
        faulthandler.disable()
        _crashes.pop().close()
