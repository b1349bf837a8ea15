"""Writes resources/kinds.json: the ids of everything the program has, for `nnstudio --self-test`.

    python packaging/update_kinds.py

A frozen bundle that lost a module is found out by comparing with this list.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KINDS = ROOT / "resources" / "kinds.json"


def content() -> str:
    """Return what the file must hold."""
    sys.path.insert(0, str(ROOT))
    from nnstudio.services.selftest import kinds

    return json.dumps(kinds(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    KINDS.write_text(content(), "utf-8")
    print(f"{KINDS.relative_to(ROOT)} is up to date")
