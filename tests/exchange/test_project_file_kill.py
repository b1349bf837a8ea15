"""kill −9 while saving: the file is the one before or the one after, whole, as is the backup."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("killed_while_saving.py")
ROOT = Path(__file__).resolve().parents[2]
KILLS = 300


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_save_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT), str(tmp_path), str(KILLS), "7"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert told.returncode == 0, told.stderr
    found = re.match(r"(\d+) kills, (\d+) saves, (\d+) times .*, (\d+) halves", told.stdout)
    assert found, told.stdout
    kills, saves, grown, halves = map(int, found.groups())
    assert kills == KILLS
    assert saves > KILLS / 10
    assert 0 < grown <= KILLS
    assert halves > 0
