"""The thread around a session: whatever disturbs it, the numbers stay the same."""

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from nnstudio.document import edits
from nnstudio.document.project import Project
from nnstudio.training.outcome import Diverged, Failed, Finished, Stopped
from nnstudio.training.runner import Runner
from nnstudio.training.session import Session
from nnstudio.training.snapshot import PARTS, Snapshot, Wants
from tests.helpers.projects import circle, trainable

EVERYTHING = Wants(frozenset(PARTS))


@pytest.fixture
def runner() -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "It took too long"
        time.sleep(0.002)


def finish(runner: Runner, project: Project) -> Project:
    runner.play()
    assert runner.wait()
    until(lambda: runner.state != "running")
    return runner.result(project)


def expected(project: Project, epochs: int) -> Project:
    session = Session(project)
    session.train(epochs)
    return session.result(project)


def same(first: Project, second: Project) -> bool:
    return all(np.array_equal(first.weights[n], second.weights[n]) for n in first.weights)


def take(runner: Runner, wants: Wants = EVERYTHING) -> Snapshot:
    found: list[Snapshot] = []

    def arrived() -> bool:
        snapshot = runner.take()
        if snapshot is not None:
            found.append(snapshot)
        return bool(found)

    runner.request(wants)
    until(arrived)
    return found[0]


def test_a_run_equals_the_session(runner):
    project = circle(epochs=60)
    runner.load(project)
    result = finish(runner, project)
    assert isinstance(runner.outcome, Finished)
    assert same(result, expected(project, 60))
    assert result.run.epoch == 60
    assert result.run.curves == expected(project, 60).run.curves
    assert runner.log.last("epoch") == 60


def test_gate_pauses_and_views_change_nothing(runner):
    project = circle(epochs=400)
    runner.load(project)
    runner.play()
    runner.wait()
    for turn in range(12):
        runner.gate.clear()
        runner.request(EVERYTHING)
        if turn % 3 == 0:
            runner.pause()
            runner.play()
        time.sleep(0.003)
        runner.gate.set()
        runner.take()
    until(lambda: runner.state != "running")
    if runner.log.last("epoch") != 400:
        finish(runner, project)
    assert same(runner.result(project), expected(project, 400))


def test_breathing_and_pacing_change_nothing(runner):
    project = circle(epochs=3)
    runner.breathing = True
    runner.load(project)
    runner.set_pace(2000.0)
    assert same(finish(runner, project), expected(project, 3))


def test_a_closed_gate_never_starves_the_run(runner):
    runner.load(circle(epochs=1_000_000))
    runner.gate.clear()
    runner.play()
    until(lambda: runner.log.length > 2)
    assert not runner.gate.is_set()


def test_pausing_ends_as_stopped_and_gathers(runner):
    project = circle(epochs=1_000_000)
    runner.load(project, 7)
    runner.play()
    until(lambda: runner.log.length > 3)
    runner.pause()
    runner.wait()
    assert runner.state == "paused"
    assert isinstance(runner.outcome, Stopped)
    assert runner.gathered is not None
    assert runner.gathered.revision == 7
    epoch = runner.gathered.harvest.run.epoch
    runner.adopt(runner.result(project), 7)
    runner.wait()
    assert runner.gathered is None
    runner.play()
    until(lambda: (runner.log.last("epoch") or 0) > epoch + 5)


def test_steps(runner):
    project = circle()
    runner.load(project)
    runner.step("sample")
    runner.step("batch")
    runner.wait()
    assert runner.state == "paused"
    iteration = runner.result(project).run.iteration
    assert iteration == 2
    runner.step("epoch")
    runner.wait()
    until(lambda: runner.state != "running")
    epoch = runner.result(project).run.epoch
    assert epoch == 1


def test_snapshots_come_while_idle_too(runner):
    project = circle()
    runner.load(project, 3)
    snapshot = take(runner)
    assert snapshot.revision == 3
    assert snapshot.graph is project.graph
    assert snapshot.state == "idle"
    assert snapshot.metrics["accuracy"] > 0.2
    assert runner.prepared is not None
    assert runner.take() is None


def test_only_the_latest_question_is_answered(runner):
    runner.load(circle())
    runner.wait()
    for row in range(20):
        runner.request(Wants(frozenset({"signals"}), row))
    snapshot = take(runner, Wants(frozenset({"signals"}), 20))
    last = [snapshot]
    until(lambda: not runner.pending)
    while (more := runner.take()) is not None:
        last.append(more)
    assert last[-1].example.inputs["input_1"].tolist() == (
        runner.prepared.train.inputs["input_1"][20].tolist()
    )


def test_edits_are_taken_over_while_it_runs(runner):
    project = circle(epochs=1_000_000)
    runner.load(project)
    runner.play()
    until(lambda: runner.log.length > 5)
    wider = edits.set_setting(project, "dense_1", "units", 7)
    runner.restructure(wider, 1)
    runner.wait()
    assert runner.state == "running"
    epoch = runner.log.last("epoch")
    until(lambda: runner.log.last("epoch") > epoch + 20)
    runner.pause()
    result = runner.result(wider)
    assert result.weights["dense_1/weight"].shape == (2, 7)
    assert result.run.epoch > epoch


def test_settings_change_while_it_runs(runner):
    project = circle(epochs=1_000_000, optimizer="sgd", learning_rate=0.001)
    runner.load(project)
    runner.play()
    until(lambda: runner.log.length > 2)
    runner.set("learning_rate", 0.3)
    runner.set("batch_size", 50)
    runner.wait()
    assert runner.state == "running"
    until(lambda: runner.log.last("loss") < 0.2)


def test_an_unfinished_network_pauses_and_keeps_what_was_learned(runner):
    project = circle(epochs=1_000_000)
    runner.load(project)
    runner.play()
    until(lambda: runner.log.length > 5)
    wire = next(w for w in project.graph.wires if w.target == "dense_2")
    broken = edits.disconnect(project, wire)
    runner.restructure(broken, 1)
    runner.wait()
    assert runner.state == "empty"
    assert runner.problem is not None
    runner.play()
    runner.wait()
    assert isinstance(runner.outcome, Failed)
    mended = edits.connect(broken, wire.source, wire.target)
    runner.restructure(mended, 2)
    runner.wait()
    assert runner.problem is None
    assert runner.gathered is not None
    assert runner.gathered.harvest.run.epoch >= 5
    assert take(runner).revision == 2


def test_an_explosion_is_rescued_and_named(runner):
    project = circle(optimizer="sgd", learning_rate=0.03, epochs=100_000)
    project = edits.set_setting(project, "dense_1", "activation", "relu")
    project = edits.set_setting(project, "dense_2", "activation", "relu")
    runner.load(project)
    runner.play()
    until(lambda: (runner.log.last("loss") or 1.0) < 0.02)
    runner.set("learning_rate", 10.0)
    until(lambda: runner.state != "running")
    outcome = runner.outcome
    assert isinstance(outcome, Diverged)
    assert outcome.node in project.graph
    assert "Dense" in outcome.text
    assert outcome.repairs[0].training == (("learning_rate", 1.0),)
    result = runner.result(project)
    assert all(np.isfinite(array).all() for array in result.weights.values())
    assert result.run.epoch <= outcome.epoch
    assert runner.log.last("epoch") <= result.run.epoch


def test_a_project_that_cannot_train_says_why(runner):
    runner.load(Project())
    runner.play()
    runner.wait()
    assert isinstance(runner.outcome, Failed)
    assert runner.outcome.error.text


def test_closing_during_a_run_is_quick():
    runner = Runner()
    runner.load(circle(epochs=1_000_000))
    runner.gate.clear()
    runner.play()
    until(lambda: runner.log.length > 0)
    begun = time.perf_counter()
    runner.close()
    assert time.perf_counter() - begun < 0.1
    assert not any(thread.name == "training" for thread in threading.enumerate())
    runner.play()
    runner.close()


def test_many_commands_from_the_window_leave_it_whole(runner):
    rng = np.random.default_rng(5)
    project = trainable("plane_xor", (4,), training={"epochs": 100_000})
    runner.load(project)
    for revision in range(40):
        command = int(rng.integers(0, 6))
        if command == 0:
            runner.play()
        elif command == 1:
            runner.pause()
        elif command == 2:
            runner.step(("sample", "batch", "epoch")[int(rng.integers(0, 3))])
        elif command == 3:
            units = int(rng.integers(1, 9))
            project = edits.set_setting(project, "dense_1", "units", units)
            runner.restructure(project, revision)
        elif command == 4:
            runner.set("learning_rate", float(rng.uniform(0.001, 0.1)))
        else:
            runner.request(EVERYTHING)
    runner.pause()
    assert runner.wait()
    assert runner.state in ("idle", "paused")
    snapshot = take(runner)
    assert snapshot.weights["dense_1/weight"].shape == (
        2,
        project.graph["dense_1"].layer.settings["units"],
    )
