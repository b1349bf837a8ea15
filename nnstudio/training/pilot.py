"""Pilot: what the worker does with its session, command by command; it knows no thread."""

from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.training.absorb import Harvest
from nnstudio.training.clock import Clock
from nnstudio.training.outcome import Failed, Outcome, Stopped
from nnstudio.training.pace import Easing, Pace
from nnstudio.training.reading import Reading
from nnstudio.training.runlog import RunLog
from nnstudio.training.session import CHUNK, Session
from nnstudio.training.snapshot import Snapshot, Wants

FRAME = 1 / 60
"""Seconds to wait when a run has gone as far as its pace allows."""


@dataclass(frozen=True)
class Gathered:
    """A harvest and the revision of the project it belongs to."""

    revision: int
    harvest: Harvest


class Pilot:
    """Loads, runs, halts and changes one session.

    `state` is "empty" (nothing loaded, or it can't be compiled: `problem`), "idle", "running" or
    "paused"; `outcome` tells how the last run ended; `gathered` is what a run that stands still
    has to give back. Every attribute is replaced whole, so that another thread may read it.
    """

    def __init__(self) -> None:
        self.log = RunLog()
        self.state = "empty"
        self.problem: StudioError | None = None
        self.outcome: Outcome | None = None
        self.gathered: Gathered | None = None
        self.reading: Reading | None = None
        self.pace: Pace = None
        self._start = (0.0, 0)
        self.clock = Clock()
        self._session: Session | None = None
        self._revision = 0
        self._until: int | None = None

    @property
    def running(self) -> bool:
        """Whether chunks are to be run."""
        return self.state == "running"

    # ---- commands

    def load(self, project: Project, folder: Path | None, revision: int) -> None:
        """Take another project; what ran before is dropped."""
        self._session = self.outcome = self.gathered = self.reading = self._until = None
        self.clock = Clock()
        self._revision = revision
        try:
            self._session = Session(project, folder, self.log)
        except StudioError as error:
            self.log.load({})
            self.state = "idle"
            self._block(error)
            return
        self._opened("idle")

    def restructure(self, project: Project, folder: Path | None, revision: int) -> None:
        """Take an edited project; a live run goes on with what it learned."""
        if self._session is None:
            self.load(project, folder, revision)
            return
        self._revision = revision
        try:
            self._session.restructure(project)
        except StudioError as error:
            self._block(error)
            return
        self._opened("idle" if self.state == "empty" else self.state)

    def adopt(self, project: Project, revision: int) -> None:
        """Take over a project that differs in nothing a run is concerned with."""
        self._revision = revision
        if self._session is not None:
            self._session.adopt(project)
        self.gathered = None if self.running else self.gather()

    def play(self) -> None:
        """Start to run; raise StudioError when the project can't train."""
        if not self.running:
            self._require().prolong()
            self._run(None)

    def pause(self) -> None:
        """Stand still."""
        if self.running:
            self._stand_still()

    def step(self, kind: str) -> None:
        """Do one "sample", "batch" or "epoch"; a run pauses instead. Raise as `play`."""
        if self.running:
            self._stand_still()
            return
        session = self._require()
        if kind == "epoch":
            session.prolong()
            self._run(session.epoch + 1)
        else:
            session.step(kind)
            self._stand_still()

    def set(self, name: str, value: Any) -> None:
        """Change a training setting; raise StudioError when it doesn't fit."""
        if self._session is not None:
            self._session.set(name, value)

    def set_pace(self, pace: Pace) -> None:
        """Run so many updates a second, slow at first, or (None) as fast as it can."""
        self.pace = pace
        if self._session is not None:
            self._start = (monotonic(), self._session.epoch)

    # ---- what the worker does between commands

    def advance(self) -> float:
        """Run one chunk and return the seconds to wait before the next one, for the pace's sake.

        Stand still when the run has ended.
        """
        session = self._session
        assert session is not None
        if isinstance(self.pace, Easing):
            begun, first = self._start
            allowed = first + self.pace.epochs(monotonic() - begun)
            if session.epoch >= allowed:
                return FRAME
            self._chunk(session, CHUNK, min(allowed, self._until or allowed))
            return 0.0
        self._chunk(session, CHUNK if self.pace is None else 0.0, self._until)
        return 0.0 if self.pace is None else 1.0 / self.pace

    def _chunk(self, session: Session, seconds: float, until: int | None) -> None:
        self.clock.ran(session.chunk(seconds, until))
        reached = self._until is not None and session.epoch >= self._until
        if session.outcome is not None or reached:
            self._stand_still()

    def answer(self, wants: Wants) -> Snapshot | None:
        """Return a snapshot; None while there is no network to look at."""
        if self._session is None or self.problem is not None:
            return None
        return replace(
            self._session.snapshot(wants, exact=not self.running),
            revision=self._revision,
            state=self.state,
            seconds=self.clock.seconds,
            steps_per_second=self.clock.speed,
        )

    def gather(self) -> Gathered | None:
        """Return what the document doesn't know yet; None when it knows everything."""
        if self._session is None or not self._session.changed:
            return None
        return Gathered(self._revision, self._session.harvest())

    def fail(self, error: StudioError) -> None:
        """Stand still because of an error."""
        if self.running:
            self._stand_still()
        self.outcome = Failed(error, self._session.iteration if self._session else 0)

    # ---- inside

    def _require(self) -> Session:
        if self.problem is not None:
            raise self.problem
        if self._session is None:
            raise StudioError(
                translate("Training", "There is no network yet."),
                translate("Training", "Open an example, or add layers."),
            )
        self._session.require_trainable()
        return self._session

    def _run(self, until: int | None) -> None:
        self._until = until
        self.outcome = None
        self.clock.start()
        self._start = (monotonic(), self._require().epoch)
        self.state = "running"

    def _stand_still(self) -> None:
        session = self._session
        assert session is not None
        self._until = None
        self.clock.stop()
        self.outcome = session.outcome or Stopped(session.epoch, session.iteration)
        self.gathered = self.gather()
        self.state = "paused"

    def _opened(self, state: str) -> None:
        assert self._session is not None
        self.problem = None
        self.reading = self._session.reading
        if state != "running":
            self.gathered = self.gather()
        self.state = state

    def _block(self, error: StudioError) -> None:
        """Stand still because the network can't be compiled; what was learned is kept."""
        if self.running:
            self._stand_still()
        self.problem = error
        self.reading = None
        self.state = "empty"
