"""A session that keeps work every few milliseconds until it is killed; prints a dot for each."""

import sys
import time
from pathlib import Path

from nnstudio.document.project import Project
from nnstudio.services.autosave import Autosave


def main() -> None:
    autosave = Autosave(Path(sys.argv[1]))
    number = 0
    while True:
        number += 1
        autosave.keep(Project(title=str(number)), Path("/home/나/수업.nns"), {"zoom": number})
        autosave.wait()
        print(number, flush=True)
        time.sleep(0.002)


if __name__ == "__main__":
    main()
