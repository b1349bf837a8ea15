"""Runner: the thread around a session; commands in, snapshots and curves out. No Qt here."""

import queue
import threading
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from threadpoolctl import ThreadpoolController

from nnstudio.data import Prepared
from nnstudio.document.project import Project
from nnstudio.errors import StudioError
from nnstudio.i18n import translate
from nnstudio.training.absorb import absorb
from nnstudio.training.outcome import Outcome
from nnstudio.training.pace import Pace
from nnstudio.training.pilot import Gathered, Pilot
from nnstudio.training.reading import Reading
from nnstudio.training.runlog import RunLog
from nnstudio.training.snapshot import Mailbox, Snapshot, Wants

GATE_PATIENCE = 0.1
"""Seconds after which the worker goes on although nobody opened the gate."""
BREATH = 0.0005


class Runner:
    """Runs one session in a plain thread; every method may be called from the window's thread.

    Commands are executed between chunks of at most about 2 ms. The worker waits for `gate`
    before each chunk, so that the window can paint undisturbed; while `breathing` it also
    sleeps a little between chunks. What the run says about itself is explained at `Pilot`.
    """

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        """`folder` is where the project's data files are; `threads` is how many BLAS may use."""
        self.gate = threading.Event()
        self.gate.set()
        self.folder = folder
        self._threads = threads
        self.breathing = False
        self._pilot = Pilot()
        self._mailbox = Mailbox()
        self._commands: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self._posted = self._executed = self._done = 0
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    # ---- what it says about itself

    @property
    def state(self) -> str:
        """ "empty", "idle", "running" or "paused"."""
        return self._pilot.state

    @property
    def log(self) -> RunLog:
        """The curves."""
        return self._pilot.log

    @property
    def problem(self) -> StudioError | None:
        """Why the network can't be compiled now."""
        return self._pilot.problem

    @property
    def outcome(self) -> Outcome | None:
        """How the last run ended; None while one goes on."""
        return self._pilot.outcome

    @property
    def gathered(self) -> Gathered | None:
        """What a run that stands still has to give back."""
        return self._pilot.gathered

    @property
    def reading(self) -> Reading | None:
        """The data of the loaded project and what each Input and Output reads."""
        return self._pilot.reading

    @property
    def prepared(self) -> Prepared | None:
        """The data of the loaded project, split and encoded; None without data."""
        reading = self._pilot.reading
        return reading.prepared if reading else None

    @property
    def pending(self) -> bool:
        """Whether commands wait that the worker hasn't done and answered yet."""
        return self._posted != self._done

    # ---- commands

    def load(self, project: Project, revision: int = 0) -> None:
        """Take another project; what ran before is dropped."""
        self._post(self._pilot.load, project, self.folder, revision)

    def restructure(self, project: Project, revision: int = 0) -> None:
        """Take an edited project; a live run goes on with what it learned."""
        self._post(self._pilot.restructure, project, self.folder, revision)

    def adopt(self, project: Project, revision: int = 0) -> None:
        """Take over a project that differs in nothing a run is concerned with."""
        self._post(self._pilot.adopt, project, revision)

    def play(self) -> None:
        """Run until the goal, a pause, an end or an explosion."""
        self._post(self._pilot.play)

    def pause(self) -> None:
        """Stand still at the next chunk boundary."""
        self._post(self._pilot.pause)

    def stop(self) -> None:
        """Stand still; the same as `pause`, for scripts."""
        self.pause()

    def step(self, kind: str = "batch") -> None:
        """Do one "sample", "batch" or "epoch" and stand still."""
        self._post(self._pilot.step, kind)

    def set(self, name: str, value: Any) -> None:
        """Change a training setting at the next chunk boundary."""
        self._post(self._pilot.set, name, value)

    def set_pace(self, pace: Pace) -> None:
        """Slow the run down to this pace; None runs at full speed."""
        self._post(self._pilot.set_pace, pace)

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
        found: list[Gathered | None] = []
        ready = threading.Event()

        def gather() -> None:
            found.append(self._pilot.gather())
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
        return project if found is None else absorb(project, found.harvest)

    def close(self) -> None:
        """End the thread and wait for it; the runner can't be used afterwards."""
        self._closing.set()
        self._commands.put(_nothing)
        self.gate.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _post(self, function: Callable[..., object], *arguments: Any) -> None:
        if self._closing.is_set():
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="training", daemon=True)
            self._thread.start()
        self._posted += 1
        self._commands.put(partial(function, *arguments))

    # ---- the worker

    def _work(self) -> None:
        with ThreadpoolController().limit(limits=self._threads):
            while not self._closing.is_set():
                try:
                    self._turn()
                except StudioError as error:
                    self._pilot.fail(error)
                except Exception:
                    self._pilot.fail(_bug())

    def _turn(self) -> None:
        """Do the waiting commands, then one chunk or, when idle, wait for the next command."""
        try:
            if not self._pilot.running:
                self._execute(self._commands.get())
            while not self._closing.is_set():
                try:
                    command = self._commands.get_nowait()
                except queue.Empty:
                    break
                self._execute(command)
            if self._pilot.running and not self._closing.is_set():
                self.gate.wait(GATE_PATIENCE)
                self._advance()
        finally:
            self._settle()

    def _execute(self, command: Callable[[], object]) -> None:
        self._executed += 1
        command()

    def _settle(self) -> None:
        """Answer the open question; what was executed so far is done now."""
        try:
            wants = None if self._closing.is_set() else self._mailbox.question()
            snapshot = self._pilot.answer(wants) if wants is not None else None
            if snapshot is not None:
                self._mailbox.put(snapshot)
        finally:
            self._done = self._executed

    def _advance(self) -> None:
        wait = self._pilot.advance()
        if wait:
            self._settle()
            self._wait_for_command(wait)
        elif self.breathing and self._pilot.clock.due_to_breathe():
            sleep(BREATH)

    def _wait_for_command(self, seconds: float) -> None:
        """Let the time of a slow update pass; commands and questions don't have to wait for it."""
        deadline, pace = monotonic() + seconds, self._pilot.pace
        while (left := deadline - monotonic()) > 0 and not self._closing.is_set():
            try:
                command = self._commands.get(timeout=left)
            except queue.Empty:
                return
            self._execute(command)
            self._settle()
            if not self._pilot.running or self._pilot.pace != pace:
                return


def _nothing() -> None:
    """Wake the worker."""


def _bug() -> StudioError:
    return StudioError(
        translate("Training", "Training stopped: an error in the program."),
        translate("Training", "Your network is still there: save it."),
        traceback.format_exc(),
    )
