"""Live: joins the document's store, the training runner and the views that show a run."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from nnstudio.data import Prepared
from nnstudio.document import edits
from nnstudio.document.diff import Changes
from nnstudio.document.project import Project
from nnstudio.document.store import Store
from nnstudio.i18n import translate
from nnstudio.training.outcome import Outcome, Repair
from nnstudio.training.pace import Pace
from nnstudio.training.reading import Reading
from nnstudio.training.repair import apply_repair
from nnstudio.training.runlog import RunLog
from nnstudio.training.runner import Runner
from nnstudio.training.snapshot import Snapshot, Wants
from nnstudio.ui.attempt import attempt
from nnstudio.ui.messages import Messages
from nnstudio.ui.training.audience import Audience
from nnstudio.ui.training.frames import Frames, GateKeeper
from nnstudio.ui.training.recorder import Recorder, concerns_a_run
from nnstudio.ui.training.report import report

PUMP = 33
RESOLUTION = 32


class Live(QObject):
    """Passes commands to the runner and snapshots to the visible views.

    One 33 ms timer runs only while something is outstanding. Before the views are updated the
    gate is closed, and a posted event of low priority opens it again after the paints, so that
    the worker never disturbs them.
    """

    stateChanged = Signal(str)
    exampleChanged = Signal()
    snapshotTaken = Signal(object)

    def __init__(self, store: Store, messages: Messages, runner: Runner | None = None) -> None:
        super().__init__()
        self._store = store
        self._messages = messages
        self._runner = runner or Runner()
        self._audience = Audience()
        self._stale = True
        self._asked = False
        self._revision = 0
        self._recorder = Recorder(store)
        self._state = "idle"
        self._outcome: Outcome | None = None
        self._pace: Pace = None
        self._example: int | Mapping[str, Any] = 0
        self._frames = Frames()
        self._gate_keeper = GateKeeper(self._runner.gate)
        self.snapshot: Snapshot | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(PUMP)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.pump)
        self._unsubscribe: Callable[[], None] | None = store.subscribe(self._on_change)
        self._load(store.project)

    # ---- what views read

    @property
    def state(self) -> str:
        """ "idle", "running" or "paused"."""
        return self._state

    @property
    def running(self) -> bool:
        """Whether the run goes on."""
        return self._state == "running"

    @property
    def log(self) -> RunLog:
        """The curves of the run."""
        return self._runner.log

    @property
    def prepared(self) -> Prepared | None:
        """The data split and encoded, as the run uses it; None without data."""
        return self._runner.prepared

    @property
    def reading(self) -> Reading | None:
        """The data with its table and what each Input and Output reads."""
        return self._runner.reading

    @property
    def outcome(self) -> Outcome | None:
        """How the last run ended; None while one goes on."""
        return self._outcome

    @property
    def example(self) -> int | Mapping[str, Any]:
        """The example whose signals are shown: a training row's index, or raw values."""
        return self._example

    # ---- commands

    def play(self) -> None:
        """Train until the goal, a pause or an explosion."""
        if not self.running:
            self._begin(another_run=True)
            self._runner.play()
            self._set_state("running")
            self._wake()

    def pause(self) -> None:
        """Stand still; the weights come into the document as one undo step."""
        self._runner.pause()
        self._wake()

    def toggle(self) -> None:
        """Start or pause."""
        if self.running:
            self.pause()
        else:
            self.play()

    def step(self, kind: str = "batch") -> None:
        """Train on one "sample", "batch" or "epoch"; a running training pauses instead."""
        if self.running:
            self.pause()
            return
        self._begin(another_run=False)
        self._runner.step(kind)
        self.refresh()

    def step_epoch(self) -> None:
        """Train on every example once."""
        self.step("epoch")

    def reset(self) -> None:
        """Start again from the first weights of the same seed, as an undoable edit."""
        self._runner.pause()
        self.absorb()
        label = translate("Command", "Reset the training")
        self._store.apply(label, edits.reset_weights, half="weights")

    def set_example(self, example: int | Mapping[str, Any]) -> None:
        """Show the signals of another example."""
        if isinstance(example, Mapping) or example != self._example:  # arrays can't be compared
            self._example = dict(example) if isinstance(example, Mapping) else example
            self.exampleChanged.emit()
            self.refresh()

    @property
    def pace(self) -> Pace:
        """How fast training may go; None is full speed."""
        return self._pace

    def set_pace(self, pace: Pace) -> None:
        """Slow training down to so many updates a second, or slow at first; None is full speed."""
        self._pace = pace
        self._runner.set_pace(pace)

    def absorb(self) -> None:
        """Bring the live weights into the document now (before saving); the run goes on."""
        gathered = self._runner.harvest()
        if gathered is not None:
            self._recorder.take(gathered.harvest)

    def repair(self, repair: Repair) -> None:
        """Make the change a message or an advice offers, then train on."""
        if attempt(self._messages, self._store.apply, repair.label, apply_repair, repair):
            self.play()

    def refresh(self) -> None:
        """Ask for a snapshot for every visible view, also while nothing runs."""
        self._stale = True
        self._wake()

    # ---- views

    def register(self, view: QWidget) -> None:
        """Send snapshots to `view` (see `View`) while it is visible."""
        self._audience.add(view)
        view.installEventFilter(self)
        self.refresh()

    def unregister(self, view: QWidget) -> None:
        """Send no more snapshots to `view`."""
        if self._audience.remove(view):
            view.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A view that comes into sight is shown the present state."""
        if event.type() == QEvent.Type.Show:
            self.refresh()
        return False

    # ---- the pump

    def pump(self) -> None:
        """Take what is new and pass it on; ask again while anything is outstanding."""
        settled = not self._runner.pending
        self._runner.breathing = self._frames.jerky(self.running)
        if settled:
            self._follow()
        snapshot = self._runner.take()
        if snapshot is not None:
            self._asked = False
            if snapshot.revision == self._revision:
                self._show(snapshot)
            else:  # answered before the worker heard of the last edit
                self._stale = True
        elif settled and not self.running:
            self._asked = False
        if self.running or self._stale:
            self._ask()
        elif not self._asked and not self._runner.pending:
            self._timer.stop()

    def close(self) -> None:
        """End timer and thread; call it when the window closes. The views hear nothing more."""
        self._timer.stop()
        self._audience.clear()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._runner.close()

    def _show(self, snapshot: Snapshot) -> None:
        """Update the views this snapshot answers, with the gate closed until they are painted."""
        self.snapshot = snapshot
        with self._gate_keeper.closed():
            self._audience.tell(snapshot)
            self.snapshotTaken.emit(snapshot)

    def _ask(self) -> None:
        """Ask for what the views want that are due, all of them when anything is stale."""
        parts = self._audience.wanted(everybody=self._stale)
        if parts is not None:
            self._stale = False
            self._asked = True
            self._runner.request(Wants(parts, self._example, RESOLUTION))

    def _wake(self) -> None:
        if not self._timer.isActive() and self._unsubscribe is not None:
            self._timer.start()

    # ---- the run and the document

    def _begin(self, another_run: bool) -> None:
        self._outcome = None
        self._recorder.begin(another_run)
        self._messages.clear()

    def _follow(self) -> None:
        """Take over what the runner says about itself; absorb the result of a run that ended."""
        runner = self._runner
        state = "idle" if runner.state == "empty" else runner.state
        gathered = runner.gathered
        stands = state != "running" and runner.problem is None
        if stands and gathered is not None and gathered.revision == self._revision:
            self._recorder.take(gathered.harvest)
        before, self._outcome = self._outcome, runner.outcome
        if self.running and state == "idle" and runner.problem is not None:
            self._messages.say(runner.problem.text)
        self._set_state(state)
        if self._outcome is not None and self._outcome is not before:
            report(self._messages, self._outcome, self.repair)

    def _on_change(self, changes: Changes, old: Project, new: Project) -> None:
        if changes.all:
            self._load(new)
        elif self._recorder.busy or not concerns_a_run(changes):
            self._runner.adopt(new, self._revision)
        else:
            self._revision += 1
            self._runner.restructure(new, self._revision)
            self.refresh()
        self._wake()

    def _load(self, project: Project) -> None:
        self._revision += 1
        self.snapshot = None
        self._outcome = None
        self._example = 0
        self._runner.folder = self._store.path.parent if self._store.path else None
        self._runner.load(project, self._revision)
        self._set_state("idle")
        self.refresh()

    def _set_state(self, state: str) -> None:
        if state != self._state:
            self._state = state
            if state != "running":
                self._runner.gate.set()
                self._stale = True
            self.stateChanged.emit(state)
