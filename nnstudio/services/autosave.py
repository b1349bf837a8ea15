"""Keeps unsaved work beside the user's files, and finds what a session left that ended badly."""

import contextlib
import logging
import os
import secrets
import shutil
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.exchange.project_file import SUFFIX, open_project, save
from nnstudio.services.folders import state_folder
from nnstudio.services.session_lock import SessionLock

FILE = f"project{SUFFIX}"
LOCK = "lock"
KEPT_DAYS = 30
_log = logging.getLogger("nnstudio")


@dataclass(frozen=True)
class Recovered:
    """Work of a session that ended badly: `path` is the user's file it belongs to, if any."""

    project: Project
    path: Path | None
    when: datetime
    view: Mapping[str, Any]
    folder: Path = field(repr=False)


@dataclass(frozen=True)
class _Work:
    project: Project
    path: Path | None
    view: Mapping[str, Any]


class Autosave:
    """One session's folder; a lock tells other sessions whether this one is still alive.

    `keep` writes in a thread of its own, which ends with its work; when it is slower than its
    callers, only the newest work is written. A disk that refuses is logged, never raised.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._root = folder if folder is not None else state_folder() / "unsaved"
        self._own = self._root / f"{os.getpid()}-{secrets.token_hex(4)}"
        self._lock: SessionLock | None = None
        self._claimed: dict[Path, SessionLock] = {}
        self._guard = threading.Lock()
        self._waiting: _Work | None = None
        self._unwanted = False
        self._thread: threading.Thread | None = None
        self._last: threading.Thread | None = None

    # ---- keeping

    def keep(
        self, project: Project, path: Path | None = None, view: Mapping[str, Any] | None = None
    ) -> None:
        """Have the work written soon; returns at once."""
        with self._guard:
            self._waiting = _Work(project, path, dict(view or {}))
            self._start()

    def saved(self) -> None:
        """The user's file has everything: what was kept is no longer needed."""
        with self._guard:
            self._waiting, self._unwanted = None, True
            self._start()

    def wait(self) -> None:
        """Return when everything asked for is on the disk."""
        if self._last is not None:
            self._last.join()

    def end(self) -> None:
        """Forget this session's work: it ended as it should."""
        self.saved()
        self.wait()
        for lock in self._claimed.values():
            lock.release()
        self._claimed.clear()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        shutil.rmtree(self._own, ignore_errors=True)

    def _start(self) -> None:
        if self._thread is None:
            self._thread = self._last = threading.Thread(target=self._run, name="autosave")
            self._thread.start()

    def _run(self) -> None:
        """Write the newest work until there is none; the thread ends then."""
        while True:
            with self._guard:
                work, unwanted = self._waiting, self._unwanted
                self._waiting, self._unwanted = None, False
                if work is None and not unwanted:
                    self._thread = None
                    return
            try:
                if work is None:
                    (self._own / FILE).unlink(missing_ok=True)
                else:
                    self._write(work)
            except (OSError, StudioError):
                _log.warning("The work could not be kept", exc_info=True)

    def _write(self, work: _Work) -> None:
        self._open_session()
        about = {
            "path": str(work.path) if work.path is not None else "",
            "when": datetime.now().isoformat(timespec="seconds"),
            "view": dict(work.view),
        }
        save(work.project, self._own / FILE, view=about, thumbnail=b"", backup=False)

    def _open_session(self) -> None:
        """Make the session's folder and lock it, once."""
        if self._lock is None:
            self._own.mkdir(parents=True, exist_ok=True)
            lock = SessionLock(self._own / LOCK)
            if lock.take():
                self._lock = lock

    # ---- recovering

    def left_behind(self) -> Iterator[Recovered]:
        """Yield the work of sessions that ended badly, the newest first.

        Each is claimed by this session, so that two windows don't offer the same. What can't be
        read, and what nobody wanted for 30 days, is removed.
        """
        for folder in self._others():
            if not self._claim(folder):
                continue
            found = _read(folder)
            age = datetime.now() - found.when if found is not None else None
            if found is None or (age is not None and age.days > KEPT_DAYS):
                self._remove(folder)
                continue
            yield found

    def taken(self, found: Recovered) -> None:
        """The user has the work back: from now on it is this session's own."""
        self.wait()
        with contextlib.suppress(OSError):
            self._open_session()
            os.replace(found.folder / FILE, self._own / FILE)
        self._remove(found.folder)

    def _others(self) -> list[Path]:
        """Return the folders of other sessions, those with the newest work first."""
        found = []
        with contextlib.suppress(OSError):
            for folder in self._root.iterdir():
                if folder.is_dir() and not folder.is_symlink() and folder != self._own:
                    file = folder / FILE
                    found.append((file.stat().st_mtime if file.is_file() else 0.0, folder))
        return [folder for _, folder in sorted(found, reverse=True)]

    def _claim(self, folder: Path) -> bool:
        """Take over the lock of a session; False while that session is alive."""
        if folder in self._claimed:
            return True
        lock = SessionLock(folder / LOCK)
        try:
            if not lock.take():
                return False
        except OSError:
            return False
        self._claimed[folder] = lock
        return True

    def _remove(self, folder: Path) -> None:
        lock = self._claimed.pop(folder, None)
        if lock is not None:
            lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _read(folder: Path) -> Recovered | None:
    file = folder / FILE
    if not file.is_file():
        return None
    try:
        opened = open_project(file)
        when = datetime.fromisoformat(str(opened.view.get("when", "")))
    except (StudioError, ValueError):
        _log.warning("Unsaved work can't be read", exc_info=True)
        return None
    path, view = opened.view.get("path"), opened.view.get("view")
    return Recovered(
        opened.project,
        Path(path) if isinstance(path, str) and path else None,
        when.replace(tzinfo=None),
        view if isinstance(view, dict) else {},
        folder,
    )
