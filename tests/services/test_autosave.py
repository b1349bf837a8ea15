"""Autosave: the newest work is on the disk, and the next session finds it after kill −9."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nnstudio.document.project import Project
from nnstudio.exchange.project_file import open_project, save
from nnstudio.services import autosave as module
from nnstudio.services.autosave import FILE, LOCK, Autosave
from tests.document.projects import circle

SCRIPT = Path(__file__).with_name("autosave_and_wait.py")
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def session(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another running session, killed at the end."""
    with subprocess.Popen(
        [sys.executable, "-W", "error", str(SCRIPT), str(folder)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "PATH": ""},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_work_is_kept_and_forgotten_at_a_good_end(tmp_path: Path) -> None:
    autosave = Autosave(tmp_path)
    project = circle()
    autosave.keep(project, tmp_path / "a.nns", {"zoom": 2})
    autosave.wait()
    kept = list(tmp_path.glob(f"*/{FILE}"))
    assert len(kept) == 1
    assert open_project(kept[0]).project.graph == project.graph
    autosave.saved()
    autosave.wait()
    assert not kept[0].exists()
    autosave.keep(project)
    autosave.end()
    assert not list(tmp_path.iterdir())


def test_a_session_killed_is_found_by_the_next_and_not_before(tmp_path: Path) -> None:
    with session(tmp_path) as other:
        assert other.stdout is not None
        for _ in range(5):
            other.stdout.readline()
        mine = Autosave(tmp_path)
        assert list(mine.left_behind()) == []
        other.kill()
        other.wait()
        last = int((["5", *other.stdout.read().split()])[-1])
    found = next(mine.left_behind())
    assert last <= int(found.project.title) <= last + 1
    assert found.path == Path("/home/나/수업.nns")
    assert found.view["zoom"] == int(found.project.title)
    assert datetime.now() - found.when < timedelta(minutes=1)
    third = Autosave(tmp_path)
    assert list(third.left_behind()) == []
    mine.taken(found)
    assert not found.folder.exists()
    mine.end()
    assert list(Autosave(tmp_path).left_behind()) == []


def test_work_nobody_took_is_offered_again(tmp_path: Path) -> None:
    with session(tmp_path) as other:
        assert other.stdout is not None
        other.stdout.readline()
    first = Autosave(tmp_path)
    assert len(list(first.left_behind())) == 1
    first.end()
    again = Autosave(tmp_path)
    assert len(list(again.left_behind())) == 1
    again.end()


def test_old_damaged_and_empty_leftovers_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("damaged", "empty", "good"):
        (tmp_path / name).mkdir()
        (tmp_path / name / LOCK).touch()
    (tmp_path / "damaged" / FILE).write_bytes(b"half a file")
    view = {"when": "2020-01-01T00:00:00", "path": "", "view": {}}
    save(Project(title="old"), tmp_path / "good" / FILE, view=view)
    autosave = Autosave(tmp_path)
    assert list(autosave.left_behind()) == []
    assert not list(tmp_path.iterdir())
    (tmp_path / "good").mkdir()
    save(Project(title="old"), tmp_path / "good" / FILE, view=view)
    monkeypatch.setattr(module, "KEPT_DAYS", 100_000)
    assert [found.project.title for found in autosave.left_behind()] == ["old"]
    autosave.end()


def test_only_the_newest_work_is_written_when_the_disk_is_slow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, written = threading.Event(), []

    def slow(project: Project, *given: object, **named: object) -> None:
        gate.wait(10)
        written.append(project.title)

    monkeypatch.setattr(module, "save", slow)
    autosave = Autosave(tmp_path)
    for number in range(20):
        autosave.keep(Project(title=str(number)))
    gate.set()
    autosave.wait()
    assert len(written) <= 2
    assert written[-1] == "19"
    autosave.end()


def test_a_disk_that_refuses_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    autosave = Autosave(tmp_path / "file")
    autosave.keep(circle())
    autosave.wait()
    assert list(autosave.left_behind()) == []
    autosave.end()
