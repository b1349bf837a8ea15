"""Runner: the thread around a session; commands in, snapshots and curves out. No Qt here."""

import queue
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import Any

from threadpoolctl import ThreadpoolController

from nnstudio.data import Prepared
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.training.absorb import Harvest, absorb
from nnstudio.training.outcome import Failed, Outcome, Stopped
from nnstudio.training.reading import Reading
from nnstudio.training.runlog import RunLog
from nnstudio.training.session import CHUNK, Session
from nnstudio.training.snapshot import Mailbox, Snapshot, Wants

GATE_PATIENCE = 0.1
"""Seconds after which the worker goes on although nobody opened the gate."""
BREATH = 0.0005
BREATH_EVERY = 0.005


@dataclass(frozen=True)
class Gathered:
    """A harvest and the revision of the project it belongs to."""

    revision: int
    harvest: Harvest


class Runner:
    """Runs one session in a plain thread; every method may be called from the window's thread.

    Commands are executed between chunks of at most about 2 ms. The worker waits for `gate`
    before each chunk, so that the window can paint undisturbed. `state` is "empty" (nothing
    loaded or it can't be compiled: `problem`), "idle", "running" or "paused"; `outcome` tells
    how the last run ended. `gathered` holds what a run that stands still has to give back.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.folder = folder
        self.log = RunLog()
        self.breathing = False
        self._mailbox = Mailbox()
        self._posted = self._executed = self._done = 0
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._session: Session | None = None
        self._revision = 0
        self._running = False
        self._until: int | None = None
        self._pace: float | None = None
        self._clock = _Clock()
        self.state = "empty"
        self.problem: StudioError | None = None
        self.outcome: Outcome | None = None
        self.gathered: Gathered | None = None
        self.reading: Reading | None = None

    # ---- commands, from the window's thread

    def load(self, project: Project, revision: int = 0) -> None:
        """Take another project; what ran before is dropped."""
        self._post(self._do_load, project, revision)

    def restructure(self, project: Project, revision: int = 0) -> None:
        """Take an edited project; a live run goes on with what it learned."""
        self._post(self._do_restructure, project, revision)

    def adopt(self, project: Project, revision: int = 0) -> None:
        """Take over a project that differs in nothing a run is concerned with."""
        self._post(self._do_adopt, project, revision)

    def play(self) -> None:
        """Run until the goal, a pause, an end or an explosion."""
        self._post(self._do_play)

    def pause(self) -> None:
        """Stand still at the next chunk boundary."""
        self._post(self._do_pause)

    def stop(self) -> None:
        """Stand still; the same as `pause`, for scripts."""
        self.pause()

    def step(self, kind: str = "batch") -> None:
        """Do one "sample", "batch" or "epoch" and stand still."""
        self._post(self._do_step, kind)

    def set(self, name: str, value: Any) -> None:
        """Change a training setting at the next chunk boundary."""
        self._post(self._do_set, name, value)

    def set_pace(self, steps_per_second: float | None) -> None:
        """Slow the run down to this many updates a second; None runs at full speed."""
        self._post(self._do_set_pace, steps_per_second)

    def request(self, wants: Wants) -> None:
        """Ask for a snapshot; the latest question counts. Answered when idle, too."""
        self._mailbox.ask(wants)
        self._post(_nothing)

    def take(self) -> Snapshot | None:
        """Return the latest snapshot once, None when there is nothing new."""
        return self._mailbox.take()

    def harvest(self, timeout: float = 1.0) -> Gathered | None:
        """Return what the run has to give back at this moment, without stopping it.

        Waits for the next chunk boundary, at most `timeout` seconds; None when there is nothing
        new or the worker didn't answer in time.
        """
        if self._thread is None:
            return None
        found: list[Gathered | None] = []
        ready = threading.Event()

        def gather() -> None:
            found.append(self._gather())
            ready.set()

        opened = self.gate.is_set()
        self._post(gather)
        self.gate.set()
        ready.wait(timeout)
        if not opened:
            self.gate.clear()
        return found[0] if found else None

    def wait(self, timeout: float = 10.0) -> bool:
        """Wait until every command given so far is done; False when it took longer."""
        ready = threading.Event()
        self._post(ready.set)
        return ready.wait(timeout)

    def result(self, project: Project) -> Project:
        """Return `project` with weights, run and preparation as they are now."""
        found = self.harvest(10.0)
        if found is None:
            return project
        return absorb(project, found.harvest)

    def close(self) -> None:
        """End the thread and wait for it; the runner can't be used afterwards."""
        self._closing.set()
        self._commands.put(_nothing)
        self.gate.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    @property
    def pending(self) -> bool:
        """Whether commands wait that the worker hasn't done and answered yet."""
        return self._posted != self._done

    @property
    def prepared(self) -> Prepared | None:
        """The data of the loaded project, split and encoded; None without data."""
        reading = self.reading
        return reading.prepared if reading else None

    def _post(self, function: Callable[..., None], *arguments: Any) -> None:
        if self._closing.is_set():
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="training", daemon=True)
            self._thread.start()
        self._posted += 1
        self._commands.put(lambda: function(*arguments))

    # ---- the worker

    def _work(self) -> None:
        with ThreadpoolController().limit(limits=1):
            while not self._closing.is_set():
                try:
                    self._turn()
                except StudioError as error:
                    self._fail(error)
                except Exception:
                    self._fail(
                        StudioError(
                            translate("Training", "Training stopped: an error in the program."),
                            translate("Training", "Your network is still there: save it."),
                            traceback.format_exc(),
                        )
                    )

    def _turn(self) -> None:
        """Do the waiting commands, then one chunk or, when idle, wait for the next command."""
        try:
            if not self._running:
                self._execute(self._commands.get())
            while not self._closing.is_set():
                try:
                    command = self._commands.get_nowait()
                except queue.Empty:
                    break
                self._execute(command)
            if self._running and not self._closing.is_set():
                self.gate.wait(GATE_PATIENCE)
                self._advance()
        finally:
            self._settle()

    def _execute(self, command: Callable[[], None]) -> None:
        self._executed += 1
        command()

    def _settle(self) -> None:
        """Answer the open question; what was executed so far is done now."""
        try:
            if self._mailbox.asked and not self._closing.is_set():
                self._answer()
        finally:
            self._done = self._executed

    def _advance(self) -> None:
        session = self._session
        assert session is not None
        if self._pace is not None:
            self._paced(session, self._pace)
        else:
            self._clock.ran(session.chunk(CHUNK, self._until))
            if self.breathing and self._clock.due_to_breathe():
                sleep(BREATH)
        reached = self._until is not None and session.epoch >= self._until
        if session.outcome is not None or reached:
            self._stand_still()

    def _paced(self, session: Session, pace: float) -> None:
        """Do one update, then wait for its time to pass or for a command."""
        self._clock.ran(session.chunk(0.0))
        self._settle()
        self._wait_for_command(1.0 / pace)

    def _wait_for_command(self, seconds: float) -> None:
        deadline = monotonic() + seconds
        while (left := deadline - monotonic()) > 0 and not self._closing.is_set():
            try:
                command = self._commands.get(timeout=left)
            except queue.Empty:
                return
            self._execute(command)
            self._settle()
            if not self._running or self._pace is None:
                return

    def _stand_still(self) -> None:
        session = self._session
        self._running = False
        self._until = None
        self._clock.stop()
        if session is not None:
            self.outcome = session.outcome or Stopped(session.epoch, session.iteration)
            self.gathered = self._gather()
        self.state = "paused"

    def _fail(self, error: StudioError) -> None:
        if self._running:
            self._stand_still()
        self.outcome = Failed(error, self._session.iteration if self._session else 0)

    def _gather(self) -> Gathered | None:
        if self._session is None or not self._session.changed:
            return None
        return Gathered(self._revision, self._session.harvest())

    def _answer(self) -> None:
        wants = self._mailbox.question()
        session = self._session
        if wants is None or session is None or self.problem is not None:
            return
        snapshot = session.snapshot(wants, exact=not self._running)
        self._mailbox.put(
            replace(
                snapshot,
                revision=self._revision,
                state=self.state,
                seconds=self._clock.seconds,
                steps_per_second=self._clock.speed,
            )
        )

    # ---- commands, in the worker

    def _do_load(self, project: Project, revision: int) -> None:
        self._running = False
        self._until = None
        self._session = None
        self.outcome = self.gathered = self.reading = None
        self._clock = _Clock()
        self._revision = revision
        try:
            self._session = Session(project, self.folder, self.log)
        except StudioError as error:
            self.log.load({})
            self._block(error)
            return
        self._opened("idle")

    def _do_restructure(self, project: Project, revision: int) -> None:
        if self._session is None:
            self._do_load(project, revision)
            return
        self._revision = revision
        try:
            self._session.restructure(project)
        except StudioError as error:
            self._block(error)
            return
        self._opened(self.state if self.state in ("running", "paused") else "idle")

    def _do_adopt(self, project: Project, revision: int) -> None:
        self._revision = revision
        if self._session is not None:
            self._session.adopt(project)
        self.gathered = None

    def _opened(self, state: str) -> None:
        assert self._session is not None
        self.problem = None
        self.reading = self._session.reading
        self.state = state
        if not self._running:
            self.gathered = self._gather()

    def _block(self, error: StudioError) -> None:
        """Stand still because the network can't be compiled; what was learned is kept."""
        if self._running:
            self._stand_still()
            self.outcome = Failed(error, self._session.iteration if self._session else 0)
        self.problem = error
        self.reading = None
        self.state = "empty"

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

    def _do_play(self) -> None:
        if self._running:
            return
        session = self._require()
        session.prolong()
        self._until = None
        self._run()

    def _run(self) -> None:
        self.outcome = None
        self._running = True
        self._clock.start()
        self.state = "running"

    def _do_pause(self) -> None:
        if self._running:
            self._stand_still()

    def _do_step(self, kind: str) -> None:
        if self._running:
            self._stand_still()
            return
        session = self._require()
        if kind == "epoch":
            session.prolong()
            self._until = session.epoch + 1
            self._run()
            return
        session.step(kind)
        self._stand_still()

    def _do_set(self, name: str, value: Any) -> None:
        if self._session is not None:
            self._session.set(name, value)

    def _do_set_pace(self, steps_per_second: float | None) -> None:
        self._pace = steps_per_second


class _Clock:
    """Time spent training and the present speed."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.speed = 0.0
        self._last: float | None = None
        self._steps = 0
        self._since = 0.0
        self._breathed = 0.0

    def start(self) -> None:
        """Begin to count."""
        self._last = self._since = perf_counter()
        self._steps = 0

    def stop(self) -> None:
        """Count no further."""
        self.ran(0)
        self._last = None

    def ran(self, steps: int) -> None:
        """Note that `steps` updates were done since the last call."""
        if self._last is None:
            return
        now = perf_counter()
        self.seconds += now - self._last
        self._last = now
        self._steps += steps
        if now - self._since >= 0.25:
            self.speed = self._steps / (now - self._since)
            self._steps, self._since = 0, now

    def due_to_breathe(self) -> bool:
        """Tell whether the worker has held the interpreter for long enough."""
        now = perf_counter()
        if now - self._breathed < BREATH_EVERY:
            return False
        self._breathed = now
        return True


def _nothing() -> None:
    """Wake the worker."""
